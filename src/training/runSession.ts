import { createAnswers } from './answers.ts';
import type { Client, Holder } from './client.ts';
import { valuesAfter, type Checkpoint } from './journal.ts';
import type { BackendChoice, Command, Question, Report, RunId, View } from './protocol.ts';
import { takeReport, type Link } from './runReports.ts';
import type { RunStore } from './runStore.ts';
import { truncateSeries } from './series.ts';
import { defaultValues, type PlaygroundSpec, type Values } from './spec.ts';
import { createWatchdog } from './watchdog.ts';

export interface SessionOptions {
  id: string;
  spec: PlaygroundSpec;
  client: Client;
  store: RunStore;
  backend: BackendChoice;
  trained: Trained | undefined;
  /** A checkpoint came while the run stood still. */
  onRest: () => void;
}

/** A stored trained state: what questions are answered from before the first start. */
export interface Trained {
  load(): Promise<Checkpoint>;
  /** Where the network was another than that of the defaults. */
  values?: Values;
}

type OfThisRun<Any> = Any extends { runId: RunId } ? Omit<Any, 'runId'> : never;
type Simple = 'pause' | 'resume' | 'step-once' | 'trace-step' | 'checkpoint';

const SILENCE = 2000; // ms
/** For how many times a step's length it may be silent: while it steps, and while it looks at unseen examples. */
const PATIENCE = { stepping: 10, evaluating: 200 };
const LOST_WORKERS = 3;
let runs = 0;

