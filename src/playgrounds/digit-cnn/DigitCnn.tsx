import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslate, type Translate } from '#src/i18n/translate.ts';
import type { RunState } from '#src/training/runState.ts';
import { decodeTensors } from '#src/training/tensorFile.ts';
import { useFrames, usePointingStore, usePreparation, useRun } from '#src/training/useRun.tsx';
import { useSlowMotion, type Moment } from '#src/training/useSlowMotion.ts';
import { useStoredFrame } from '#src/training/useStoredFrame.ts';
import { Badge } from '#src/ui/Badge.tsx';
import { ClassifierReadout } from '#src/ui/ClassifierReadout.tsx';
import { ClassifierReview } from '#src/ui/ClassifierReview.tsx';
import { DigitSource, type Source } from '#src/ui/DigitSource.tsx';
import { explainCell, sourceWindow, type LayerSpec, type MapCell } from '#src/ui/layers.ts';
import { LayerStage, type StageLayer } from '#src/ui/LayerStage.tsx';
import { LiveCode } from '#src/ui/LiveCode.tsx';
import { formatPercent } from '#src/ui/numbers.ts';
import { PlaygroundFrame } from '#src/ui/PlaygroundFrame.tsx';
import { ProbabilityBars } from '#src/ui/ProbabilityBars.tsx';
import { RunMessages } from '#src/ui/RunMessages.tsx';
import { Segments } from '#src/ui/Segments.tsx';
import { pick, shownAt, shownOf, type Shown } from '#src/ui/shown.ts';
import { TrainingControls } from '#src/ui/TrainingControls.tsx';
import { useDrawing } from '#src/ui/useDrawing.ts';
import { WindowSum } from '#src/ui/WindowSum.tsx';
import modelCode from './model.ts?code';
import styles from './DigitCnn.module.css';
import { spec } from './spec.ts';
import frameFile from './trained/frame.data?url';
import weightsFile from './trained/weights.data?url';

/** How the maps come from each other, for pointing at their cells. */
const layersOf = (mean: boolean): Readonly<Record<string, LayerSpec>> => ({
  z1: { kind: 'convolution', from: 'x', kernel: 'kernel1', bias: 'bias1', symbol: 'z' },
  a1: { kind: 'activation', from: 'z1', symbol: 'a' },
  p1: { kind: 'pooling', from: 'a1', symbol: 'p', size: 2, mean },
  z2: { kind: 'convolution', from: 'p1', kernel: 'kernel2', bias: 'bias2', symbol: 'z2' },
  a2: { kind: 'activation', from: 'z2', symbol: 'a2' },
  p2: { kind: 'pooling', from: 'a2', symbol: 'p2', size: 2, mean },
});

const moments: readonly Moment[] = [
  ...['x', 'z1', 'a1', 'p1', 'z2', 'a2', 'p2', 'logits'].map((tensor) => ({ phase: 'forward', tensor })),
  { phase: 'loss', tensor: 'loss' },
  ...['logits', 'p2', 'a2', 'z2', 'p1', 'a1', 'z1'].map((tensor) => ({ phase: 'backward', tensor })),
  ...['denseWeights', 'kernel2', 'kernel1'].map((tensor) => ({ phase: 'update', tensor })),
];

const loadTrained = async () => {
  const response = await fetch(weightsFile);
  if (!response.ok) throw new Error(`${weightsFile}: ${response.status}`);
  return { step: 0, journalLength: 0, tensors: await decodeTensors(await response.arrayBuffer()) };
};

export interface DigitCnnProps {
  /** Instance on the page; formulas, diagrams and prose name it to be bound to this run. */
  id: string;
}

