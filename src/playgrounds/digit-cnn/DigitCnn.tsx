import { Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslate, type Translate } from '#src/i18n/translate.ts';
import type { Values } from '#src/training/spec.ts';
import { usePointedMoment } from '#src/training/usePointedMoment.ts';
import { useFrames, usePointingStore, usePreparation, useRun } from '#src/training/useRun.tsx';
import { useSlowMotion, type Moment } from '#src/training/useSlowMotion.ts';
import { useStoredFrame } from '#src/training/useTrained.ts';
import { CellDetail, type ChosenMap, type DetailLayer } from '#src/ui/CellDetail.tsx';
import { ClassifierCurves, ClassifierMetrics } from '#src/ui/ClassifierMetrics.tsx';
import { ClassifierReview, reviewArrays } from '#src/ui/ClassifierReview.tsx';
import { DigitSource, type Source } from '#src/ui/DigitSource.tsx';
import { explainCell, sourceWindow, type LayerSpec, type MapCell } from '#src/ui/layers.ts';
import { KernelEditor } from '#src/ui/KernelEditor.tsx';
import { LayerStage, type StageLayer } from '#src/ui/LayerStage.tsx';
import areas from '#src/ui/areas.module.css';
import { LiveCode } from '#src/ui/LiveCode.tsx';
import { formatPercent } from '#src/ui/numbers.ts';
import { PlaygroundFrame } from '#src/ui/PlaygroundFrame.tsx';
import { ProbabilityBars } from '#src/ui/ProbabilityBars.tsx';
import { RunBadge } from '#src/ui/RunBadge.tsx';
import { RunMessages } from '#src/ui/RunMessages.tsx';
import { RunStatus } from '#src/ui/RunStatus.tsx';
import { Segments } from '#src/ui/Segments.tsx';
import { pick, type Shown } from '#src/ui/shown.ts';
import { TrainingControls, TrainingSettings } from '#src/ui/TrainingControls.tsx';
import { useSameArrays } from '#src/ui/useSameArrays.ts';
import { useDrawing } from '#src/ui/useDrawing.ts';
import { useShown } from '#src/ui/useShown.ts';
import { WindowSum } from '#src/ui/WindowSum.tsx';
import modelCode from './model.ts?code';
import styles from './DigitCnn.module.css';
import { spec } from './spec.ts';
import frameFile from './trained/frame.data?url';
import weightsFile from './trained/weights.data?url';

const pictures = import.meta.glob<string>('./trained/picture.*.png', { query: '?url', import: 'default', eager: true });

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

const start = { trained: { file: weightsFile } };

const sayStored = (steps: number, accuracy: number) => ({ steps, accuracy: formatPercent(accuracy) });

const important = ['learningRate', 'optimizer', 'batchSize'] as const;

export interface DigitCnnProps {
  /** Instance on the page; formulas, diagrams and prose name it to be bound to this run. */
  id: string;
}

