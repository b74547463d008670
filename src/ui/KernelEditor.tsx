import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import type { NamedArray } from '#src/training/journal.ts';
import styles from './KernelEditor.module.css';
import { formatFixed, parseNumber } from './numbers.ts';

export interface KernelEditorProps {
  /** `[height, width, channels, filters]` */
  kernel: NamedArray;
  filter: number;
  channel: number;
  /** Why it cannot be changed now, if so. */
  blocked?: string | undefined;
  onChange: (row: number, column: number, value: number) => void;
}

/** One kernel's weights, each a field to type in or to drag: training goes on from what the reader sets. */
export function KernelEditor({ kernel, filter, channel, blocked, onChange }: KernelEditorProps) {
  const t = useTranslate();
  const [height = 0, width = 0, channels = 1, filters = 1] = kernel.shape;
  return (
    <fieldset className={styles.editor} disabled={blocked !== undefined}>
      <legend className={styles.legend}>
        {t('kernel.edit')}
        {channels > 1 && t('kernel.channel', { channel })}
      </legend>
      <div className={styles.grid} style={{ gridTemplateColumns: `repeat(${width}, 3.8em)` }}>
        {Array.from({ length: height * width }, (_, at) => {
          const [row, column] = [Math.floor(at / width), at % width];
          return (
            <WeightField
              key={at}
              label={t('kernel.weight', { row, column })}
              value={kernel.values[(at * channels + channel) * filters + filter] ?? 0}
              onChange={(value) => onChange(row, column, value)}
            />
          );
        })}
      </div>
      <p className={styles.help}>{blocked ?? t('kernel.help')}</p>
    </fieldset>
  );
}

const PER_PIXEL = 0.02;
const STEP = 0.1;
const LARGEST = 10;

/** A weight as text while it is typed, else as it is now; dragging up makes it larger. */
function WeightField(props: { label: string; value: number; onChange: (value: number) => void }) {
  const { label, value, onChange } = props;
  const [typed, setTyped] = useState<string>();
  const drag = useRef<{ y: number; value: number }>(undefined);
  const set = (next: number) => {
    if (Number.isFinite(next)) onChange(Math.min(LARGEST, Math.max(-LARGEST, next)));
  };
  const finish = () => {
    if (typed !== undefined) set(parseNumber(typed));
    setTyped(undefined);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowUp: STEP, ArrowDown: -STEP }[event.key];
    if (event.key === 'Enter') finish();
    if (event.key === 'Escape') setTyped(undefined);
    if (step === undefined) return;
    event.preventDefault();
    set(value + step);
  };
  const onPointerMove = (event: PointerEvent<HTMLInputElement>) => {
    if (!drag.current || event.buttons === 0) return;
    const moved = drag.current.y - event.clientY;
    if (Math.abs(moved) < 4) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    set(drag.current.value + moved * PER_PIXEL);
  };
  return (
    <input
      className={styles.weight}
      inputMode="decimal"
      aria-label={label}
      value={typed ?? formatFixed(value)}
      onChange={({ target }) => setTyped(target.value)}
      onBlur={finish}
      onKeyDown={onKeyDown}
      onPointerDown={({ clientY }) => (drag.current = { y: clientY, value })}
      onPointerMove={onPointerMove}
      onPointerUp={() => (drag.current = undefined)}
    />
  );
}
