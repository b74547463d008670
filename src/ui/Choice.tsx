import { useId } from 'react';
import type { Choice as ChoiceSpec, Value } from '#src/training/spec.ts';
import controls from './controls.module.css';
import styles from './HyperparameterPanel.module.css';
import { Note } from './Slider.tsx';
import { useOptionalText } from './texts.ts';

export interface ChoiceProps {
  label: string;
  unit?: string | undefined;
  help?: string | undefined;
  choice: ChoiceSpec;
  value: Value;
  /** As for a slider. */
  isImmediate?: boolean | undefined;
  onChange: (value: Value) => void;
}

/** One of a few values, by name (`option.<value>`) or as a number with its unit. */
export function Choice({ label, unit, help, choice, value, isImmediate = false, onChange }: ChoiceProps) {
  const id = useId();
  const text = useOptionalText();
  const nameOf = (option: Value) =>
    typeof option === 'number' ? `${option}${unit ? ` ${unit}` : ''}` : text(`option.${option}`, option);
  return (
    <div className={`${styles.control} ${styles.choice}`} title={help}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className={`${controls.select} ${styles.select}`}
        value={String(value)}
        aria-describedby={`${id}-note`}
        onChange={({ target }) => {
          const chosen = choice.options.find((option) => String(option) === target.value);
          if (chosen !== undefined) onChange(chosen);
        }}
      >
        {choice.options.map((option) => (
          <option key={option} value={option}>
            {nameOf(option)}
          </option>
        ))}
      </select>
      <p id={`${id}-note`} className={styles.note}>
        <Note help={help} applies={isImmediate ? undefined : choice.applies} />
      </p>
    </div>
  );
}
