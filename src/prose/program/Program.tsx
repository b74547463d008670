import { useRef } from 'react';
import { useTranslate, type Translate } from '#src/i18n/translate.ts';
import type { RunState } from '#src/training/runState.ts';
import type { PlaygroundSpec } from '#src/training/spec.ts';
import { useProgram } from '#src/training/useProgram.ts';
import { useFrames, usePreparation, useRun } from '#src/training/useRun.tsx';
import { RunBadge } from '#src/ui/RunBadge.tsx';
import { LinkContext } from '#src/ui/links.ts';
import { ProgramTotals } from '#src/ui/ProgramTotals.tsx';
import { ProgramView } from '#src/ui/ProgramView.tsx';
import { RunControls } from '#src/ui/RunControls.tsx';
import { RunMessages } from '#src/ui/RunMessages.tsx';
import { TrainingSettings } from '#src/ui/TrainingControls.tsx';
import styles from './Program.module.css';

interface ProgramProps {
  /** Instance on the page; a run that another page kept under the same name can be gone on with. */
  id: string;
  spec: PlaygroundSpec;
  /** Hyperparameters that stand open: those that change the program most. */
  important: readonly string[];
}

/** Trains a playground's network and shows the program that its steps are replayed from. */
export function Program({ id, spec, important }: ProgramProps) {
  const t = useTranslate();
  const { run, state, complaints } = useRun(id, spec);
  const place = useRef<HTMLElement>(null);
  useFrames(run, place);
  usePreparation(run, place);
  const program = useProgram(run, state);
  return (
    <section
      ref={place}
      id={id}
      className={`breakout ${styles.frame}`}
      aria-label={t('program.name')}
      data-playground={spec.id}
      data-of={id}
      data-run-state={state.status}
      data-step={state.step}
      data-backend={state.backend?.name ?? ''}
      data-seed={state.seed}
      data-program={state.program?.state ?? ''}
    >
      <noscript>
        <p>{t('program.no-script')}</p>
      </noscript>
      <p className={styles.status} role="status" aria-live={state.status === 'running' ? 'off' : 'polite'}>
        {statusText(state, t)}
      </p>
      <RunMessages run={run} state={state} complaints={complaints} />
      <div className={styles.top}>
        <div className={styles.controls}>
          <RunControls
            status={state.status}
            loading={state.loading}
            stepsPerSecond={state.stepsPerSecond}
            onRun={run.run}
            onPause={run.pause}
            onStep={() => run.stepOnce()}
            onStartAgain={run.startAgain}
            onNewSeed={() => run.newSeed(crypto.getRandomValues(new Uint32Array(1))[0] ?? 1)}
            onSpeed={run.setSpeed}
          />
          <ProgramTotals program={program} />
          {/* This is the page that a badge leads to. */}
          <LinkContext value={undefined}>
            <RunBadge run={run} state={state} />
          </LinkContext>
        </div>
        <TrainingSettings run={run} state={state} important={important} />
      </div>
      <ProgramView program={program} />
    </section>
  );
}

function statusText({ status, loading, step, program, listing }: RunState, t: Translate): string {
  if (status === 'loading') return t(`status.loading.${loading ?? 'engine'}`);
  if (status === 'failed' || status === 'finished') return t(`status.${status}`, { step });
  if (status === 'idle') return t('program.none');
  if (program === undefined) return t('program.soon', { step });
  switch (program.state) {
    case 'plain':
      return program.why === 'not-yet'
        ? t('program.soon', { step })
        : t('program.plain', { step, why: t(`badge.plain.${program.why}`) });
    case 'recording':
      return t('program.recording', { step });
    case 'replayed':
      return t(listing === undefined ? 'program.asked' : 'program.shown', { step, since: program.since });
  }
}
