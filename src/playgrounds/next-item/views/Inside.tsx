import { memo, useState } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import type { Moment } from '#src/training/useSlowMotion.ts';
import { limitOf } from '#src/ui/colorScale.ts';
import { formatNumber } from '#src/ui/numbers.ts';
import { pick, type Shown } from '#src/ui/shown.ts';
import { UnitsOverTime } from '#src/ui/UnitsOverTime.tsx';
import { texts } from '../texts.ts';
import styles from '#src/ui/inside.module.css';

const parts = ['embedded', 'inputGate', 'forgetGate', 'outputGate', 'cellState', 'hiddenState'] as const;

/** What a step of slow motion comes to, in order: each is a part that is drawn here, a list, or a weight. */
export const moments: readonly Moment[] = [
  ...['x', 'embedded', 'hiddenState', 'logits'].map((tensor) => ({ phase: 'forward', tensor })),
  { phase: 'loss', tensor: 'loss' },
  ...['logits', 'hiddenState', 'embedded'].map((tensor) => ({ phase: 'backward', tensor })),
  ...['denseWeights', 'lstmRecurrent', 'lstmKernel', 'embedding'].map((tensor) => ({ phase: 'update', tensor })),
];

export interface InsideProps {
  shown: Shown;
  /** Numbers of the items clicked, and their names. */
  clicks: readonly number[];
  names: readonly string[];
}

/** Gates and states of the last layer: a column a click, the first for the beginning. */
export const Inside = memo(function Inside({ shown, clicks, names }: InsideProps) {
  const t = useTranslate(texts);
  const [step, setStep] = useState<number>();
  const words = [t('inside.beginning'), ...clicks.map((item) => names[item] ?? t('lists.other'))];
  return (
    <div className={styles.inside} role="group" aria-label={t('inside.label')}>
      <p className={styles.title}>{t('inside.label')}</p>
      <div className={styles.parts}>
        {parts.map((part) => {
          const { array, change } = pick(shown, part);
          const [time = 0, units = 0] = array?.shape ?? [];
          const isGate = part.endsWith('Gate');
          const label = change ? t('inside.gradient', { part: t(`inside.${part}`) }) : t(`inside.${part}`);
          const limit = limitOf(array?.values ?? []);
          return (
            <figure key={part} className={styles.part} {...symbolOf(part)}>
              <figcaption>
                {label}
                <span className={styles.limit}>{isGate && !change ? '0…1' : `±${formatNumber(limit, 2)}`}</span>
              </figcaption>
              <UnitsOverTime
                values={array?.values}
                time={Math.max(1, time)}
                units={Math.max(1, units)}
                scale={isGate && !change ? 'unsigned' : 'signed'}
                limit={isGate && !change ? 1 : limit}
                label={label}
                step={step !== undefined && step < time ? step : undefined}
                onPoint={(place) => setStep(place?.step)}
                isTabStop={part === parts[0]}
              />
            </figure>
          );
        })}
      </div>
      <p className={styles.note}>{step === undefined ? t('inside.point') : `${step}: ${words[step] ?? ''}`}</p>
    </div>
  );
});

function symbolOf(part: (typeof parts)[number]) {
  const symbol = { embedded: 'e', hiddenState: 'h' }[part as string];
  return symbol === undefined ? {} : { 'data-symbol': symbol };
}
