import type { KeyboardEvent, PointerEvent } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import { LONGEST } from '../spec.ts';
import { texts } from '../texts.ts';
import styles from './Board.module.css';

export interface HandleProps {
  steps: number;
  onPull: (steps: number) => void;
}

/** Pulls the unrolling out, one copy of the cell a time step. */
export function Handle({ steps, onPull }: HandleProps) {
  const t = useTranslate(texts);
  const pull = (wanted: number) => {
    const next = Math.min(LONGEST, Math.max(1, wanted));
    if (next !== steps) onPull(next);
  };
  function onPointerMove(event: PointerEvent<HTMLElement>) {
    const field = event.currentTarget.parentElement?.getBoundingClientRect();
    if (!field || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    pull(Math.round(((event.clientX - field.left) / field.width) * LONGEST));
  }
  function onKeyDown(event: KeyboardEvent) {
    const next = {
      ArrowRight: steps + 1,
      ArrowUp: steps + 1,
      ArrowLeft: steps - 1,
      ArrowDown: steps - 1,
      PageUp: steps + 10,
      PageDown: steps - 10,
      Home: 1,
      End: LONGEST,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    pull(next);
  }
  return (
    <span
      className={styles.handle}
      style={{ left: `${(100 * steps) / LONGEST}%` }}
      role="slider"
      tabIndex={0}
      aria-label={t('unrolled.handle')}
      aria-valuemin={1}
      aria-valuemax={LONGEST}
      aria-valuenow={steps}
      aria-valuetext={t('unrolled.handle-value', { steps })}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={onPointerMove}
      onKeyDown={onKeyDown}
    >
      <span className={styles.grip} aria-hidden="true">
        ↔
      </span>
    </span>
  );
}
