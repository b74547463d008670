import { describeFailure } from './failure.ts';
import { valuesAfter, type Checkpoint, type JournalEntry, type NamedArrays } from './journal.ts';
import type { BackendChoice, BackendReport, Command, MetricPoint, Report, RunId, StepsPerSecond } from './protocol.ts';
import { nearestValue, type PlaygroundSpec, type Values } from './spec.ts';
import { createStopwatch, type Stopwatch } from './stopwatch.ts';
import { createPlainStepper, type ReadFile, type Stepper, type Task, type TaskModule } from './task.ts';

/** What the worker gives to the server, so that the server knows neither tfjs nor `self`. */
export interface Host {
  post(report: Report, transfer?: ArrayBuffer[]): void;
  loadTask(playgroundId: string): Promise<TaskModule>;
  startBackend(choice: BackendChoice): Promise<BackendReport>;
  /** How steps are run fastest; without it, as the task does them. */
  createStepper?(task: Task): Stepper;
  tensorsInMemory(): number;
  readFile: ReadFile;
  /** Lets messages come in; back as soon as they have. */
  nextTurn(): Promise<void>;
  now(): number;
}

const CHECKPOINT_EVERY = 5000; // ms
const READ_EVERY = 16; // steps; bounds how far a GPU's queue runs ahead and how late a divergence is seen

interface Running {
  runId: RunId;
  spec: PlaygroundSpec;
  task: Task;
  stepper: Stepper;
  state: 'running' | 'paused' | 'diverged';
  stepsPerSecond: StepsPerSecond;
  journal: JournalEntry[];
  /** Entries of an earlier worker's journal whose step is still to come. */
  pending: JournalEntry[];
  /** Changes that came while entries were pending: they take effect after the last of those. */
  waiting: Command[];
  unsent: MetricPoint[];
  nextStepAt: number;
  nextCheckpointAt: number;
  stepsUnread: number;
  stopwatch: Stopwatch;
}

