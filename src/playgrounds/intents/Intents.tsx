import { Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import { snapshotOf, type RunState } from '#src/training/runState.ts';
import { useFrames, usePreparation, useRun } from '#src/training/useRun.tsx';
import { useSlowMotion, type Moment } from '#src/training/useSlowMotion.ts';
import { useStoredFrame } from '#src/training/useTrained.ts';
import { Badge } from '#src/ui/Badge.tsx';
import { LiveCode } from '#src/ui/LiveCode.tsx';
import { PlaygroundFrame } from '#src/ui/PlaygroundFrame.tsx';
import { ProbabilityBars } from '#src/ui/ProbabilityBars.tsx';
import { RunMessages } from '#src/ui/RunMessages.tsx';
import { shownAt, shownOf } from '#src/ui/shown.ts';
import { TrainingControls, TrainingSettings } from '#src/ui/TrainingControls.tsx';
import { useSameArrays } from '#src/ui/useSameArrays.ts';
import { useSlowly } from '#src/ui/useSlowly.ts';
import modelCode from './model.ts?code';
import styles from './Intents.module.css';
import { spec } from './spec.ts';
import { texts } from './texts.ts';
import frameFile from './trained/frame.data?url';
import frameFileZh from './trained/frame.zh.data?url';
import weightsFile from './trained/weights.data?url';
import weightsFileZh from './trained/weights.zh.data?url';
import { Course } from './views/Course.tsx';
import { EmbeddingMap } from './views/EmbeddingMap.tsx';
import { Inside, moments } from './views/Inside.tsx';
import { OwnSentences } from './views/OwnSentences.tsx';
import { Contest, Curves, Losses, rightlyRead } from './views/Quality.tsx';
import { linesOf, readingOf } from './views/reading.ts';
import { Review } from './views/Review.tsx';
import { SentenceBox } from './views/SentenceBox.tsx';
import { useClasses } from './views/useClasses.ts';
import { useSentence } from './views/useSentence.ts';

const pictures = import.meta.glob<string>('./trained/picture.*.png', { query: '?url', import: 'default', eager: true });

const chinese = spec.trained.variants.zh;

const unreviewed = {};

/** What a page in each language begins with, each with a stored trained state. */
const starts = {
  en: { trained: { file: weightsFile } },
  zh: { values: chinese, trained: { file: weightsFileZh, values: chinese } },
};

const important = ['language', 'reads', 'learningRate', 'units'] as const;

/** Of a snapshot: what changes seldom. */
const lists = ['classes', 'vocabulary', 'utterances'] as const;
const review = ['labels', 'predictions', 'mistakes', 'baseline'] as const;

/** Pictures that change with every frame cannot be read. */
const PICTURES_EVERY = 150; // ms
/** The map is the costliest to draw. */
const MAP_EVERY = 500; // ms

export interface IntentsProps {
  /** Instance on the page; formulas, diagrams and prose name it to be bound to this run. */
  id: string;
  /** What it reads, unless the reader chooses otherwise. */
  language?: keyof typeof starts;
}

/** A network that learns what a customer wants, beside the simpler method that it must beat. */
export function Intents({ id, language: first = 'en' }: IntentsProps) {
  const t = useTranslate(texts);
  const { run, state, complaints } = useRun(id, spec, starts[first]);
  const place = useRef<HTMLElement>(null);
  const [step, setStep] = useState<number>();
  useFrames(run, place);
  usePreparation(run, place);
  useStoredFrame(run, first === 'zh' ? frameFileZh : frameFile);
  const slowMotion = useSlowMotion(run, state, moments);
  const { moment } = slowMotion;
  const isTraced = moment !== undefined && state.trace !== undefined;
  const sentence = useSentence(run, state);

  const listed = useSameArrays(state.snapshot, lists);
  const reviewed = useSameArrays(state.snapshot, review);
  const classes = useMemo(() => linesOf(listed['classes']), [listed]);
  const vocabulary = useMemo(() => linesOf(listed['vocabulary']), [listed]);
  const utterances = useMemo(() => linesOf(listed['utterances']), [listed]);
  const names = useClasses(classes);

  const shown = useMemo(
    () =>
      moment && state.trace ? shownAt(state.trace, moments, moments.indexOf(moment)) : shownOf(sentence.arrays, false),
    [moment, state.trace, sentence.arrays],
  );
  const slowly = useSlowly(shown, PICTURES_EVERY);
  const reading = useMemo(() => readingOf(slowly.values, vocabulary), [slowly, vocabulary]);
  const marked = useMemo(() => reading.tokens.map((token) => token.place), [reading]);
  const onMap = useSlowly(state.snapshot, MAP_EVERY);
  const truth = isTraced || sentence.typed === undefined ? slowly.values['label']?.values[0] : undefined;

  const { show } = sentence;
  const example = Number(run.getView()['example']);
  const count = utterances.length || spec.view.example.max + 1;
  const another = useCallback(() => show((example + 1) % count), [show, example, count]);
  const text = sentence.typed ?? utterances[example] ?? '';

  return (
    <PlaygroundFrame ref={place} id={id} spec={spec} state={state} label={t('intents.name')} pictures={pictures}>
      {/* Said aloud when the run changes, not with every step. */}
      <p className={styles.status} role="status" aria-live={state.status === 'running' ? 'off' : 'polite'}>
        {statusText(state, moment, t)}
      </p>
      <RunMessages run={run} state={state} complaints={complaints} />
      <div className={styles.composition}>
        <div className={styles.controls}>
          <TrainingControls run={run} state={state} isSlowMotion={slowMotion.isOn} onSlowMotion={slowMotion.set} />
        </div>
        <div className={styles.stage} data-picture="">
          <SentenceBox
            text={text}
            reading={reading}
            isUnseen={sentence.typed === undefined}
            isTraced={isTraced}
            step={step}
            onType={sentence.type}
            onAnother={another}
            onPoint={setStep}
          />
          <div className={styles.answer} data-symbol="y">
            <ProbabilityBars
              probabilities={reading.probabilities}
              labels={names}
              truth={truth}
              label={t('intents.probabilities')}
              isCompact
            />
            <p className={styles.note}>{t('intents.honest')}</p>
          </div>
          <div className={styles.course}>
            <Course reading={reading} names={names} />
          </div>
          <div className={styles.contest}>
            <Contest series={state.series} arrays={snapshotOf(state) ? reviewed : unreviewed} />
          </div>
        </div>
        <Suspense>
          <div className={styles.quality}>
            <Losses series={state.series} />
            <Curves series={state.series} />
            <OwnSentences
              run={run}
              state={state}
              sentence={text}
              language={state.isStored ? first : String(state.values['language'])}
              classes={classes}
              names={names}
            />
          </div>
        </Suspense>
        <Suspense>
          <div className={styles.settings}>
            <TrainingSettings run={run} state={state} important={important} />
            <Badge
              backend={state.backend}
              millisecondsPerStep={state.millisecondsPerStep}
              parameters={state.parameters}
              tensors={state.tensors}
              program={state.program}
              choice={run.getBackendChoice()}
              onChoose={run.chooseBackend}
            />
          </div>
        </Suspense>
        <Suspense>
          <div className={styles.inside}>
            <Inside shown={slowly} tokens={reading.tokens} step={step} onPoint={setStep} />
          </div>
        </Suspense>
        <Suspense>
          <div className={styles.map}>
            <EmbeddingMap
              vectors={onMap?.['vectors']}
              map={onMap?.['map']}
              share={onMap?.['mapShare']?.values[0] ?? 0}
              vocabulary={vocabulary}
              marked={marked}
            />
          </div>
        </Suspense>
        <Suspense>
          <div className={styles.review}>
            <Review arrays={reviewed} utterances={utterances} names={names} onShow={show} />
          </div>
        </Suspense>
        <div className={styles.code}>
          <LiveCode html={modelCode} file="src/playgrounds/intents/model.ts" label={t('intents.code')} />
        </div>
      </div>
    </PlaygroundFrame>
  );
}

function statusText(
  state: RunState,
  moment: Moment | undefined,
  t: ReturnType<typeof useTranslate<keyof typeof texts.en>>,
): string {
  const { status, step, snapshot, isStored, loading, seed } = state;
  if (moment)
    return t(`moment.${moment.phase as 'forward'}`, { step: state.trace?.step ?? step, tensor: moment.tensor });
  if (status === 'loading') {
    return loading === 'data' ? t('intents.status.loading.data') : t(`status.loading.${loading ?? 'engine'}`);
  }
  if (status === 'idle') {
    const { right = 0, count = 0 } = (isStored && snapshot && rightlyRead(snapshot)) || {};
    return count > 0
      ? t('intents.status.stored', { steps: spec.trained.steps, right, count })
      : t('intents.status.idle', { seed });
  }
  return t(`status.${status}`, { step, seed });
}
