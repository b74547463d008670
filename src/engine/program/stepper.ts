import { median } from '#src/math/median.ts';
import type { NamedArrays } from '#src/training/journal.ts';
import type { MetricPoint, PlainReason, ProgramReport, ProgramState } from '#src/training/protocol.ts';
import type { Stepper, Task } from '#src/training/task.ts';
import { NotRecordable, type Program, type ProgramBackend } from './program.ts';
import { difference, recordStep, type RecordedStep } from './record.ts';
import { createReplay, Mismatch } from './replay.ts';

/** Steps that run plainly before one is recorded: the first one makes what later ones only use. */
const PLAIN_FIRST = 1;

/** After a program did not fit any more, so many plain steps, then twice as many, until it is worth while. */
const PATIENCE = 16;
const MOST_PATIENCE = 1024;

/** So many steps after a program begins are timed call by call: a browser's clock is coarse. */
const TIMED_STEPS = 64;

/** Every eighth of these is a plain one, so that both are timed warm, on the same machine at the same time. */
const PLAIN_EVERY = 8;

/** Times of the last steps of a kind. */
const TIMES = 101;

/** What a stepper needs of a task. */
export type Steps = Pick<Task, 'step' | 'steps' | 'readMetrics' | 'checkpoint' | 'restore'>;

interface Running {
  program: Program;
  recorded: RecordedStep;
  since: number;
  replay: ReturnType<typeof createReplay>;
}

/** The first of two recordings, with the task as it was before. */
interface First {
  recorded: RecordedStep;
  before: NamedArrays;
  steps: number;
  /** Of the steps since. */
  metrics: MetricPoint[];
}

/**
 * Runs a task's steps: as they are at first, then recorded twice, then as a program, once two replayed steps have given
 * the numbers of two plain ones to the last bit. The task does not know.
 */
export function createStepper(task: Steps, backend: ProgramBackend | undefined, now: () => number): Stepper {
  let plainSteps = 0;
  let wait = PLAIN_FIRST;
  let first: First | undefined;
  let running: Running | undefined;
  let why: 'not-yet' | PlainReason = backend === undefined ? 'backend' : 'not-yet';
  const times: Record<'plain' | 'replayed', number[]> = { plain: [], replayed: [] };
  /** Read while a program was tried; not yet asked for. */
  const metrics: MetricPoint[] = [];

  function drop() {
    running?.program.dispose();
    running = undefined;
    first = undefined;
    plainSteps = 0;
  }
  function giveUp(reason: PlainReason) {
    drop();
    why = reason;
  }

  async function timed(kind: 'plain' | 'replayed', step: () => Promise<unknown>): Promise<void> {
    const start = now();
    await step();
    times[kind].push(now() - start);
    if (times[kind].length > TIMES) times[kind].shift();
  }

  async function plain(): Promise<void> {
    await timed('plain', () => task.step());
    plainSteps += 1;
  }

  async function record(program: ProgramBackend): Promise<void> {
    if (first === undefined) {
      const before = await task.checkpoint();
      const steps = task.steps;
      first = { recorded: await recordStep(program, () => task.step()), before, steps, metrics: [] };
      return;
    }
    const second = await recordStep(program, () => task.step());
    const differs = difference(first.recorded, second);
    if (differs !== undefined) return giveUp('recordings-differ');
    await adopt(first, second, program);
  }

  /** The two steps that were recorded, once more as a program, from the same start: it is taken if nothing differs. */
  async function adopt(from: First, second: RecordedStep, by: ProgramBackend): Promise<void> {
    const steps = task.steps;
    const expected = await task.checkpoint();
    await readMetrics();
    let program: Program;
    try {
      program = by.compile(second.kernels, second.step);
    } catch {
      return giveUp('error');
    }
    const replay = createReplay(second, program);
    try {
      task.restore(from.before, from.steps);
      while (task.steps < steps) await replay(() => task.step(), program.run);
      const found = await task.checkpoint();
      const foundMetrics = await task.readMetrics();
      if (!areSame(expected, found) || JSON.stringify(from.metrics) !== JSON.stringify(foundMetrics)) {
        throw new Error('Replayed steps give other numbers.');
      }
    } catch {
      program.dispose();
      task.restore(expected, steps);
      return giveUp('results-differ');
    }
    first = undefined;
    times.plain = [];
    running = { program, recorded: second, since: steps, replay };
  }

  /** Those that are read while a step is recorded are kept, to be compared. */
  async function readMetrics(): Promise<void> {
    const points = await task.readMetrics();
    metrics.push(...points);
    first?.metrics.push(...points.filter(({ step }) => step > (first?.steps ?? 0)));
  }

  async function replayOnce({ replay, program, since }: Running): Promise<void> {
    const steps = task.steps;
    const isTimed = steps - since < TIMED_STEPS;
    if (isTimed && (steps - since) % PLAIN_EVERY === PLAIN_EVERY - 1) return plain();
    try {
      await timed('replayed', () => replay(() => task.step(), isTimed ? program.runTimed : program.run));
    } catch (error) {
      if (!(error instanceof Mismatch)) throw error;
      // Nothing was computed, but the step may have counted: the task goes back to where it was.
      drop();
      why = 'keeps-changing';
      wait = Math.min(2 * Math.max(wait, PATIENCE / 2), MOST_PATIENCE);
      task.restore(await task.checkpoint(), steps);
      await plain();
    }
  }

  return {
    async step({ trace = false } = {}) {
      if (trace) return task.step({ trace: true });
      if (running !== undefined) await replayOnce(running);
      else if (backend === undefined || plainSteps < wait || !mayRecord(why)) await plain();
      else {
        try {
          await record(backend);
        } catch (error) {
          if (!(error instanceof NotRecordable)) throw error;
          giveUp(error.why);
        }
      }
      return undefined;
    },
    async readMetrics() {
      // Of a step that had to be done again, what was read last.
      await readMetrics();
      return [...new Map(metrics.splice(0).map((point) => [`${point.step} ${point.metric}`, point])).values()];
    },
    changed() {
      drop();
      wait = PLAIN_FIRST;
      if (backend !== undefined) why = 'not-yet';
    },
    state(): ProgramState {
      if (running !== undefined) return { state: 'replayed', since: running.since };
      return first === undefined ? { state: 'plain', why } : { state: 'recording' };
    },
    report(): ProgramReport | undefined {
      if (running === undefined) return undefined;
      const of = (kind: 'plain' | 'replayed') => (times[kind].length === 0 ? 0 : median(times[kind]));
      return {
        ...running.program.report(),
        step: running.since,
        millisecondsPerStep: { plain: of('plain'), replayed: of('replayed') },
      };
    },
    dispose: drop,
  };
}

/** Steps that wait inside or differ by themselves would do so again. */
function mayRecord(why: 'not-yet' | PlainReason): boolean {
  return why === 'not-yet' || why === 'keeps-changing';
}

function areSame(one: NamedArrays, other: NamedArrays): boolean {
  return Object.entries(one).every(([name, { values }]) => {
    const found = other[name]?.values;
    return found?.length === values.length && values.every((value, index) => Object.is(value, found[index]));
  });
}
