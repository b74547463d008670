import type { Translate } from '#src/i18n/translate.ts';
import type { RunState } from '#src/training/runState.ts';
import type { Moment } from '#src/training/useSlowMotion.ts';
import styles from './RunStatus.module.css';

export interface RunStatusProps {
  state: RunState;
  /** Of slow motion. */
  moment: Moment | undefined;
  /** A playground's own sentences come before the shared ones: `status.idle`, `status.stored`, `status.loading.…`. */
  t: Translate;
  /** What `status.stored` says of the stored trained state, from its steps and its metric. */
  sayStored: (steps: number, metric: number) => Readonly<Record<string, string | number>>;
  /** A name for what is computed at a moment; without it that of the tensor. */
  nameOf?: (tensor: string) => string;
  /** Its longest sentence takes two lines on a desk, four on a phone. */
  isLong?: boolean;
}

/** Where a run is, in a sentence that always has the same room. Said aloud when the run changes, not with every step. */
export function RunStatus({ state, moment, t, sayStored, nameOf, isLong = false }: RunStatusProps) {
  return (
    <p
      className={isLong ? `${styles.status} ${styles.long}` : styles.status}
      role="status"
      aria-live={state.status === 'running' ? 'off' : 'polite'}
    >
      {sentence()}
    </p>
  );

  function sentence(): string {
    const { status, step, seed, snapshot, isStored, loading, trace } = state;
    if (moment) {
      const tensor = nameOf?.(moment.tensor) ?? moment.tensor;
      return t(`moment.${moment.phase as 'forward'}`, { step: trace?.step ?? step, tensor });
    }
    if (status === 'loading') return t(`status.loading.${loading ?? 'engine'}`);
    if (status === 'idle' && isStored) {
      const [steps = 0, metric = 0] = snapshot?.['stored']?.values ?? [];
      return t('status.stored', sayStored(steps, metric));
    }
    return t(`status.${status}`, { step, seed });
  }
}
