import type { Client } from './client.ts';
import { valuesAfter, type Checkpoint, type Edit, type JournalEntry, type NamedArrays } from './journal.ts';
import type { BackendChoice, Question, StepsPerSecond, View } from './protocol.ts';
import { createRunSession, type Trained } from './runSession.ts';
import type { Notice } from './runState.ts';
import { createRunStore } from './runStore.ts';
import { allowedValues, defaultValues, needsRestart, type PlaygroundSpec, type Values } from './spec.ts';
import type { RunStorage } from './storage.ts';

export interface RunOptions {
  /** Instance on the page; also its key in storage. */
  id: string;
  spec: PlaygroundSpec;
  client: Client;
  storage?: RunStorage;
  seed?: number;
  values?: Values;
  backend?: BackendChoice;
  trained?: Trained | undefined;
}

/** One training run as the page holds it: its state, and everything a reader can do to it. */
export type Run = ReturnType<typeof createRun>;

export function createRun({ id, spec, client, storage, seed = 7, values = {}, ...options }: RunOptions) {
  const { backend = 'auto', trained } = options;
  const store = createRunStore(seed, allowedValues(spec.hyperparameters, values));
  const session = createRunSession({ id, spec, client, store, backend, trained, onRest: () => void save() });
  let view: View = defaultValues(spec.view);
  let saved: Checkpoint | undefined;

  const startFresh = (newSeed?: number) => session.startFresh(!session.isToTrain(), newSeed);

  /** What is only computed is always at hand: the device is taken as soon as something is asked of it. */
  function serveComputed() {
    if (spec.kind !== 'computes') return;
    if (store.get().status === 'idle') session.startFresh(true);
    else session.reclaim(true);
  }

  async function save() {
    const checkpoint = session.newestCheckpoint();
    if (!storage || spec.kind === 'computes' || !checkpoint || checkpoint.step === 0 || checkpoint === saved) return;
    saved = checkpoint;
    const { journal, series, own, seed } = store.get();
    const start = {
      startValues: session.getStartValues(),
      seed,
      backend: session.getBackend(),
      ...(own !== undefined && { own }),
    };
    if (!(await storage.save(id, { playgroundId: spec.id, ...start, journal, series, checkpoint }))) {
      store.notify('storage-unavailable');
    }
  }

  async function findStored() {
    const stored = await storage?.load(id);
    return stored?.playgroundId === spec.id ? stored : undefined;
  }

  return {
    id,
    spec,
    getState: store.get,
    getView: () => view,
    subscribe: store.subscribe,

    run() {
      const { status } = store.get();
      if (status === 'running' || status === 'loading') return;
      if (status !== 'paused') return session.startFresh(false);
      store.forget('trace');
      if (session.isServed()) session.tell('resume');
      else session.reclaim(false);
    },
    pause() {
      if (store.get().status === 'running') session.tell('pause');
    },
    stepOnce(trace = false) {
      const { status } = store.get();
      if (status === 'idle' || status === 'failed') session.startFresh(true);
      session.reclaim(true);
      session.tell(trace ? 'trace-step' : 'step-once');
    },
    /** Leaves the traced step; the run stays paused. */
    leaveTrace() {
      store.forget('trace');
      store.update({});
    },
    startAgain: () => startFresh(),
    /** After a failure: as it had been started. */
    retry: session.retry,
    newSeed: (newSeed: number) => startFresh(newSeed),
    setSpeed(stepsPerSecond: StepsPerSecond) {
      store.update({ stepsPerSecond });
      if (session.isServed()) session.send({ type: 'set-speed', stepsPerSecond });
    },
    /** The controls show a change at once; the worker says when it took effect. */
    setHyperparameters(changed: Values) {
      const { values: before, status } = store.get();
      const after = allowedValues(spec.hyperparameters, { ...before, ...changed });
      store.update({ values: after });
      if (status === 'idle') return serveComputed();
      if (needsRestart(spec, before, after)) return void startFresh();
      // What was changed before the device comes back is sent by that.
      if (!session.isServed()) return serveComputed();
      if (status !== 'failed') session.send({ type: 'set-hyperparameters', values: changed });
    },
    /**
     * Begins anew, from the same seed, with what the reader brought; without it, with the book's own data.
     *
     * @param changed hyperparameters that go with it.
     */
    setOwn(own: string | undefined, changed: Values = {}) {
      const values = allowedValues(spec.hyperparameters, { ...store.get().values, ...changed });
      store.forget('own');
      store.update({ values, ...(own !== undefined && { own }) });
      session.startFresh(true);
    },
    /** Before the first start: what the page, in its language, would have it start with, and what is stored of that. */
    offer(changed: Values, other: Trained | undefined) {
      if (store.get().status !== 'idle') return;
      session.setTrained(other);
      store.update({ values: allowedValues(spec.hyperparameters, { ...store.get().values, ...changed }) });
    },
    /** Begins to compute, if nothing has yet. */
    compute: serveComputed,
    setView(changed: View) {
      view = { ...view, ...changed };
      if (store.get().status !== 'idle') serveComputed();
      store.update({});
    },
    edit(edit: Edit) {
      session.reclaim(true);
      session.send({ type: 'edit', edit });
    },
    /** Asks for the picture of the network as it is now; at most one is under way. */
    requestFrame: () => session.requestFrame(view),
    isFrameWanted: session.isFrameWanted,
    /** Asks for the program that the steps are replayed from; it comes into the state as `listing`. */
    askProgram() {
      if (session.isServed()) session.send({ type: 'ask-program' });
    },
    /** Answered from the current weights; before the first start from the stored trained state. */
    async ask(question: Question): Promise<NamedArrays> {
      if (!session.isServed()) await session.peek();
      session.reclaim(true);
      if (!session.isServed()) throw new Error('There is no network to ask.');
      return session.ask(question);
    },
    /** Shows the stored trained state, live, without a run having started. */
    peek: session.peek,
    chooseBackend(choice: BackendChoice) {
      session.setBackend(choice);
      if (store.get().status !== 'idle') startFresh();
    },
    getBackendChoice: session.getBackend,
    /** After a divergence: the last good weights again, with a tenth of the rate. */
    goBack() {
      const { divergence, values: before, journal } = store.get();
      if (!divergence) return;
      const { lastGood } = divergence;
      const learningRate = divergence.learningRate / 10;
      store.update({ values: allowedValues(spec.hyperparameters, { ...before, learningRate }) });
      if (!lastGood || lastGood.step === 0) return session.startFresh(false);
      const entry: JournalEntry = { step: lastGood.step, type: 'set-hyperparameters', values: { learningRate } };
      store.update({ journal: [...journal.slice(0, lastGood.journalLength), entry] });
      session.restore(lastGood);
      session.goOnFrom(lastGood, false);
    },
    /** A run of an earlier visit, if one was kept. */
    findStored,
    async continueStored() {
      const stored = await findStored();
      if (!stored) return;
      const { checkpoint, journal, series, own } = stored;
      const startValues = allowedValues(spec.hyperparameters, stored.startValues);
      session.restore(checkpoint, startValues);
      session.setBackend(stored.backend);
      store.forget('own');
      store.update({
        ...(own !== undefined && { own }),
        seed: stored.seed,
        journal,
        series,
        values: valuesAfter(startValues, journal),
        isStored: false,
      });
      session.goOnFrom(checkpoint, true);
      store.notify('checkpoint-restored', { step: checkpoint.step });
    },
    dismiss(code: Notice['code']) {
      store.update({ notices: store.get().notices.filter((notice) => notice.code !== code) });
    },
    notify: store.notify,
    /** A stored picture of the trained network, shown until something of this run is there. */
    showStored(snapshot: NamedArrays) {
      const { status, snapshot: shown } = store.get();
      if ((!shown || store.get().isStored) && status === 'idle') store.update({ snapshot, isStored: true });
    },
    prepare: () => client.prepare({ type: 'prepare', playgroundId: spec.id, backend: session.getBackend() }),
    checkpoint() {
      const { status } = store.get();
      if (session.isServed() && (status === 'running' || status === 'paused')) session.tell('checkpoint');
    },
    save,
  };
}
