import { Suspense, useCallback, useMemo, useRef } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import type { NamedArrays } from '#src/training/journal.ts';
import { snapshotOf } from '#src/training/runState.ts';
import { usePointedMoment } from '#src/training/usePointedMoment.ts';
import { useFrames, usePreparation, useRun } from '#src/training/useRun.tsx';
import { useSlowMotion } from '#src/training/useSlowMotion.ts';
import { useStoredFrame } from '#src/training/useTrained.ts';
import areas from '#src/ui/areas.module.css';
import { LiveCode } from '#src/ui/LiveCode.tsx';
import { formatFixed, formatPercent } from '#src/ui/numbers.ts';
import { Metric } from '#src/ui/Metric.tsx';
import { PlaygroundFrame } from '#src/ui/PlaygroundFrame.tsx';
import { RunBadge } from '#src/ui/RunBadge.tsx';
import { RunMessages } from '#src/ui/RunMessages.tsx';
import { RunStatus } from '#src/ui/RunStatus.tsx';
import { TrainingControls, TrainingSettings } from '#src/ui/TrainingControls.tsx';
import { useShown } from '#src/ui/useShown.ts';
import { useSlowly } from '#src/ui/useSlowly.ts';
import modelCode from './model.ts?code';
import styles from './NextItem.module.css';
import { spec } from './spec.ts';
import { texts } from './texts.ts';
import frameFile from './trained/frame.data?url';
import weightsFile from './trained/weights.data?url';
import { Inside, moments } from './views/Inside.tsx';
import { OwnLog } from './views/OwnLog.tsx';
import { Curves, Quality } from './views/Quality.tsx';
import { RankedLists, type RankedList } from './views/RankedLists.tsx';
import { SessionBar } from './views/SessionBar.tsx';
import { Shelves } from './views/Shelves.tsx';
import { TasteMap } from './views/TasteMap.tsx';
import { useItems } from './views/useItems.ts';
import { useClicks, useSession } from './views/useSession.ts';

const pictures = import.meta.glob<string>('./trained/picture.*.png', { query: '?url', import: 'default', eager: true });

const trained = { file: weightsFile };

const sayStored = (steps: number, rate: number) => ({ steps, rate: formatPercent(rate) });

const important = ['sessions', 'learningRate', 'units'] as const;

/** Lists that change with every frame cannot be read. */
const PICTURES_EVERY = 150; // ms
/** The map is the costliest to draw. */
const MAP_EVERY = 500; // ms

const fixed = (value: number) => formatFixed(value, 3);

export interface NextItemProps {
  /** Instance on the page; formulas, diagrams and prose name it to be bound to this run. */
  id: string;
}

/** A recurrent network that learns what is clicked next, beside the two simple ways that it must beat. */
export function NextItem({ id }: NextItemProps) {
  const t = useTranslate(texts);
  const { run, state, complaints } = useRun(id, spec, { trained });
  const place = useRef<HTMLElement>(null);
  useFrames(run, place);
  usePreparation(run, place);
  useStoredFrame(run, frameFile);
  const slowMotion = useSlowMotion(run, state, moments);
  const { names, shelves, count, isOnce, longest, unseen, file } = useItems(state.own);
  const { session, click, choose } = useSession(run, state);
  const { moment } = slowMotion;
  usePointedMoment(id, spec, moment);

  const shown = useShown(moments, moment, state.trace, session.arrays);
  const isTraced = moment !== undefined;
  const traced = useClicks(isTraced ? shown.values['x']?.values : undefined);
  const clicks = isTraced ? traced : session.clicks;
  const next = isTraced ? shown.values['next']?.values[0] : session.next;
  const slowly = useSlowly(shown, PICTURES_EVERY);
  const weights = useSlowly(state.snapshot?.['denseWeights'], MAP_EVERY);

  const own = session.source === 'own' ? session.clicks : undefined;
  const onClick = useCallback(
    (item: number) => {
      const before = own ?? [];
      if (isOnce && before.includes(item)) click(before.filter((other) => other !== item));
      else if (before.length < longest) click([...before, item]);
    },
    [own, isOnce, longest, click],
  );
  const lists = useMemo(() => listsOf(slowly.values, count), [slowly, count]);
  const last = (metric: string) => state.series[metric]?.values.at(-1);

  return (
    <PlaygroundFrame ref={place} id={id} spec={spec} state={state} label={t('next-item.name')} pictures={pictures}>
      <RunStatus state={state} moment={moment} t={t} sayStored={sayStored} />
      <RunMessages run={run} state={state} complaints={complaints} />
      <div className={styles.composition}>
        <div className={areas.controls}>
          <TrainingControls run={run} state={state} isSlowMotion={slowMotion.isOn} onSlowMotion={slowMotion.set} />
        </div>
        <div className={styles.stage} data-picture="">
          <div className={styles.session}>
            <SessionBar
              run={run}
              status={state.status}
              view={run.getView()}
              source={session.source}
              isTraced={isTraced}
              clicks={clicks}
              names={names}
              unseen={unseen}
              most={longest}
              added={state.journal.filter((entry) => entry.type === 'edit').length}
              onSource={choose}
              onClicks={click}
            />
            <Shelves shelves={shelves} names={names} clicks={clicks} isOnce={isOnce} onClick={onClick} />
          </div>
          <div className={styles.lists} data-symbol="y">
            <RankedLists
              lists={lists}
              names={names}
              leftOut={isOnce ? clicks : none}
              next={next}
              isOwn={!isTraced && session.source === 'own'}
              onClick={onClick}
            />
          </div>
        </div>
        <Suspense>
          <div className={styles.quality}>
            <Quality series={state.series} stored={snapshotOf(state)?.['quality']?.values} items={count} />
            <div className={styles.losses}>
              <Metric name="loss" label={t('metric.loss')} value={last('loss')} format={fixed} />
              <Metric name="unseen-loss" label={t('metric.unseen-loss')} value={last('unseen-loss')} format={fixed} />
            </div>
            <Curves series={state.series} />
          </div>
        </Suspense>
        <Suspense>
          <div className={areas.settings}>
            <TrainingSettings run={run} state={state} important={important} />
            <OwnLog run={run} file={file} />
            <RunBadge run={run} state={state} />
          </div>
        </Suspense>
        <Suspense>
          <div className={styles.inside}>
            <Inside shown={slowly} clicks={clicks} names={names} />
            <TasteMap weights={weights} names={file?.items ?? names} isShop={file === undefined} />
          </div>
        </Suspense>
        <div className={areas.code}>
          <LiveCode html={modelCode} file="src/playgrounds/next-item/model.ts" label={t('next-item.code')} />
        </div>
      </div>
    </PlaygroundFrame>
  );
}

const none: readonly number[] = [];

/** @param items how many there are: numbers of another log are not shown under this one's names. */
function listsOf(values: NamedArrays, items: number): RankedList[] {
  const list = (who: RankedList['who'], name: string) => {
    const probabilities = values[name]?.values;
    return { who, probabilities: probabilities?.length === items ? probabilities : undefined };
  };
  const lists = [list('network', 'probabilities'), list('markov', 'markov'), list('popularity', 'popularity')];
  return values['best']?.values.length === 0 ? lists : [...lists, list('best', 'best')];
}