/** The one run that the device serves: from `start` to `stop`, one step at a time. */
export function createRunLoop(
  host: Host,
  loadTask: (playgroundId: string) => Promise<{ module: TaskModule; data: unknown }>,
) {
  let run: Running | undefined;

  async function start(command: Extract<Command, { type: 'start' }>) {
    const { runId, from, journal = [] } = command;
    end();
    host.post({ type: 'loading', runId, what: 'engine' });
    const backend = await host.startBackend(command.backend);
    host.post({ type: 'loading', runId, what: 'data' });
    const { module, data } = await loadTask(command.playgroundId);
    host.post({ type: 'loading', runId, what: 'network' });
    const done = from?.journalLength ?? 0;
    const values = valuesAfter(command.hyperparameters, journal, done);
    const task = module.createTask(data, values, command.seed, command.own);
    if (from) task.restore(from.tensors, from.step);
    run = {
      runId,
      spec: module.spec,
      task,
      stepper: (host.createStepper ?? createPlainStepper)(task),
      state: command.paused ? 'paused' : 'running',
      stepsPerSecond: command.stepsPerSecond,
      journal: journal.slice(0, done),
      pending: journal.slice(done),
      waiting: [],
      unsent: [],
      nextStepAt: host.now(),
      nextCheckpointAt: 0,
      stepsUnread: 0,
      stopwatch: createStopwatch(host.now),
    };
    applyDueEntries(run);
    host.post({ type: 'started', runId, backend, parameters: task.parameters, step: task.steps });
    await sendCheckpoint(run);
  }

  function end() {
    run?.stepper.dispose();
    run?.task.dispose();
    run = undefined;
  }

  /** Changes that a former worker had already made take effect at the same steps again. */
  function applyDueEntries(current: Running) {
    while (current.pending[0] && current.pending[0].step <= current.task.steps) {
      const entry = current.pending.shift() as JournalEntry;
      apply(current, entry);
    }
    if (current.pending.length > 0) return;
    for (const command of current.waiting.splice(0)) change(current, command);
  }

  function apply(current: Running, entry: JournalEntry) {
    if (entry.type === 'set-hyperparameters') {
      current.task.setHyperparameters(entry.values);
      current.stepper.changed();
    }
    if (entry.type === 'edit') current.task.edit(entry.edit);
    current.journal.push(entry);
  }

  function change(current: Running, command: Command) {
    if (current.pending.length > 0) {
      current.waiting.push(command);
      return;
    }
    const step = current.task.steps;
    let entry: JournalEntry | undefined;
    if (command.type === 'set-hyperparameters') {
      entry = { step, type: 'set-hyperparameters', values: nextStepValues(current.spec, command.values) };
    } else if (command.type === 'edit' && command.edit.type in current.spec.edits) {
      entry = { step, type: 'edit', edit: command.edit };
    }
    if (!entry) return;
    apply(current, entry);
    host.post({ type: 'applied', runId: current.runId, entry });
  }

  /** One read-back for the metrics of all steps since the last. True unless the loss has left all bounds. */
  async function readMetrics(current: Running): Promise<boolean> {
    if (current.stepsUnread === 0) return current.state !== 'diverged';
    const points = await current.stopwatch.measure(() => current.stepper.readMetrics());
    current.stopwatch.lap(current.stepsUnread);
    current.stepsUnread = 0;
    return collect(current, points);
  }

  function collect(current: Running, points: readonly MetricPoint[]): boolean {
    const bound = current.spec.divergesAbove ?? Number.POSITIVE_INFINITY;
    const broken = points.find(
      ({ metric, value }) => metric.endsWith('loss') && !(Number.isFinite(value) && value <= bound),
    );
    current.unsent.push(...points.filter(({ step }) => !broken || step <= broken.step));
    if (!broken || current.state === 'diverged') return !broken;
    current.state = 'diverged';
    const { step, metric, value } = broken;
    host.post({ type: 'diverged', runId: current.runId, step, metric, value, metrics: current.unsent.splice(0) });
    return false;
  }

  /** The batches' losses first: one of them may have left all bounds before this step. */
  async function evaluate(current: Running): Promise<boolean> {
    if (!(await readMetrics(current))) return false;
    host.post({ type: 'evaluating', runId: current.runId });
    const isGood = collect(current, await current.task.evaluate());
    if (current.state === 'running') postState(current); // an end that is heard; a pause tells it anyway
    return isGood;
  }

  /** The metrics up to it first: a page that has the checkpoint has the curve, too. */
  async function sendCheckpoint(current: Running) {
    current.nextCheckpointAt = host.now() + CHECKPOINT_EVERY;
    if (!(await readMetrics(current))) return; // what has diverged is not worth going back to
    postState(current);
    const tensors = await current.task.checkpoint();
    const checkpoint: Checkpoint = { step: current.task.steps, journalLength: current.journal.length, tensors };
    host.post({ type: 'checkpoint', runId: current.runId, checkpoint }, buffersOf(tensors));
  }

  function postState(current: Running) {
    if (current.state === 'diverged') return;
    const { runId, state, task } = current;
    host.post({ type: 'state', runId, state, step: task.steps, metrics: current.unsent.splice(0) });
  }

  async function stepOnce(current: Running, trace: boolean) {
    if (current.state === 'diverged') return;
    const traced = await current.stopwatch.measure(() => current.stepper.step({ trace }));
    current.stepsUnread++;
    applyDueEntries(current);
    if (current.task.isEvaluationDue() || current.state === 'paused') await evaluate(current);
    if (current.state === 'paused' || current.stepsUnread >= READ_EVERY) await readMetrics(current);
    if (!traced) return;
    const { values, gradients, updates } = traced;
    host.post(
      {
        type: 'trace',
        runId: current.runId,
        trace: { step: current.task.steps, values, gradients, updates },
        metrics: current.unsent.splice(0),
      },
      [...buffersOf(values), ...buffersOf(gradients), ...buffersOf(updates)],
    );
  }

  async function sendFrame(current: Running, command: Extract<Command, { type: 'request-frame' }>) {
    await readMetrics(current);
    const snapshot = await current.task.snapshot(command.view);
    host.post(
      {
        type: 'frame',
        runId: current.runId,
        step: current.task.steps,
        metrics: current.unsent.splice(0),
        snapshot,
        tensors: host.tensorsInMemory(),
        millisecondsPerStep: current.stopwatch.median(),
        program: current.stepper.state(),
      },
      buffersOf(snapshot),
    );
  }

  async function pause(current: Running) {
    if (current.state === 'diverged') return;
    current.state = 'paused';
    if (current.task.steps > 0) await evaluate(current);
    await sendCheckpoint(current);
  }

  return {
    isIdle: () => run === undefined,

    async handle(command: Exclude<Command, { type: 'prepare' }>) {
      if (command.type === 'start') return start(command);
      const current = run;
      if (!current || current.runId !== command.runId) return; // that run has just ended
      switch (command.type) {
        case 'set-hyperparameters':
        case 'edit':
          return change(current, command);
        case 'set-speed':
          current.stepsPerSecond = command.stepsPerSecond;
          current.nextStepAt = host.now();
          return;
        case 'ask': {
          const answer = await current.task.answer(command.question);
          const { runId } = current;
          host.post({ type: 'answer', runId, askId: command.askId, answer }, buffersOf(answer));
          return;
        }
        case 'ask-program':
          host.post({ type: 'program', runId: current.runId, program: current.stepper.report() });
          return;
        case 'request-frame':
          return sendFrame(current, command);
        case 'pause':
          return pause(current);
        case 'resume':
          if (current.state === 'paused') current.state = 'running';
          current.nextStepAt = host.now();
          return postState(current);
        case 'step-once':
          await stepOnce(current, false);
          return postState(current);
        case 'trace-step':
          await stepOnce(current, true);
          return postState(current);
        case 'checkpoint':
          return sendCheckpoint(current);
        case 'stop':
          end();
      }
    },

    /** Does what is due. Gives the milliseconds until there is something to do again; undefined: until a command comes. */
    async advance(): Promise<number | undefined> {
      const current = run;
      if (!current || current.state !== 'running') return undefined;
      const early = current.nextStepAt - host.now();
      if (current.stepsPerSecond !== 'full' && early > 0) return early;
      try {
        await stepOnce(current, false);
        if (host.now() >= current.nextCheckpointAt) await sendCheckpoint(current);
      } catch (error) {
        current.state = 'paused';
        host.post({ type: 'failed', runId: current.runId, ...describeFailure(error) });
      }
      if (current.stepsPerSecond === 'full') return 0;
      current.nextStepAt = Math.max(current.nextStepAt + 1000 / current.stepsPerSecond, host.now() - 1000);
      return Math.max(0, current.nextStepAt - host.now());
    },
  };
}

function nextStepValues(spec: PlaygroundSpec, values: Values): Values {
  const allowed = Object.entries(spec.hyperparameters).filter(
    ([name, { applies }]) => applies === 'next-step' && name in values,
  );
  return Object.fromEntries(
    allowed.map(([name, hyperparameter]) => [name, nearestValue(hyperparameter, values[name])]),
  );
}

/** The memory of a message's tensors, handed over instead of copied. */
export function buffersOf(tensors: NamedArrays): ArrayBuffer[] {
  return Object.values(tensors).map(({ values }) => values.buffer as ArrayBuffer);
}
