import { Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import type { NamedArrays } from '#src/training/journal.ts';
import { usePointedMoment } from '#src/training/usePointedMoment.ts';
import { useFrames, usePreparation, useRun } from '#src/training/useRun.tsx';
import { useSlowMotion, type Moment } from '#src/training/useSlowMotion.ts';
import { useStoredFrame } from '#src/training/useTrained.ts';
import areas from '#src/ui/areas.module.css';
import { LiveCode } from '#src/ui/LiveCode.tsx';
import { formatPercent } from '#src/ui/numbers.ts';
import { PlaygroundFrame } from '#src/ui/PlaygroundFrame.tsx';
import { RunBadge } from '#src/ui/RunBadge.tsx';
import { RunMessages } from '#src/ui/RunMessages.tsx';
import { RunStatus } from '#src/ui/RunStatus.tsx';
import { ScaleLegend } from '#src/ui/ScaleLegend.tsx';
import { TrainingControls, TrainingSettings } from '#src/ui/TrainingControls.tsx';
import { useSameArrays } from '#src/ui/useSameArrays.ts';
import { useShown } from '#src/ui/useShown.ts';
import type { UnitAtStep } from '#src/ui/UnitsOverTime.tsx';
import modelCode from './model.ts?code';
import styles from './MemoryTask.module.css';
import { spec } from './spec.ts';
import { texts } from './texts.ts';
import frameFile from './trained/frame.data?url';
import weightsFile from './trained/weights.data?url';
import { ByDelay, ByStep } from './views/Curves.tsx';
import { GateBias } from './views/GateBias.tsx';
import { NetworkColumn } from './views/NetworkColumn.tsx';
import { networks, readSequence, type SequenceShown } from './views/networks.ts';
import { PointedUnit, type Pointed } from './views/PointedUnit.tsx';
import { Readings } from './views/Readings.tsx';
import { SequenceStrip } from './views/SequenceStrip.tsx';

const pictures = import.meta.glob<string>('./trained/picture.*.png', { query: '?url', import: 'default', eager: true });

/** A step from inside: what each network reads, keeps and answers; what of it the loss still reaches; what changes. */
const moments: readonly Moment[] = [
  ...['x', 'rnn/hiddenState', 'gru/updateGate', 'gru/resetGate', 'gru/candidate', 'gru/hiddenState'],
  ...['lstm/inputGate', 'lstm/forgetGate', 'lstm/candidate', 'lstm/cellState', 'lstm/outputGate', 'lstm/hiddenState'],
  'answers',
]
  .map((tensor): Moment => ({ phase: 'forward', tensor }))
  .concat([
    { phase: 'loss', tensor: 'loss' },
    { phase: 'backward', tensor: 'gradientNorms' },
    ...['rnnRecurrent', 'gruRecurrent', 'lstmRecurrent'].map((tensor) => ({ phase: 'update', tensor })),
  ]);

const start = { trained: { file: weightsFile } };
const sayStored = (steps: number, accuracy: number) => ({ steps, accuracy: formatPercent(accuracy) });
const important = ['delay', 'curriculum', 'learningRate'] as const;
/** Over more steps a gradient through time takes so long that it has to be asked for. */
const QUICK_DELAY = 50;
const noSequence: SequenceShown = { letters: [], mark: -1, time: 32 };

export interface MemoryTaskProps {
  /** Instance on the page; formulas, diagrams and prose name it to be bound to this run. */
  id: string;
}

/** A plain RNN, a GRU and an LSTM that learn, side by side, to recall one marked letter after a delay. */
export function MemoryTask({ id }: MemoryTaskProps) {
  const t = useTranslate(texts);
  const { run, state, complaints } = useRun(id, spec, start);
  const place = useRef<HTMLElement>(null);
  const [pointed, setPointed] = useState<Pointed>();
  const [asksGradients, setAsksGradients] = useState<boolean>();
  useFrames(run, place);
  usePreparation(run, place);
  useStoredFrame(run, frameFile);
  const slowMotion = useSlowMotion(run, state, moments);

  const shown = useShown(moments, slowMotion.moment, state.trace, state.snapshot);
  const arrays = useMemo(() => {
    const norms = shown.gradients['gradientNorms'];
    return norms ? { ...shown.values, gradientNorms: norms } : shown.values;
  }, [shown]);
  const sequences = useSequences(arrays);

  const hasGradients = asksGradients ?? Number(state.values['delay']) <= QUICK_DELAY;
  useEffect(() => run.setView({ gradients: hasGradients ? 1 : 0 }), [run, hasGradients]);
  usePointedMoment(id, spec, slowMotion.moment);

  const onPoint = useCallback((tensor: string, at: UnitAtStep | null) => {
    setPointed(at ? { tensor, ...at } : undefined);
  }, []);
  const onMark = useCallback((mark: number) => run.setView({ mark }), [run]);
  const onLetters = useCallback((letters: string) => run.setView({ letters }), [run]);
  const onAnother = useCallback(() => {
    run.setView({ sequence: (Number(run.getView()['sequence']) + 1) % 1000, letters: '' });
  }, [run]);
  const onGate = useCallback((gate: string, value: number) => run.edit({ type: 'set-bias', gate, value }), [run]);
  const isTraced = slowMotion.moment !== undefined;

  function nameOf(tensor: string): string {
    const symbol = Object.values(spec.symbols).find((known) => known.tensor === tensor);
    return symbol ? t(`symbol.${symbol.code[0]}`) : t('memory-task.states');
  }

  // Each part of the figure comes alive by itself, so that none holds the page up for long.
  return (
    <PlaygroundFrame ref={place} id={id} spec={spec} state={state} label={t('memory-task.name')} pictures={pictures}>
      <RunStatus state={state} moment={slowMotion.moment} t={t} sayStored={sayStored} nameOf={nameOf} isLong />
      <RunMessages run={run} state={state} complaints={complaints} />
      <div className={styles.composition}>
        <div className={areas.controls}>
          <TrainingControls run={run} state={state} isSlowMotion={slowMotion.isOn} onSlowMotion={slowMotion.set} />
          <Readings state={state} />
        </div>
        <div className={styles.stage} data-picture="">
          <SequenceStrip
            sequence={sequences[2] ?? noSequence}
            step={pointed?.step}
            isTraced={isTraced}
            delay={Number(run.getView()['mark'])}
            own={String(run.getView()['letters'] ?? '')}
            onMark={onMark}
            onLetters={onLetters}
            onAnother={onAnother}
          />
          <PointedUnit pointed={pointed} arrays={arrays} sequence={sequences[2] ?? noSequence} />
          <div className={styles.networks}>
            {networks.map((network, at) => (
              <Suspense key={network}>
                <NetworkColumn
                  network={network}
                  arrays={arrays}
                  sequence={sequences[at] ?? noSequence}
                  step={pointed?.step}
                  onPoint={onPoint}
                />
              </Suspense>
            ))}
          </div>
          <div className={styles.legend}>
            <label className={styles.gradients}>
              <input
                type="checkbox"
                checked={hasGradients}
                onChange={({ target }) => setAsksGradients(target.checked)}
              />
              <span>{t('memory-task.gradients')}</span>
              <span className={styles.help}>{t('memory-task.gradients.help')}</span>
            </label>
            <span className={styles.scale}>
              {t('memory-task.scales.gates')} <ScaleLegend scale="unsigned" limit={1} />
            </span>
            <span className={styles.scale}>
              {t('memory-task.scales.states')} <ScaleLegend scale="signed" limit={1} />
            </span>
            <span className={styles.cells}>{t('memory-task.scales.cells')}</span>
          </div>
        </div>
        <Suspense>
          <div className={styles.curves}>
            <ByDelay snapshot={state.snapshot} />
            <ByStep state={state} />
          </div>
        </Suspense>
        <Suspense>
          <div className={areas.settings}>
            <TrainingSettings run={run} state={state} important={important} />
            <GateBias isBlocked={state.status !== 'running' && state.status !== 'paused'} onSet={onGate} />
            <RunBadge run={run} state={state} />
          </div>
        </Suspense>
        <div className={areas.code}>
          <LiveCode html={modelCode} file="src/playgrounds/memory-task/model.ts" label={t('memory-task.code')} />
        </div>
      </div>
    </PlaygroundFrame>
  );
}

/** What each network reads; the same objects as long as it is the same. */
function useSequences(arrays: NamedArrays): readonly SequenceShown[] {
  const same = useSameArrays(arrays, sequenceArrays);
  return useMemo(() => {
    const { x } = same;
    return x ? networks.map((_, at) => readSequence(x, at)) : [];
  }, [same]);
}

const sequenceArrays = ['x'];
