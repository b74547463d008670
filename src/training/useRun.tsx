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
import type { Checkpoint } from './journal.ts';
import { createPointing, type Explanation, type Pointing, type PointingStore } from './pointing.ts';
import { createRun, type Run } from './run.ts';
import type { RunState } from './runState.ts';
import type { PlaygroundSpec } from './spec.ts';
import { createStorage, type RunStorage } from './storage.ts';

interface Runs {
  client: Client;
  storage: RunStorage;
  pointing: PointingStore;
  byId: Map<string, { run: Run; complaints: readonly Complaint[] }>;
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

/**
 * The run of one playground on the page, made at first use. The page's first playground takes its settings from the
 * address.
 */
export function useRun(
  id: string,
  spec: PlaygroundSpec,
  loadTrained?: () => Promise<Checkpoint>,
): { run: Run; state: RunState; complaints: readonly Complaint[] } {
  const runs = useRuns();
  const { run, complaints } = useMemo(() => findOrCreate(runs, id, spec, loadTrained), [runs, id, spec, loadTrained]);
  const state = useSyncExternalStore(run.subscribe, run.getState, run.getState);
  return { run, state, complaints };
}

function findOrCreate(runs: Runs, id: string, spec: PlaygroundSpec, loadTrained?: () => Promise<Checkpoint>) {
  const known = runs.byId.get(id);
  if (known) return known;
  const search = typeof location === 'undefined' || runs.byId.size > 0 ? '' : location.search;
  const { complaints, ...settings } = readAddress(search, spec);
  const { client, storage } = runs;
  const run = createRun({ id, spec, client, storage, ...settings, ...(loadTrained && { loadTrained }) });
  const made = { run, complaints };
  runs.byId.set(id, made);
  return made;
}

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
    let isNear = true;
    let pausedByLeaving = false;
    let last = 0;
    let request = 0;
    let shown = whatIsShown(run);

    function draw(now: number) {
      request = requestAnimationFrame(draw);
      if (now - last < FRAME_EVERY || run.isFrameWanted()) return;
      const { status } = run.getState();
      const wanted = whatIsShown(run);
      const isStale = wanted.some((part, at) => part !== shown[at]);
      if (status !== 'running' && !(isStale && (status === 'paused' || status === 'idle'))) return;
      last = now;
      shown = wanted;
      // Before the first start it is the stored network that is looked at.
      if (status === 'idle') run.peek().then(run.requestFrame, () => {});
      else run.requestFrame();
    }
    function follow() {
      const isSeen = isNear && !document.hidden;
      const { status } = run.getState();
      if (!isSeen && status === 'running') {
        run.pause();
        pausedByLeaving = true;
      } else if (isSeen && pausedByLeaving) {
        pausedByLeaving = false;
        if (status === 'paused') run.run();
      }
    }
    const observer = new IntersectionObserver(([entry]) => {
      isNear = entry?.isIntersecting ?? true;
      follow();
    });
    observer.observe(element);
    document.addEventListener('visibilitychange', follow);
    request = requestAnimationFrame(draw);
    return () => {
      cancelAnimationFrame(request);
      observer.disconnect();
      document.removeEventListener('visibilitychange', follow);
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
