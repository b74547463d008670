import { useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import { useTranslate, type Translate } from '#src/i18n/translate.ts';
import type { Range } from '#src/training/spec.ts';
import controls from './controls.module.css';
import styles from './HyperparameterPanel.module.css';
import { formatNumber, parseNumber } from './numbers.ts';
import { fromPosition, keyboardStep, nearestIn, positions, toPosition } from './rangeScale.ts';
import { useSentenceGap } from './texts.ts';

export interface SliderProps {
  label: string;
  unit?: string | undefined;
  /** What it does to learning, in one line. */
  help?: string | undefined;
  range: Range;
  value: number;
  /** Whether the picture follows at once: then it is not said when a change applies. */
  isImmediate?: boolean | undefined;
  onChange: (value: number) => void;
}

/** A slider with a field to type in. What starts the run again does so when the slider is let go, not at each pixel. */
export function Slider({ label, unit, help, range, value, isImmediate = false, onChange }: SliderProps) {
  const t = useTranslate();
  const id = useId();
  const slider = useRef<HTMLInputElement>(null);
  const [held, setHeld] = useState<number>();
  const [typed, setTyped] = useState<string>();
  const [complaint, setComplaint] = useState<string>();
  const shown = held ?? value;

  const commit = (next: number) => {
    setHeld(undefined);
    if (next !== value) onChange(next);
  };
  const letGo = useEffectEvent(() => {
    const position = Number(slider.current?.value);
    if (range.applies === 'restart' && position !== toPosition(range, value)) commit(fromPosition(range, position));
  });
  useEffect(() => {
    const element = slider.current;
    const onLetGo = () => letGo();
    element?.addEventListener('change', onLetGo);
    return () => element?.removeEventListener('change', onLetGo);
  }, []);

  const slide = (position: number) => {
    const next = fromPosition(range, position);
    setTyped(undefined);
    setComplaint(undefined);
    if (range.applies === 'next-step') commit(next);
    else setHeld(next);
  };
  const finishTyping = () => {
    if (typed === undefined) return;
    const number = parseNumber(typed);
    setTyped(undefined);
    setComplaint(complaintAbout(typed, number, range, value, t));
    if (!Number.isNaN(number)) commit(nearestIn(range, number));
  };

  return (
    <div className={styles.control} title={help}>
      <label className={styles.label} htmlFor={`${id}-slider`}>
        {label}
        {unit && <span className={styles.unit}> ({unit})</span>}
      </label>
      <input
        ref={slider}
        id={`${id}-slider`}
        className={controls.range}
        type="range"
        min={0}
        max={positions}
        step={keyboardStep(range)}
        value={toPosition(range, shown)}
        aria-valuetext={`${formatNumber(shown)}${unit ? ` ${unit}` : ''}`}
        aria-describedby={`${id}-note`}
        onChange={({ target }) => slide(Number(target.value))}
      />
      <input
        className={`${controls.field} ${styles.number}`}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        aria-label={t('slider.typed', { label })}
        aria-describedby={`${id}-note`}
        aria-invalid={complaint !== undefined}
        value={typed ?? formatNumber(shown)}
        onChange={({ target }) => setTyped(target.value)}
        onFocus={({ target }) => target.select()}
        onBlur={finishTyping}
        onKeyDown={({ key }) => {
          if (key === 'Enter') finishTyping();
          if (key === 'Escape') setTyped(undefined);
        }}
      />
      <p id={`${id}-note`} className={styles.note}>
        <Note complaint={complaint} help={help} applies={isImmediate ? undefined : range.applies} />
      </p>
    </div>
  );
}

/** What is wrong with a typed number and what is used instead; always there, so that nothing moves when it speaks. */
export function Note({
  complaint,
  help,
  applies,
}: {
  complaint?: string | undefined;
  help?: string | undefined;
  applies: Range['applies'] | undefined;
}) {
  const t = useTranslate();
  const gap = useSentenceGap();
  return (
    <>
      <span role="alert" className={styles.complaint}>
        {complaint}
      </span>
      {!complaint && (
        <>
          <span>{help}</span>
          {gap}
          {applies && <span className={styles.applies}>{t(`applies.${applies}`)}</span>}
        </>
      )}
    </>
  );
}

function complaintAbout(typed: string, number: number, range: Range, value: number, t: Translate): string | undefined {
  const short = typed.trim().length > 20 ? `${typed.trim().slice(0, 20)}…` : typed.trim();
  if (Number.isNaN(number)) return t('slider.not-a-number', { typed: short, value: formatNumber(value) });
  const used = nearestIn(range, number);
  if (number > range.max) return t('slider.too-large', { typed: short, value: formatNumber(used) });
  if (number < range.min) return t('slider.too-small', { typed: short, value: formatNumber(used) });
  if (Math.abs(used - number) > 1e-9 * Math.abs(number)) {
    return t('slider.between', { typed: short, value: formatNumber(used, 6) });
  }
  return undefined;
}
