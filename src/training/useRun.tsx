import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
  type ReactNode,
  type RefObject,
} from 'react';
import { readAddress, type Complaint } from './address.ts';
import { createClient, type Client } from './client.ts';
import { createPointing, type Explanation, type Pointing, type PointingStore } from './pointing.ts';
import { createRun, type Run } from './run.ts';
import type { Trained } from './runSession.ts';
import type { RunState } from './runState.ts';
import type { PlaygroundSpec, Values } from './spec.ts';
import { createStorage, type RunStorage } from './storage.ts';
import { trainedIn } from './useTrained.ts';

interface Runs {
  client: Client;
  storage: RunStorage;
  pointing: PointingStore;
  byId: Map<string, Known>;
}

interface Known {
  run: Run;
  complaints: readonly Complaint[];
  /** The values that the page offered last. */
  start: Values | undefined;
}

const RunsContext = createContext<Runs | undefined>(undefined);

function createWorker(): Worker {
  return new Worker(new URL('../worker.ts', import.meta.url), { type: 'module' });
}

/** Holds the page's runs above everything that depends on language or place: they live on when the page is swapped. */
export function RunsProvider({ children }: { children: ReactNode }) {
  const [runs] = useState<Runs>(() => ({
    client: createClient(createWorker),
    storage: createStorage(),
    pointing: createPointing(),
    byId: new Map(),
  }));
  return <RunsContext value={runs}>{children}</RunsContext>;
}

function useRuns(): Runs {
  const runs = useContext(RunsContext);
  if (!runs) throw new Error('A playground stands outside of RunsProvider.');
  return runs;
}

/** What the page gives to a playground; each must be the same object as long as it says the same. */
export interface RunStart {
  /** Start values, where the address asks for no others. */
  values?: Values | undefined;
  /** The file of a stored trained state, and the values it was trained with where they are not the defaults. */
  trained?: { file: string; values?: Values } | undefined;
}

/**
 * The run of one playground on the page, made at first use. Backend and seed of the address are for every playground,
 * a hyperparameter for the first that has one of that name; `<instance>.<hyperparameter>` means one playground alone.
 */
export function useRun(
  id: string,
  spec: PlaygroundSpec,
  { values, trained }: RunStart = {},
): { run: Run; state: RunState; complaints: readonly Complaint[] } {
  const runs = useRuns();
  const stored = useMemo(() => trained && storedIn(trained), [trained]);
  const { run, complaints } = useMemo(
    () => findOrCreate(runs, id, spec, values, stored),
    [runs, id, spec, values, stored],
  );
  const state = useSyncExternalStore(run.subscribe, run.getState, run.getState);
  // The page in another language may offer another start to a run that has not begun.
  useEffect(() => {
    const known = runs.byId.get(id);
    if (!known || known.start === values) return;
    known.start = values;
    run.offer(values ?? {}, stored);
  }, [runs, id, run, values, stored]);
  return { run, state, complaints };
}

const storedIn = ({ file, values }: { file: string; values?: Values }): Trained => ({
  load: trainedIn(file),
  ...(values && { values }),
});

function findOrCreate(runs: Runs, id: string, spec: PlaygroundSpec, start?: Values, trained?: Trained): Known {
  const known = runs.byId.get(id);
  if (known) return known;
  const isFirst = runs.byId.size === 0;
  const search = typeof location === 'undefined' ? '' : searchFor(runs, id);
  const { complaints, ...settings } = readAddress(search, spec, start);
  const { client, storage } = runs;
  const run = createRun({ id, spec, client, storage, ...settings, trained });
  const isNews = ({ name }: Complaint) => isFirst || name in spec.hyperparameters;
  const made = { run, start, complaints: complaints.filter(isNews) };
  runs.byId.set(id, made);
  return made;
}

/** The address without the hyperparameters that a playground before has taken, with those that are for this one. */
function searchFor({ byId }: Runs, id: string): string {
  const parameters = new URLSearchParams(location.search);
  for (const { run } of byId.values()) for (const name in run.spec.hyperparameters) parameters.delete(name);
  for (const [name, value] of [...parameters])
    if (name.startsWith(`${id}.`)) parameters.set(name.slice(id.length + 1), value);
  return parameters.toString();
}

