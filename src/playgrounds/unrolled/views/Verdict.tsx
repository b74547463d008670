import { useTranslate } from '#src/i18n/translate.ts';
import { formatNumber } from '#src/ui/numbers.ts';
import { texts } from '../texts.ts';
import { fateOf } from './decades.ts';
import styles from './Verdict.module.css';

export interface VerdictProps {
  norms: ArrayLike<number> | undefined;
  radius: number;
}

/** What became of the gradient between the last time step and the first, in words and numbers. */
export function Verdict({ norms, radius }: VerdictProps) {
  const t = useTranslate(texts);
  const steps = norms?.length ?? 0;
  const arrived = norms ? (norms[0] ?? 0) / (norms[steps - 1] ?? 1) : Number.NaN;
  const perStep = arrived ** (1 / Math.max(1, steps - 1));
  const say = (value: number) => (norms ? formatNumber(value) : '–');
  const facts = [
    { label: t('unrolled.fact.first'), value: `× ${say(arrived)}` },
    { label: t('unrolled.fact.step'), value: steps > 1 ? `× ${say(perStep)}` : '–' },
    {
      label: t('unrolled.fact.radius', { power: Math.max(0, steps - 1) }),
      value: `× ${say(radius ** Math.max(0, steps - 1))}`,
    },
  ];
  return (
    <div className={styles.verdict}>
      <p className={styles.fate}>
        {!norms
          ? '–'
          : steps === 1
            ? t('unrolled.fate.one')
            : t(`unrolled.fate.${fateOf(arrived)}`, { steps: steps - 1 })}
      </p>
      <dl className={styles.facts}>
        {facts.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
