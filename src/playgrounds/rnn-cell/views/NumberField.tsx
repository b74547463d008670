import { useState, type KeyboardEvent } from 'react';
import controls from '#src/ui/controls.module.css';
import { formatNumber, parseNumber } from '#src/ui/numbers.ts';

export interface NumberFieldProps {
  label: string;
  value: number;
  min: number;
  max: number;
  className?: string | undefined;
  onChange: (value: number) => void;
  /** What was typed and could not be taken as it is: NaN is no number at all. */
  onComplaint: (complaint: { typed: string; isNumber: boolean; used: number } | undefined) => void;
}

const STEP = 0.1;

/** One number to type; arrow keys move it. */
export function NumberField({ label, value, min, max, className, onChange, onComplaint }: NumberFieldProps) {
  const [typed, setTyped] = useState<string>();
  const set = (next: number) => onChange(Math.min(max, Math.max(min, Number(next.toFixed(2)))));
  function finish() {
    if (typed === undefined) return;
    const number = parseNumber(typed);
    const isNumber = !Number.isNaN(number);
    const used = isNumber ? Math.min(max, Math.max(min, number)) : value;
    setTyped(undefined);
    onComplaint(isNumber && used === number ? undefined : { typed: typed.trim().slice(0, 20), isNumber, used });
    if (isNumber) set(number);
  }
  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowUp: STEP, ArrowDown: -STEP }[event.key];
    if (event.key === 'Enter') finish();
    if (event.key === 'Escape') setTyped(undefined);
    if (step === undefined) return;
    event.preventDefault();
    setTyped(undefined);
    set(value + step);
  }
  return (
    <input
      className={`${controls.field} ${className ?? ''}`}
      type="text"
      inputMode="decimal"
      autoComplete="off"
      aria-label={label}
      value={typed ?? formatNumber(value)}
      onChange={({ target }) => setTyped(target.value)}
      onFocus={({ target }) => target.select()}
      onBlur={finish}
      onKeyDown={onKeyDown}
    />
  );
}