/** Brings a playground that only computes to life once it is seen, unless another run has the device and trains. */
export function useComputed(run: Run, place: RefObject<HTMLElement | null>) {
  const { byId } = useRuns();
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    let isSeen = false;
    const isBusy = () =>
      [...byId.values()].some(({ run: other }) => ['running', 'loading'].includes(other.getState().status));
    function begin() {
      if (isSeen && run.getState().status === 'idle' && !isBusy()) run.compute();
    }
    const observer = new IntersectionObserver(([entry]) => {
      isSeen = entry?.isIntersecting ?? true;
      begin();
    });
    observer.observe(element);
    const again = setInterval(begin, AGAIN_EVERY);
    return () => {
      observer.disconnect();
      clearInterval(again);
    };
  }, [run, place, byId]);
}

const AGAIN_EVERY = 500; // ms; the other run may have come to rest

/** What the reader points at; re-renders when that changes. */
export function usePointing(): Pointing {
  const { pointing } = useRuns();
  return useSyncExternalStore(pointing.subscribe, pointing.get, pointing.get);
}

/** The cell of a playground that was pointed at last, written out. */
export function useExplanation(of: string): Explanation | undefined {
  const { pointing } = useRuns();
  const get = () => pointing.explanationOf(of);
  return useSyncExternalStore(pointing.subscribe, get, get);
}

export function usePointingStore(): PointingStore {
  return useRuns().pointing;
}

/** The run of an instance, for those who only look on: formulas, diagrams, the pointing layer. */
export function useRunLookup(): (id: string) => Run | undefined {
  const { byId } = useRuns();
  return useCallback((id) => byId.get(id)?.run, [byId]);
}

const FRAME_EVERY = 50; // ms; drawing more often would take the time of training

/** What the picture depends on while nothing trains. */
const whatIsShown = (run: Run) => {
  const { status, step, journal } = run.getState();
  return [status === 'idle', step, journal.length, run.getView()] as const;
};

/**
 * Pulls a frame when the page is ready to draw one, while the run trains and its playground can be seen. A run that
 * leaves the screen pauses, and goes on when it comes back.
 */
export function useFrames(run: Run, place: RefObject<HTMLElement | null>) {
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    /** Absent before the browser has told. */
    let isNear: boolean | undefined;
    let pausedByLeaving = false;
    let last = 0;
    let request = 0;
    let shown = whatIsShown(run);

    function draw(now: number) {
      request = requestAnimationFrame(draw);
      // One that was left while it was still loading, too.
      leave();
      comeBack();
      if (now - last < FRAME_EVERY || run.isFrameWanted()) return;
      const { status } = run.getState();
      const wanted = whatIsShown(run);
      const isStale = wanted.some((part, at) => part !== shown[at]);
      // Out of sight nothing is asked for: the device may be another run's.
      const isWanted = status === 'running' || (isNear && isStale && (status === 'paused' || status === 'idle'));
      if (!isWanted) return;
      last = now;
      shown = wanted;
      // Before the first start it is the stored network that is looked at.
      if (status === 'idle') run.peek().then(run.requestFrame, () => {});
      else run.requestFrame();
    }
    const isSeen = () => isNear !== false && !document.hidden;
    function leave() {
      if (isSeen() || run.getState().status !== 'running') return;
      run.pause();
      pausedByLeaving = true;
    }
    /** Not before a run that is left in the same moment has been seen to leave: this one takes its device. */
    function comeBack() {
      if (!pausedByLeaving || !isSeen()) return;
      pausedByLeaving = false;
      if (run.getState().status === 'paused') run.run();
    }
    const observer = new IntersectionObserver(([entry]) => {
      isNear = entry?.isIntersecting ?? true;
      leave();
    });
    observer.observe(element);
    document.addEventListener('visibilitychange', leave);
    request = requestAnimationFrame(draw);
    return () => {
      cancelAnimationFrame(request);
      observer.disconnect();
      document.removeEventListener('visibilitychange', leave);
    };
  }, [run, place]);
}

/** Loads engine and data once the playground is about a screen away. */
export function usePreparation(run: Run, place: RefObject<HTMLElement | null>) {
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        observer.disconnect();
        run.prepare();
      },
      { rootMargin: '100% 0px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [run, place]);
}
