import type { Client, Holder } from './client.ts';
import type { Checkpoint, Edit, NamedArrays } from './journal.ts';
import { valuesAfter } from './journal.ts';
import type { BackendChoice, Command, MetricPoint, Question, Report, StepsPerSecond, View } from './protocol.ts';
import type { Notice, RunState } from './runState.ts';
import { appendPoints, truncateSeries } from './series.ts';
import { allowedValues, defaultValues, needsRestart, type PlaygroundSpec, type Values } from './spec.ts';
import type { RunStorage } from './storage.ts';
import { createWatchdog } from './watchdog.ts';

export interface RunOptions {
  /** Instance on the page; also its key in storage. */
  id: string;
  spec: PlaygroundSpec;
  client: Client;
  storage?: RunStorage;
  seed?: number;
  values?: Values;
  backend?: BackendChoice;
  /** A stored trained state: what questions are answered from before the first start. */
  loadTrained?: () => Promise<Checkpoint>;
}

/** One training run as the page holds it: its state, and everything a reader can do to it. */
export type Run = ReturnType<typeof createRun>;

const SILENCE = 2000; // ms
const LOST_WORKERS = 3;
let runs = 0;

export function createRun({ id, spec, client, storage, loadTrained, ...options }: RunOptions) {
  const listeners = new Set<() => void>();
  const answers = new Map<number, { resolve(answer: NamedArrays): void; reject(reason: Error): void }>();
  const watchdog = createWatchdog(() => workerLost());
  let runId = '';
  let asked = 0;
  let lost = 0;
  let backend: BackendChoice = options.backend ?? 'auto';
  let startValues: Values = allowedValues(spec.hyperparameters, options.values ?? {});
  let view: View = defaultValues(spec.view);
  let checkpoints: readonly Checkpoint[] = [];
  let saved: Checkpoint | undefined;
  let frameWanted = false;
  let isPeeking = false;
  let isReleased = false;
  let startsPaused = true;
  let state: RunState = {
    status: 'idle',
    seed: options.seed ?? 7,
    values: startValues,
    stepsPerSecond: 'full',
    step: 0,
    series: {},
    isStored: false,
    parameters: 0,
    tensors: 0,
    millisecondsPerStep: 0,
    journal: [],
    notices: [],
  };

  function update(change: Partial<RunState>) {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  }

  /** State without the named fields; `exactOptionalPropertyTypes` knows no undefined. */
  function forget(...fields: ('loading' | 'trace' | 'divergence' | 'failure' | 'snapshot')[]) {
    const kept = { ...state };
    for (const field of fields) delete kept[field];
    state = kept;
  }

  function send(command: Command, transfer?: Transferable[]) {
    client.hold(holder);
    client.send(command, transfer);
  }

  function tell(type: 'pause' | 'resume' | 'step-once' | 'trace-step' | 'checkpoint' | 'stop') {
    send({ type, runId });
    if (type !== 'stop') expectReport();
  }

  /** From the first finished step on, silence means that the worker hangs; before, a backend may be compiling. */
  function expectReport() {
    if (state.millisecondsPerStep > 0 && !isReleased)
      watchdog.expect(Math.max(SILENCE, 10 * state.millisecondsPerStep));
  }

  function notify(code: Notice['code'], values: Notice['values'] = {}) {
    update({ notices: [...state.notices.filter((notice) => notice.code !== code), { code, values }] });
  }

  function begin(paused: boolean, from?: Checkpoint) {
    runId = `${id}-${++runs}`;
    frameWanted = false;
    isPeeking = false;
    isReleased = false;
    startsPaused = paused;
    watchdog.heard();
    send({
      type: 'start',
      runId,
      playgroundId: spec.id,
      hyperparameters: startValues,
      seed: state.seed,
      backend,
      stepsPerSecond: state.stepsPerSecond,
      paused,
      journal: state.journal,
      ...(from && { from }),
    });
  }

  /** A new run from the seed; the same seed gives the same initial weights and the same batches. */
  function startFresh(paused: boolean, seed = state.seed) {
    startValues = state.values;
    checkpoints = [];
    lost = 0;
    forget('loading', 'trace', 'divergence', 'failure', 'snapshot');
    update({ status: 'loading', seed, step: 0, series: {}, journal: [], isStored: false, millisecondsPerStep: 0 });
    begin(paused);
  }

  /** Goes on from a checkpoint of this run: what came after it, journal and curve, is dropped unless `keepJournal`. */
  function goOnFrom(checkpoint: Checkpoint | undefined, paused: boolean, keepJournal: boolean) {
    const step = checkpoint?.step ?? 0;
    const journal = keepJournal ? state.journal : state.journal.slice(0, checkpoint?.journalLength ?? 0);
    forget('loading', 'trace', 'divergence', 'failure');
    update({ status: 'loading', step, journal, series: truncateSeries(state.series, step), millisecondsPerStep: 0 });
    begin(paused, checkpoint);
    sendUnapplied();
  }

  /** What the reader changed while no worker could take it. */
  function sendUnapplied() {
    const applied = valuesAfter(startValues, state.journal);
    const values = Object.fromEntries(Object.entries(state.values).filter(([name, value]) => applied[name] !== value));
    if (Object.keys(values).length > 0) send({ type: 'set-hyperparameters', runId, values });
  }

  /** Gets the device back, if another run has it: this one goes on where it was, paused. */
  function reclaim() {
    if (isReleased && state.status === 'paused') goOnFrom(checkpoints.at(-1), true, true);
  }

  function rejectAnswers(why: string) {
    for (const { reject } of answers.values()) reject(new Error(why));
    answers.clear();
  }

  function workerLost() {
    client.replace();
    watchdog.heard();
    frameWanted = false;
    rejectAnswers('The worker was replaced.');
    if (state.status === 'idle') runId = '';
    if (state.status === 'failed') isReleased = true;
    if (state.status === 'idle' || state.status === 'failed') return;
    if (++lost > LOST_WORKERS) {
      update({ status: 'failed', failure: { code: 'unexpected', detail: `${LOST_WORKERS} workers were lost.` } });
      return;
    }
    const newest = checkpoints.at(-1);
    const { step, status } = state;
    goOnFrom(newest, status === 'paused' || (status === 'loading' && startsPaused), true);
    notify('worker-replaced', { step, from: newest?.step ?? 0 });
  }

  function take(points: readonly MetricPoint[]) {
    return appendPoints(state.series, points);
  }

  function receive(report: Report) {
    if (!('runId' in report) || report.runId !== runId) return;
    watchdog.heard();
    if (frameWanted && report.type !== 'frame') expectReport();
    switch (report.type) {
      case 'loading':
        return isPeeking || update({ loading: report.what });
      case 'started':
        forget('loading');
        return update({ backend: report.backend, parameters: report.parameters });
      case 'state':
        if (isPeeking) return;
        return update({
          status: isReleased ? 'paused' : report.state,
          step: report.step,
          series: take(report.metrics),
        });
      case 'applied':
        return update({ journal: [...state.journal, report.entry] });
      case 'frame': {
        frameWanted = false;
        const { step, metrics, snapshot, tensors, millisecondsPerStep } = report;
        const shown = isPeeking ? withStored(state.snapshot, snapshot) : snapshot;
        return update({
          step,
          series: take(metrics),
          snapshot: shown,
          isStored: isPeeking,
          tensors,
          millisecondsPerStep,
        });
      }
      case 'trace':
        return update({ trace: report.trace, series: take(report.metrics) });
      case 'answer':
        answers.get(report.askId)?.resolve(report.answer);
        answers.delete(report.askId);
        return;
      case 'checkpoint':
        if (isPeeking) return;
        checkpoints = [...checkpoints, report.checkpoint].slice(-2);
        if (state.status !== 'running') void save();
        return;
      case 'diverged':
        return diverged(report);
      case 'failed':
        frameWanted = false;
        rejectAnswers(report.detail);
        if (isPeeking) runId = '';
        return update({ status: 'failed', failure: { code: report.code, detail: report.detail } });
    }
  }

  function diverged({ step, metric, value, metrics }: Extract<Report, { type: 'diverged' }>) {
    const series = take(metrics);
    const known = series[metric];
    const before = known?.values.filter((_, at) => (known.steps[at] ?? 0) < step).slice(-5) ?? [];
    const lastGood = checkpoints.filter((checkpoint) => checkpoint.step < step - 1).at(-1);
    const learningRate = Number(state.values['learningRate'] ?? 0);
    update({
      status: 'failed',
      step,
      series,
      divergence: { step, metric, value, before, learningRate, ...(lastGood && { lastGood }) },
    });
  }

  async function save() {
    const checkpoint = checkpoints.at(-1);
    if (!storage || !checkpoint || checkpoint.step === 0 || checkpoint === saved) return;
    saved = checkpoint;
    const { seed, journal, series } = state;
    const stored = { playgroundId: spec.id, startValues, seed, backend, journal, series, checkpoint };
    if (!(await storage.save(id, stored))) notify('storage-unavailable');
  }

  const holder: Holder = {
    receive,
    workerLost,
    release() {
      if (isReleased) return;
      isReleased = true;
      frameWanted = false;
      watchdog.heard();
      rejectAnswers('Another run has the device.');
      if (runId === '') return;
      client.send({ type: 'pause', runId });
      client.send({ type: 'stop', runId });
      if (state.status === 'idle') runId = '';
      else if (state.status !== 'failed') {
        forget('loading');
        update({ status: 'paused' });
      }
    },
  };

  return {
    id,
    spec,
    getState: () => state,
    getView: () => view,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    run() {
      if (state.status === 'running' || state.status === 'loading') return;
      if (state.status === 'paused') {
        forget('trace');
        if (isReleased) goOnFrom(checkpoints.at(-1), false, true);
        else tell('resume');
        return;
      }
      startFresh(false);
    },
    pause() {
      if (state.status === 'running') tell('pause');
    },
    stepOnce(trace = false) {
      if (state.status === 'idle' || state.status === 'failed') startFresh(true);
      reclaim();
      tell(trace ? 'trace-step' : 'step-once');
    },
    /** Leaves the traced step; the run stays paused. */
    leaveTrace() {
      forget('trace');
      update({});
    },
    startAgain: () => startFresh(state.status !== 'running'),
    newSeed: (seed: number) => startFresh(state.status !== 'running', seed),
    setSpeed(stepsPerSecond: StepsPerSecond) {
      update({ stepsPerSecond });
      if (runId !== '' && !isReleased) send({ type: 'set-speed', runId, stepsPerSecond });
    },
    /** The controls show a change at once; the worker says when it took effect. */
    setHyperparameters(changed: Values) {
      const before = state.values;
      const values = allowedValues(spec.hyperparameters, { ...before, ...changed });
      update({ values });
      if (state.status === 'idle') return;
      if (needsRestart(spec, before, values)) startFresh(state.status !== 'running');
      else if (state.status !== 'failed' && !isReleased) send({ type: 'set-hyperparameters', runId, values: changed });
    },
    setView(changed: View) {
      view = { ...view, ...changed };
      update({});
    },
    edit(edit: Edit) {
      reclaim();
      send({ type: 'edit', runId, edit });
    },
    /** Asks for the picture of the network as it is now; at most one is under way. */
    requestFrame() {
      if (frameWanted || runId === '' || isReleased || state.status === 'loading') return;
      frameWanted = true;
      send({ type: 'request-frame', runId, view });
      expectReport();
    },
    isFrameWanted: () => frameWanted,
    /** Answered from the current weights; before the first start from the stored trained state. */
    async ask(question: Question): Promise<NamedArrays> {
      if (runId === '') await peek();
      reclaim();
      if (runId === '' || isReleased) throw new Error('There is no network to ask.');
      const askId = ++asked;
      const answer = new Promise<NamedArrays>((resolve, reject) => answers.set(askId, { resolve, reject }));
      send({ type: 'ask', runId, askId, question });
      return answer;
    },
    /** Shows the stored trained state, live, without a run having started. */
    peek: () => peek(),
    chooseBackend(choice: BackendChoice) {
      backend = choice;
      if (state.status !== 'idle') startFresh(state.status !== 'running');
    },
    getBackendChoice: () => backend,
    /** After a divergence: the last good weights again, with a tenth of the rate. */
    goBack() {
      const { divergence } = state;
      if (!divergence) return;
      const { lastGood, learningRate } = divergence;
      const values = { ...state.values, learningRate: learningRate / 10 };
      if (!lastGood || lastGood.step === 0) {
        update({ values: allowedValues(spec.hyperparameters, values) });
        startFresh(false);
        return;
      }
      const journal = state.journal.slice(0, lastGood.journalLength);
      const entry = {
        step: lastGood.step,
        type: 'set-hyperparameters',
        values: { learningRate: learningRate / 10 },
      } as const;
      update({ values: allowedValues(spec.hyperparameters, values), journal: [...journal, entry] });
      checkpoints = [lastGood];
      goOnFrom(lastGood, false, true);
    },
    /** A run of an earlier visit, if one was kept. */
    async findStored() {
      const stored = await storage?.load(id);
      return stored?.playgroundId === spec.id ? stored : undefined;
    },
    async continueStored() {
      const stored = await storage?.load(id);
      if (stored?.playgroundId !== spec.id) return;
      const { checkpoint, journal, series, seed } = stored;
      startValues = allowedValues(spec.hyperparameters, stored.startValues);
      backend = stored.backend;
      checkpoints = [checkpoint];
      update({ seed, journal, series, values: valuesAfter(startValues, journal), isStored: false });
      goOnFrom(checkpoint, true, true);
      notify('checkpoint-restored', { step: checkpoint.step });
    },
    dismiss(code: Notice['code']) {
      update({ notices: state.notices.filter((notice) => notice.code !== code) });
    },
    notify,
    /** A stored picture of the trained network, shown until something of this run is there. */
    showStored(snapshot: NamedArrays) {
      if (!state.snapshot && state.status === 'idle') update({ snapshot, isStored: true });
    },
    prepare: () => client.prepare({ type: 'prepare', playgroundId: spec.id, backend }),
    checkpoint() {
      if (state.status === 'running' || (state.status === 'paused' && !isReleased)) tell('checkpoint');
    },
    save,
  };

  async function peek() {
    if (!loadTrained || runId !== '') return;
    const from = await loadTrained();
    if (runId !== '' || state.status !== 'idle') return;
    const trainedValues = defaultValues(spec.hyperparameters);
    runId = `${id}-${++runs}`;
    isPeeking = true;
    isReleased = false;
    frameWanted = false;
    const [playgroundId, hyperparameters] = [spec.id, trainedValues];
    const { seed, stepsPerSecond } = state;
    send({ type: 'start', runId, playgroundId, hyperparameters, seed, backend, stepsPerSecond, paused: true, from });
  }
}

/** A look at the stored network, with what was stored about it and is not looked up again. */
function withStored(stored: NamedArrays = {}, looked: NamedArrays): NamedArrays {
  const found = Object.entries(looked).filter(([, { values }]) => values.length > 0);
  return { ...stored, ...Object.fromEntries(found) };
}
