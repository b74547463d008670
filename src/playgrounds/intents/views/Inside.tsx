import { memo, useState } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import type { Moment } from '#src/training/useSlowMotion.ts';
import { formatNumber } from '#src/ui/numbers.ts';
import { Segments } from '#src/ui/Segments.tsx';
import { pick, type Shown } from '#src/ui/shown.ts';
import { UnitsOverTime } from '#src/ui/UnitsOverTime.tsx';
import { texts } from '../texts.ts';
import styles from '#src/ui/inside.module.css';
import { lastSteps, type ReadToken } from './reading.ts';

const parts = ['inputGate', 'forgetGate', 'outputGate', 'candidate', 'cellState', 'hiddenState'] as const;
const layers = ['lstm', 'upper'] as const;

/** What a step of slow motion comes to, in order. */
export const moments: readonly Moment[] = [
  ...['embedded', 'states', 'logits'].map((tensor) => ({ phase: 'forward', tensor })),
  { phase: 'loss', tensor: 'loss' },
  ...['logits', 'states', 'embedded'].map((tensor) => ({ phase: 'backward', tensor })),
  ...['denseWeights', 'lstmRecurrent', 'lstmKernel', 'embedding'].map((tensor) => ({ phase: 'update', tensor })),
];

export interface InsideProps {
  shown: Shown;
  tokens: readonly ReadToken[];
  /** The token that is pointed at, here or in the sentence. */
  step: number | undefined;
  onPoint: (step: number | undefined) => void;
}

/** Gates and states of a layer: a column a token. */
export const Inside = memo(function Inside({ shown, tokens, step, onPoint }: InsideProps) {
  const t = useTranslate(texts);
  const [chosen, setLayer] = useState<(typeof layers)[number]>('lstm');
  const hasTwo = (shown.values['upper/hiddenState']?.values.length ?? 0) > 0;
  const layer = hasTwo ? chosen : 'lstm';
  return (
    <div className={styles.inside} role="group" aria-label={t('inside.label')}>
      <p className={styles.title}>{t('inside.label')}</p>
      {hasTwo && (
        <Segments
          label={t('inside.layer')}
          options={layers.map((value) => ({ value, label: t(`inside.layer.${value}`) }))}
          value={layer}
          onChoose={setLayer}
        />
      )}
      <div className={styles.parts}>
        <Part name="embedded" label={t('inside.embedded')} symbol="e" isTabStop {...{ shown, tokens, step, onPoint }} />
        {parts.map((part) => (
          <Part
            key={part}
            name={part === 'hiddenState' && (layer === 'upper' || !hasTwo) ? 'states' : `${layer}/${part}`}
            label={t(`inside.${part}`)}
            isGate={part.endsWith('Gate')}
            symbol={part === 'hiddenState' ? 'h' : undefined}
            {...{ shown, tokens, step, onPoint }}
          />
        ))}
      </div>
      <p className={styles.note}>
        {step === undefined
          ? t('inside.point')
          : t('inside.pointed', { step: step + 1, token: tokens[step]?.text.slice(0, 24) ?? '' })}
      </p>
    </div>
  );
});

interface PartProps extends InsideProps {
  name: string;
  label: string;
  isGate?: boolean;
  symbol?: string | undefined;
  isTabStop?: boolean;
}

function Part({ name, label, isGate = false, symbol, isTabStop = false, shown, tokens, step, onPoint }: PartProps) {
  const t = useTranslate(texts);
  const { array: whole, change } = pick(shown, name);
  const array = lastSteps(whole, tokens.length);
  const [time = 0, units = 0] = array?.shape ?? [];
  const isUnsigned = isGate && !change;
  const limit = isUnsigned ? 1 : largest(array?.values);
  const said = change ? t('inside.gradient', { part: label }) : label;
  return (
    <figure className={styles.part} {...(symbol && { 'data-symbol': symbol })}>
      <figcaption>
        <span className={styles.name} title={said}>
          {said}
        </span>
        <span className={styles.limit}>{isUnsigned ? '0…1' : `±${formatNumber(limit, 2)}`}</span>
      </figcaption>
      <UnitsOverTime
        values={array?.values}
        time={Math.max(1, time)}
        units={Math.max(1, units)}
        scale={isUnsigned ? 'unsigned' : 'signed'}
        limit={limit}
        label={said}
        step={step !== undefined && step < time ? step : undefined}
        onPoint={(place) => onPoint(place?.step)}
        isTabStop={isTabStop}
      />
    </figure>
  );
}

function largest(values: ArrayLike<number> | undefined): number {
  let most = 0;
  for (let at = 0; at < (values?.length ?? 0); at += 1) most = Math.max(most, Math.abs(values?.[at] ?? 0));
  return most || 1;
}
