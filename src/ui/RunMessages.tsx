import { useEffect, useState, type ReactNode } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import type { Complaint } from '#src/training/address.ts';
import type { Run } from '#src/training/run.ts';
import type { Divergence, RunState } from '#src/training/runState.ts';
import controls from './controls.module.css';
import { formatNumber } from './numbers.ts';
import styles from './RunMessages.module.css';
import { useOptionalText } from './texts.ts';

export interface RunMessagesProps {
  run: Run;
  state: RunState;
  /** What the address asked and could not have. */
  complaints: readonly Complaint[];
}

/** What the reader should know of a run beyond its numbers, a sentence each. Nothing here interrupts. */
export function RunMessages({ run, state, complaints }: RunMessagesProps) {
  const t = useTranslate();
  const text = useOptionalText();
  const { divergence, failure, notices } = state;
  return (
    <div className={styles.messages} aria-live="polite">
      {complaints.map(({ name, asked, used }) => (
        <Message key={name}>
          {t('address.complaint', {
            name: text(`hyperparameter.${name}`, name),
            asked,
            used: typeof used === 'number' ? formatNumber(used) : text(`option.${used}`, used),
          })}
        </Message>
      ))}
      {notices.map(({ code, values }) => (
        <Message key={code} onDismiss={() => run.dismiss(code)}>
          {t(`notice.${code}`, values)}
        </Message>
      ))}
      <StoredRunMessage run={run} state={state} />
      {divergence && <DivergenceMessage run={run} divergence={divergence} />}
      {failure && (
        <Message isGrave>
          <span>
            {t(`failure.${failure.code}`)} <small className={styles.detail}>{failure.detail}</small>
          </span>
          <button type="button" className={controls.button} onClick={run.retry}>
            {t('failure.retry')}
          </button>
        </Message>
      )}
    </div>
  );
}

/** A run of an earlier visit can be gone on with. */
function StoredRunMessage({ run, state }: Pick<RunMessagesProps, 'run' | 'state'>) {
  const t = useTranslate();
  const [step, setStep] = useState<number>();
  useEffect(() => {
    let isWanted = true;
    void run.findStored().then((stored) => {
      if (isWanted) setStep(stored?.checkpoint.step);
    });
    return () => {
      isWanted = false;
    };
  }, [run]);
  if (step === undefined || state.status !== 'idle') return null;
  return (
    <Message>
      <span>{t('notice.stored-run', { step })}</span>
      <button type="button" className={controls.button} onClick={() => void run.continueStored()}>
        {t('notice.continue')}
      </button>
    </Message>
  );
}

function DivergenceMessage({ run, divergence }: { run: Run; divergence: Divergence }) {
  const t = useTranslate();
  const { step, value, before, learningRate, lastGood } = divergence;
  const from = before.at(-1);
  return (
    <Message isGrave>
      <span>
        {t(Number.isFinite(value) ? 'divergence.grew' : 'divergence.not-finite', {
          step,
          value: formatNumber(value),
          before: from === undefined ? '–' : formatNumber(from),
        })}{' '}
        {t('divergence.cause', { rate: formatNumber(learningRate) })}
      </span>
      <button type="button" className={controls.button} onClick={run.goBack}>
        {lastGood && lastGood.step > 0
          ? t('divergence.go-back', { step: lastGood.step, rate: formatNumber(learningRate / 10) })
          : t('divergence.start-again', { rate: formatNumber(learningRate / 10) })}
      </button>
    </Message>
  );
}

function Message(props: { children: ReactNode; isGrave?: boolean; onDismiss?: () => void }) {
  const t = useTranslate();
  return (
    <div className={props.isGrave ? `${styles.message} ${styles.grave}` : styles.message}>
      {props.children}
      {props.onDismiss && (
        <button type="button" className={styles.dismiss} onClick={props.onDismiss}>
          {t('notice.dismiss')}
        </button>
      )}
    </div>
  );
}