/** A convolutional network that learns to read handwritten digits, from the first random kernel on. */
export function DigitCnn({ id }: DigitCnnProps) {
  const t = useTranslate();
  const { run, state, complaints } = useRun(id, spec, loadTrained);
  const pointing = usePointingStore();
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [source, setSource] = useState<Source>('unseen');
  const [shows, setShows] = useState<'values' | 'gradients'>('values');
  const [cell, setCell] = useState<{ tensor: string; cell: MapCell } | null>(null);
  useFrames(run, element);
  usePreparation(run, element);
  useStoredFrame(run, frameFile);
  const slowMotion = useSlowMotion(run, state, moments);
  const drawing = useDrawing(run, state.snapshot, source === 'drawn');
  const layers = useMemo(() => layersOf(state.values['pooling'] === 'average'), [state.values]);

  const now = source === 'drawn' ? drawing.answer : state.snapshot;
  const shown = useMemo(
    () =>
      slowMotion.moment && state.trace
        ? shownAt(state.trace, moments, moments.indexOf(slowMotion.moment))
        : shownOf(now, shows === 'gradients'),
    [slowMotion.moment, state.trace, now, shows],
  );
  const layer = cell ? layers[cell.tensor] : undefined;
  const explanation = useMemo(
    () => (cell && layer ? explainCell(cell.tensor, layer, shown.values, cell.cell) : undefined),
    [cell, layer, shown],
  );
  const highlight = useMemo(
    () => (cell && layer ? sourceWindow(layer, shown.values, cell.cell) : undefined),
    [cell, layer, shown],
  );

  useEffect(() => {
    if (!cell || !layer) return;
    const { row, column, filter } = cell.cell;
    const place = { tensor: cell.tensor, index: [row, column, filter] };
    pointing.set({ of: id, symbol: layer.symbol, cell: place, ...(explanation && { explanation }) });
  }, [cell, layer, explanation, id, pointing]);
  useEffect(() => {
    const tensor = slowMotion.moment?.tensor;
    const symbol = Object.entries(spec.symbols).find(([, known]) => known.tensor === tensor)?.[0];
    pointing.set(symbol ? { of: id, symbol } : {});
  }, [slowMotion.moment, id, pointing]);

  const onPoint = useCallback(
    (tensor: string, pointed: MapCell | null) => {
      setCell(pointed && { tensor, cell: pointed });
      if (!pointed) pointing.set({});
    },
    [pointing],
  );
  const chooseExample = useCallback(
    (example: number) => {
      setSource('unseen');
      run.setView({ example });
    },
    [run],
  );
  function chooseShows(chosen: 'values' | 'gradients') {
    setShows(chosen);
    run.setView({ gradients: chosen === 'gradients' ? 1 : 0 });
  }

  const chosenFilter = cell?.tensor === 'z2' ? cell.cell.filter : 0;
  const layersShown = useMemo(() => stageLayers(shown, chosenFilter, t), [shown, chosenFilter, t]);
  const { snapshot } = state;
  const truth =
    source === 'drawn' || slowMotion.moment ? shown.values['label']?.values[0] : snapshot?.['label']?.values[0];

  return (
    <PlaygroundFrame ref={setElement} id={id} spec={spec} state={state} label={t('digit-cnn.name')}>
      <p className={styles.status} role="status">
        {statusText(state, slowMotion.moment, t)}
      </p>
      <RunMessages run={run} state={state} complaints={complaints} />
      <div className={styles.composition}>
        <div className={styles.stage}>
          <div className={styles.network}>
            <DigitSource
              source={source}
              onSource={setSource}
              array={shown.values['x']}
              truth={truth}
              highlight={highlight}
              onDraw={drawing.onDraw}
            />
            <div className={styles.layers}>
              <LayerStage layers={layersShown} highlight={highlight} onPoint={onPoint} />
            </div>
            <div className={styles.output} data-symbol="y">
              <ProbabilityBars
                probabilities={shown.values['probabilities']?.values}
                truth={truth}
                label={t('digit-cnn.probabilities')}
              />
            </div>
          </div>
          <Segments
            label={t('digit-cnn.show')}
            options={[
              { value: 'values', label: t('digit-cnn.show.values') },
              { value: 'gradients', label: t('digit-cnn.show.gradients') },
            ]}
            value={shows}
            onChoose={chooseShows}
          />
          <WindowSum explanation={explanation} />
        </div>
        <div className={styles.side}>
          <TrainingControls
            run={run}
            state={state}
            important={['learningRate', 'optimizer', 'batchSize']}
            isSlowMotion={slowMotion.isOn}
            onSlowMotion={slowMotion.set}
          />
          <ClassifierReadout series={state.series} />
          <Badge
            backend={state.backend}
            millisecondsPerStep={state.millisecondsPerStep}
            parameters={state.parameters}
            tensors={state.tensors}
            choice={run.getBackendChoice()}
            onChoose={run.chooseBackend}
          />
        </div>
      </div>
      <ClassifierReview
        snapshot={snapshot}
        chosen={source === 'unseen' ? Number(run.getView()['example']) : -1}
        onChoose={chooseExample}
      />
      <LiveCode html={modelCode} file="src/playgrounds/digit-cnn/model.ts" label={t('digit-cnn.code')} />
    </PlaygroundFrame>
  );
}

/** The layers from left to right; `filter` chooses whose kernels of the second layer are shown. */
function stageLayers(shown: Shown, filter: number, t: Translate): StageLayer[] {
  const kernels = (symbol: 'w' | 'w2', label: string, chosen?: number) => {
    const { tex, tensor } = spec.symbols[symbol];
    const { array } = pick(shown, tensor);
    return { symbol, tex, label, array, ...(chosen !== undefined && { filter: chosen }) };
  };
  const layer = (symbol: 'z' | 'a' | 'p' | 'z2' | 'a2' | 'p2', label: string): StageLayer => {
    const { tex, tensor } = spec.symbols[symbol];
    return { symbol, tex, tensor, label, ...pick(shown, tensor) };
  };
  return [
    { ...layer('z', t('layer.convolution')), kernels: kernels('w', t('layer.kernels')) },
    layer('a', t('layer.activation')),
    layer('p', t('layer.pooling')),
    { ...layer('z2', t('layer.convolution')), kernels: kernels('w2', t('layer.kernels-of', { filter }), filter) },
    layer('a2', t('layer.activation')),
    layer('p2', t('layer.pooling')),
  ];
}

function statusText(state: RunState, moment: Moment | undefined, t: Translate): string {
  const { status, step, snapshot, isStored, loading } = state;
  if (moment)
    return t(`moment.${moment.phase as 'forward'}`, { step: state.trace?.step ?? step, tensor: moment.tensor });
  if (status === 'loading') return t(`status.loading.${loading ?? 'engine'}`);
  if (status === 'idle' && isStored) {
    const [steps = 0, accuracy = 0] = snapshot?.['stored']?.values ?? [];
    return t('status.stored', { steps, accuracy: formatPercent(accuracy) });
  }
  return t(`status.${status}`, { step, seed: state.seed });
}