/** A run's side of the worker: how it starts there, goes on after a loss, gives the device up and gets it back. */
export function createRunSession({ id, spec, client, store, onRest, ...options }: SessionOptions) {
  const answers = createAnswers();
  const watchdog = createWatchdog(workerLost);
  const link: Link = { runId: '', frameWanted: false, isPeeking: false, isReleased: false, checkpoints: [] };
  let { backend, trained } = options;
  let startValues: Values = store.get().values;
  let startsPaused = true;
  let lost = 0;
  let isEvaluating = false;

  function send(command: OfThisRun<Command>) {
    client.hold(holder);
    client.send({ ...command, runId: link.runId });
  }

  /** From the first finished step on, silence means that the worker hangs; before, a backend may be compiling. */
  function expectReport() {
    const { millisecondsPerStep } = store.get();
    if (millisecondsPerStep === 0 || link.isReleased) return;
    const patience = isEvaluating ? PATIENCE.evaluating : PATIENCE.stepping;
    watchdog.expect(Math.max(SILENCE, patience * millisecondsPerStep));
  }

  function begin(paused: boolean, hyperparameters: Values, from?: Checkpoint) {
    const { seed, stepsPerSecond, journal, own } = store.get();
    Object.assign(link, { runId: `${id}-${++runs}`, frameWanted: false, isPeeking: false, isReleased: false });
    startsPaused = paused;
    isEvaluating = false;
    watchdog.heard();
    store.forget('program', 'listing');
    const start = { hyperparameters, seed, backend, stepsPerSecond, paused, journal };
    send({ type: 'start', playgroundId: spec.id, ...start, ...(own !== undefined && { own }), ...(from && { from }) });
  }

  /** A new run from the seed; the same seed gives the same initial weights and the same batches. */
  function startFresh(paused: boolean, seed = store.get().seed) {
    startValues = store.get().values;
    link.checkpoints = [];
    lost = 0;
    // The picture stays until the new run has one of its own, for good if it cannot start.
    store.forget('loading', 'trace', 'divergence', 'failure');
    const nothing = { step: 0, series: {}, journal: [], millisecondsPerStep: 0 };
    store.update({ status: 'loading', seed, ...nothing });
    begin(paused, startValues);
  }

  /** Goes on from a checkpoint of this run and its journal, from the start if there is none. */
  function goOnFrom(checkpoint: Checkpoint | undefined, paused: boolean) {
    const step = checkpoint?.step ?? 0;
    store.forget('loading', 'trace', 'divergence', 'failure');
    const series = truncateSeries(store.get().series, step);
    store.update({ status: 'loading', step, series, millisecondsPerStep: 0 });
    begin(paused, startValues, checkpoint);
    sendUnapplied();
  }

  /** What the reader changed while no worker could take it. */
  function sendUnapplied() {
    const { values, journal } = store.get();
    const applied = valuesAfter(startValues, journal);
    const changed = Object.entries(values).filter(([name, value]) => applied[name] !== value);
    if (changed.length > 0) send({ type: 'set-hyperparameters', values: Object.fromEntries(changed) });
  }

  /** Gets the device back, if another run has it: this one goes on where it was. */
  function reclaim(paused: boolean) {
    if (link.isReleased && store.get().status === 'paused') goOnFrom(link.checkpoints.at(-1), paused);
  }

  function receive(report: Report) {
    if (!('runId' in report) || report.runId !== link.runId) return;
    watchdog.heard();
    isEvaluating = report.type === 'evaluating';
    if (link.frameWanted && report.type !== 'frame') expectReport();
    takeReport(report, store, link, answers);
    if (report.type === 'checkpoint' && !link.isPeeking && store.get().status !== 'running') onRest();
  }

  function workerLost() {
    client.replace();
    watchdog.heard();
    link.frameWanted = false;
    answers.giveUp('The worker was replaced.');
    const { step, status } = store.get();
    if (status === 'idle') link.runId = '';
    if (status === 'failed') link.isReleased = true;
    if (status === 'idle' || status === 'failed') return;
    if (++lost > LOST_WORKERS) {
      store.update({ status: 'failed', failure: { code: 'unexpected', detail: `${LOST_WORKERS} workers were lost.` } });
      return;
    }
    const newest = link.checkpoints.at(-1);
    goOnFrom(newest, status === 'paused' || (status === 'loading' && startsPaused));
    store.notify('worker-replaced', { step, from: newest?.step ?? 0 });
  }

  /** Another run wants the device. The last checkpoint and curve still arrive. */
  function release() {
    if (link.isReleased) return;
    Object.assign(link, { isReleased: true, frameWanted: false });
    watchdog.heard();
    answers.giveUp('Another run has the device.');
    if (link.runId === '') return;
    client.send({ type: 'pause', runId: link.runId });
    client.send({ type: 'stop', runId: link.runId });
    const { status } = store.get();
    if (status === 'idle') link.runId = '';
    if (status === 'idle' || status === 'failed') return;
    store.forget('loading');
    store.update({ status: 'paused' });
  }

  /** Brings the stored trained state to the worker; the run has not started by that. */
  async function peek() {
    if (!trained || link.runId !== '') return;
    const asked = trained;
    const from = await asked.load();
    if (link.runId !== '' || store.get().status !== 'idle' || asked !== trained) return;
    begin(true, { ...defaultValues(spec.hyperparameters), ...asked.values }, from);
    link.isPeeking = true;
  }

  const holder: Holder = { receive, workerLost, release };

  return {
    startFresh,
    /** What had been asked for before a failure, once more. */
    retry: () => startFresh(startsPaused),
    goOnFrom,
    reclaim,
    peek,
    send,
    /** Asks for something that the worker reports on at once. */
    tell(type: Simple) {
      send({ type });
      expectReport();
    },
    /** Whether the worker has this run, started or stored. */
    isServed: () => link.runId !== '' && !link.isReleased,
    /** Whether it trains, or will as soon as it has loaded. */
    isToTrain() {
      const { status } = store.get();
      return status === 'running' || (status === 'loading' && !startsPaused);
    },
    isFrameWanted: () => link.frameWanted,
    requestFrame(view: View) {
      if (link.frameWanted || link.runId === '' || link.isReleased || store.get().status === 'loading') return;
      link.frameWanted = true;
      send({ type: 'request-frame', view });
      expectReport();
    },
    ask: (question: Question) => answers.expect((askId) => send({ type: 'ask', askId, question })),
    newestCheckpoint: () => link.checkpoints.at(-1),
    getStartValues: () => startValues,
    getBackend: () => backend,
    setBackend(choice: BackendChoice) {
      backend = choice;
    },
    /** Another stored trained state is looked at from now on. */
    setTrained(other: Trained | undefined) {
      trained = other;
      if (link.isPeeking) Object.assign(link, { runId: '', isPeeking: false, frameWanted: false });
    },
    /** Forgets what came after this checkpoint; with values, also what the run started with. */
    restore(checkpoint: Checkpoint, values = startValues) {
      link.checkpoints = [checkpoint];
      startValues = values;
    },
  };
}