/** A convolutional network that learns to read handwritten digits, from the first random kernel on. */
export function DigitCnn({ id }: DigitCnnProps) {
  const t = useTranslate();
  const { run, state, complaints } = useRun(id, spec, start);
  const pointing = usePointingStore();
  const place = useRef<HTMLElement>(null);
  const [source, setSource] = useState<Source>('unseen');
  const [shows, setShows] = useState<'values' | 'gradients'>('values');
  const [chosen, setChosen] = useState<ChosenMap>({ tensor: 'z1', filter: 0 });
  const [cell, setCell] = useState<{ tensor: string; cell: MapCell } | null>(null);
  useFrames(run, place);
  usePreparation(run, place);
  useStoredFrame(run, frameFile);
  const slowMotion = useSlowMotion(run, state, moments);
  const drawing = useDrawing(run, state.snapshot, source === 'drawn');
  const layers = useMemo(() => layersOf(state.values['pooling'] === 'average'), [state.values]);

  const now = source === 'drawn' ? drawing.answer : state.snapshot;
  const shown = useShown(moments, slowMotion.moment, state.trace, now, shows === 'gradients');
  const layer = cell ? layers[cell.tensor] : undefined;
  const explanation = useMemo(
    () => (cell && layer ? explainCell(cell.tensor, layer, shown.values, cell.cell) : undefined),
    [cell, layer, shown],
  );
  const highlight = useMemo(
    () => (cell && layer ? sourceWindow(layer, shown.values, cell.cell) : undefined),
    [cell, layer, shown],
  );

  useEffect(() => pointing.explain(id, explanation), [explanation, id, pointing]);
  usePointedMoment(id, spec, slowMotion.moment);

  // A cell that was pointed at stays written out, so that its sum can be read away from it.
  const onPoint = useCallback(
    (tensor: string, pointed: MapCell | null) => {
      if (!pointed) return pointing.set({});
      const { row, column, filter } = pointed;
      setCell({ tensor, cell: pointed });
      setChosen({ tensor, filter });
      const symbol = layers[tensor]?.symbol;
      pointing.set({ of: id, ...(symbol && { symbol }), cell: { tensor, index: [row, column, filter] } });
    },
    [pointing, layers, id],
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

  const chosenFilter = chosen.tensor.endsWith('2') ? chosen.filter : 0;
  const layersShown = useMemo(
    () => stageLayers(shown, state.values, chosenFilter, t),
    [shown, state.values, chosenFilter, t],
  );
  const { snapshot } = state;
  const truth =
    source === 'drawn' || slowMotion.moment ? shown.values['label']?.values[0] : snapshot?.['label']?.values[0];

  const edited = editedKernel(shown, chosen);
  const review = useSameArrays(snapshot, reviewArrays);

  // Each part of the figure comes alive by itself, so that none holds the page up for long.
  return (
    <PlaygroundFrame ref={place} id={id} spec={spec} state={state} label={t('digit-cnn.name')} pictures={pictures}>
      <RunStatus state={state} moment={slowMotion.moment} t={t} sayStored={sayStored} />
      <RunMessages run={run} state={state} complaints={complaints} />
      <div className={styles.composition}>
        <div className={areas.controls}>
          <TrainingControls run={run} state={state} isSlowMotion={slowMotion.isOn} onSlowMotion={slowMotion.set} />
          <ClassifierMetrics series={state.series} />
        </div>
        <div className={styles.stage} data-picture="">
          <div className={styles.look} data-input={source}>
            <DigitSource
              source={source}
              onSource={setSource}
              array={shown.values['x']}
              truth={truth}
              highlight={highlight}
              onDraw={drawing.onDraw}
              isTraced={slowMotion.moment !== undefined}
            />
            <div className={styles.output} data-symbol="y">
              <ProbabilityBars
                probabilities={shown.values['probabilities']?.values}
                truth={truth}
                label={t('digit-cnn.probabilities')}
                isCompact
              />
            </div>
          </div>
          <div className={styles.layers}>
            <LayerStage layers={layersShown} highlight={highlight} onPoint={onPoint} chosen={chosen} />
          </div>
        </div>
        <Suspense>
          <div className={styles.detail}>
            <Segments
              label={t('digit-cnn.show')}
              options={[
                { value: 'values', label: t('digit-cnn.show.values') },
                { value: 'gradients', label: t('digit-cnn.show.gradients') },
              ]}
              value={shows}
              onChoose={chooseShows}
            />
            <CellDetail
              layers={detailLayers(t)}
              arrayOf={(tensor) => shown.values[tensor]}
              chosen={chosen}
              onChoose={setChosen}
              cell={cell?.tensor === chosen.tensor && cell.cell.filter === chosen.filter ? cell.cell : null}
              source={cell?.tensor === chosen.tensor ? highlight : undefined}
              onPoint={onPoint}
            />
            <WindowSum explanation={explanation} />
            {edited && (
              <KernelEditor
                kernel={edited.kernel}
                filter={chosen.filter}
                channel={edited.channel}
                blocked={state.status === 'running' || state.status === 'paused' ? undefined : t('kernel.blocked')}
                onChange={(row, column, value) => {
                  const { layer: number, channel } = edited;
                  run.edit({ type: 'set-kernel', layer: number, filter: chosen.filter, channel, row, column, value });
                }}
              />
            )}
          </div>
        </Suspense>
        <Suspense>
          <div className={styles.curves}>
            <ClassifierCurves series={state.series} />
          </div>
        </Suspense>
        <Suspense>
          <div className={areas.settings}>
            <TrainingSettings run={run} state={state} important={important} />
            <RunBadge run={run} state={state} />
          </div>
        </Suspense>
        <div className={areas.code}>
          <LiveCode html={modelCode} file="src/playgrounds/digit-cnn/model.ts" label={t('digit-cnn.code')} />
        </div>
      </div>
      <Suspense>
        <ClassifierReview
          arrays={review}
          chosen={source === 'unseen' ? Number(run.getView()['example']) : -1}
          onChoose={chooseExample}
        />
      </Suspense>
    </PlaygroundFrame>
  );
}

/** The kernel behind the chosen map that can be set by hand; of many channels that of the map's own number. */
function editedKernel(shown: Shown, { tensor, filter }: ChosenMap) {
  const layer = tensor.endsWith('2') ? 2 : 1;
  const kernel = shown.values[`kernel${layer}`];
  const [, , channels = 1, filters = 0] = kernel?.shape ?? [];
  return kernel && filter < filters ? { layer, kernel, channel: Math.min(filter, channels - 1) } : undefined;
}

/** The maps that can be looked at closely. */
function detailLayers(t: Translate): DetailLayer[] {
  const kinds = { convolution: t('layer.convolution'), activation: t('layer.activation'), pooling: t('layer.pooling') };
  return Object.entries(layersOf(false)).map(([tensor, { kind, from }]) => ({
    tensor,
    from,
    label: `${tensor} ${kinds[kind]}`,
  }));
}

/** The layers from left to right; `filter` chooses whose kernels of the second layer are shown. */
function stageLayers(shown: Shown, values: Values, filter: number, t: Translate): StageLayer[] {
  const [filters1, filters2] = [Number(values['filters1']), Number(values['filters2'])];
  const kernels = (symbol: 'w' | 'w2', chosen?: number) => {
    const { tex, tensor } = spec.symbols[symbol];
    return { symbol, tex, label: '', count: filters1, ...pick(shown, tensor), filter: chosen };
  };
  const layer = (symbol: 'z' | 'a' | 'p' | 'z2' | 'a2' | 'p2', label: string): StageLayer => {
    const { tex, tensor } = spec.symbols[symbol];
    const count = symbol.endsWith('2') ? filters2 : filters1;
    return { symbol, tex, tensor, label, count, ...pick(shown, tensor) };
  };
  return [
    { ...layer('z', t('stage.convolution')), kernels: kernels('w') },
    layer('a', t('stage.activation')),
    layer('p', t('stage.pooling')),
    { ...layer('z2', t('stage.convolution')), kernels: kernels('w2', filter) },
    layer('a2', t('stage.activation')),
    layer('p2', t('stage.pooling')),
  ];
}
