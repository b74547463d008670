import { Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import { usePointedMoment } from '#src/training/usePointedMoment.ts';
import { useFrames, usePreparation, useRun } from '#src/training/useRun.tsx';
import { useSlowMotion, type Moment } from '#src/training/useSlowMotion.ts';
import { useStoredFrame } from '#src/training/useTrained.ts';
import areas from '#src/ui/areas.module.css';
import { LiveCode } from '#src/ui/LiveCode.tsx';
import { formatFixed } from '#src/ui/numbers.ts';
import { OwnText } from '#src/ui/OwnText.tsx';
import { PlaygroundFrame } from '#src/ui/PlaygroundFrame.tsx';
import { RunBadge } from '#src/ui/RunBadge.tsx';
import { RunMessages } from '#src/ui/RunMessages.tsx';
import { RunStatus } from '#src/ui/RunStatus.tsx';
import { Segments } from '#src/ui/Segments.tsx';
import { shownAt } from '#src/ui/shown.ts';
import { TrainingControls, TrainingSettings } from '#src/ui/TrainingControls.tsx';
import { useSameArrays } from '#src/ui/useSameArrays.ts';
import { useSlowly } from '#src/ui/useSlowly.ts';
import modelCode from './model.ts?code';
import styles from './CharLstm.module.css';
import { parts, spec, type Part } from './spec.ts';
import { texts } from './texts.ts';
import frameFile from './trained/frame.data?url';
import frameFileZh from './trained/frame.zh.data?url';
import weightsFile from './trained/weights.data?url';
import weightsFileZh from './trained/weights.zh.data?url';
import { Reading } from './views/Reading.tsx';
import { Curves, Readings } from './views/Readings.tsx';
import { Search } from './views/Search.tsx';
import { Writing, writtenArrays } from './views/Writing.tsx';

const pictures = import.meta.glob<string>('./trained/picture.*.png', { query: '?url', import: 'default', eager: true });

const moments: readonly Moment[] = [
  ...['symbols', 'x', 'inputGate', 'forgetGate', 'candidate', 'cellState', 'outputGate', 'hiddenState', 'logits'].map(
    (tensor) => ({ phase: 'forward', tensor }),
  ),
  { phase: 'loss', tensor: 'loss' },
  ...['logits', 'hiddenState', 'cellState', 'x'].map((tensor) => ({ phase: 'backward', tensor })),
  ...['denseWeights', 'lstmRecurrent', 'lstmKernel', 'embedding'].map((tensor) => ({ phase: 'update', tensor })),
];

const verse = spec.trained.variants.zh;

/** What a page may begin with, each with a stored trained state. */
const starts = {
  'moby-dick': { trained: { file: weightsFile } },
  couplets: { values: verse, trained: { file: weightsFileZh, values: verse } },
};

/** Text that changes colour more often is not read. */
const READ_EVERY = 200; // ms

const sayStored = (steps: number, bits: number) => ({ steps, bits: formatFixed(bits) });

const important = ['text', 'learningRate', 'units', 'dropout'] as const;

export interface CharLstmProps {
  /** Instance on the page; formulas, diagrams and prose name it to be bound to this run. */
  id: string;
  /** What it learns from, unless the reader chooses otherwise. */
  text?: keyof typeof starts;
}

/** An LSTM that learns to write, character by character: prose, verse, or the reader's own text. */
export function CharLstm({ id, text: first = 'moby-dick' }: CharLstmProps) {
  const t = useTranslate(texts);
  const { run, state, complaints } = useRun(id, spec, starts[first]);
  const place = useRef<HTMLElement>(null);
  const [weights, setWeights] = useState<'now' | 'best'>('now');
  const [unit, setUnit] = useState(0);
  const [part, setPart] = useState<Part>('cellState');
  useFrames(run, place);
  usePreparation(run, place);
  useStoredFrame(run, first === 'couplets' ? frameFileZh : frameFile);
  const written = useSameArrays(state.snapshot, writtenArrays);
  const seldom = useSlowly(state.snapshot, READ_EVERY);
  const slowMotion = useSlowMotion(run, state, moments);
  const { moment } = slowMotion;

  const traced = useMemo(() => {
    if (!moment || !state.trace) return undefined;
    const { values, gradients } = shownAt(state.trace, moments, moments.indexOf(moment));
    const gradient = moment.phase === 'backward' ? gradients[moment.tensor] : undefined;
    return { arrays: gradient ? { ...values, [moment.tensor]: gradient } : values, isGradient: gradient !== undefined };
  }, [moment, state.trace]);
  // Another text of the book takes the place of the reader's own; a run that comes back from storage brings its own.
  const text = state.values['text'];
  const { own } = state;
  const [chosen, setChosen] = useState({ text, own });
  useEffect(() => {
    if (chosen.text === text && chosen.own === own) return;
    setChosen({ text, own });
    if (chosen.text !== text && chosen.own === own && own !== undefined) run.setOwn(undefined);
  }, [chosen, text, own, run]);
  usePointedMoment(id, spec, moment);
  const chooseWeights = useCallback(
    (chosen: 'now' | 'best') => {
      setWeights(chosen);
      run.setView({ weights: chosen });
    },
    [run],
  );
  const tracedPart = parts.find((known) => known === moment?.tensor) ?? part;

  // Each part of the figure comes alive by itself, so that none holds the page up for long.
  return (
    <PlaygroundFrame ref={place} id={id} spec={spec} state={state} label={t('char-lstm.name')} pictures={pictures}>
      <RunStatus state={state} moment={moment} t={t} sayStored={sayStored} isLong />
      <RunMessages run={run} state={state} complaints={complaints} />
      <div className={styles.composition}>
        <div className={areas.controls}>
          <TrainingControls run={run} state={state} isSlowMotion={slowMotion.isOn} onSlowMotion={slowMotion.set} />
          <Readings state={state} />
        </div>
        <div className={styles.stage} data-picture="">
          <Writing run={run} status={state.status} arrays={written} weights={weights} />
        </div>
        <Suspense>
          <div className={styles.curves}>
            <Curves state={state} />
            <Segments
              label={t('char-lstm.weights')}
              options={[
                { value: 'now', label: t('char-lstm.weights.now') },
                { value: 'best', label: t('char-lstm.weights.best') },
              ]}
              value={weights}
              onChoose={chooseWeights}
            />
          </div>
        </Suspense>
        <Suspense>
          <div className={areas.settings}>
            {state.own !== undefined && <p className={styles.own}>{t('char-lstm.own')}</p>}
            <TrainingSettings run={run} state={state} important={important} />
            <RunBadge run={run} state={state} />
            <details>
              <summary className={styles.summary}>{t('own-text.title')}</summary>
              <OwnText current={state.own} onUse={(own) => run.setOwn(own)} onClear={() => run.setOwn(undefined)} />
            </details>
          </div>
        </Suspense>
        <Suspense>
          <div className={styles.reading}>
            <Reading
              run={run}
              snapshot={seldom}
              isRun={state.status === 'running' || state.status === 'paused'}
              weights={weights}
              traced={traced}
              unit={unit}
              part={tracedPart}
              onUnit={setUnit}
              onPart={setPart}
            />
          </div>
        </Suspense>
        <Suspense>
          <div className={styles.search}>
            <Search run={run} isLoading={state.status === 'loading'} weights={weights} part={part} onUnit={setUnit} />
          </div>
        </Suspense>
        <div className={areas.code}>
          <LiveCode html={modelCode} file="src/playgrounds/char-lstm/model.ts" label={t('char-lstm.code')} />
        </div>
      </div>
    </PlaygroundFrame>
  );
}
