import { memo } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import type { Hyperparameter, Value, Values } from '#src/training/spec.ts';
import { Choice } from './Choice.tsx';
import styles from './HyperparameterPanel.module.css';
import { Slider } from './Slider.tsx';
import { useOptionalText } from './texts.ts';

export interface HyperparameterPanelProps {
  hyperparameters: Readonly<Record<string, Hyperparameter>>;
  values: Values;
  /** Names in the reader's language; absent: those of `hyperparameter.<name>`. */
  labels?: Readonly<Record<string, string>> | undefined;
  /** Those that stand open, in this order; the rest is folded. */
  important: readonly string[];
  /** Whether the picture follows a change at once, as where nothing is trained. */
  isImmediate?: boolean | undefined;
  onChange: (name: string, value: Value) => void;
}

/** The settings of a run, made from its spec. */
export const HyperparameterPanel = memo(function HyperparameterPanel(props: HyperparameterPanelProps) {
  const { hyperparameters, important } = props;
  const t = useTranslate();
  const rest = Object.keys(hyperparameters).filter((name) => !important.includes(name));
  return (
    <div role="group" aria-label={t('hyperparameters')} className={styles.panel}>
      <div className={styles.grid}>{important.map((name) => control(name))}</div>
      {rest.length > 0 && (
        <details className={styles.rest}>
          <summary>{t('hyperparameters.more', { count: rest.length })}</summary>
          <div className={styles.grid}>{rest.map((name) => control(name))}</div>
        </details>
      )}
    </div>
  );

  function control(name: string) {
    const hyperparameter = hyperparameters[name];
    return hyperparameter && <Control key={name} name={name} hyperparameter={hyperparameter} {...props} />;
  }
});

function Control({
  name,
  hyperparameter,
  values,
  labels,
  isImmediate,
  onChange,
}: HyperparameterPanelProps & { name: string; hyperparameter: Hyperparameter }) {
  const text = useOptionalText();
  const value = values[name] ?? hyperparameter.default;
  const shared = {
    label: labels?.[name] ?? text(`hyperparameter.${name}`, name),
    unit: text(`hyperparameter.${name}.unit`),
    help: text(`hyperparameter.${name}.help`),
    isImmediate,
  };
  return hyperparameter.kind === 'range' ? (
    <Slider {...shared} range={hyperparameter} value={Number(value)} onChange={(next) => onChange(name, next)} />
  ) : (
    <Choice {...shared} choice={hyperparameter} value={value} onChange={(next) => onChange(name, next)} />
  );
}
