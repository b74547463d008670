import type { DataId, Tensor, Variable } from '@tensorflow/tfjs-core';
import { dispatchThrough, setDispatcher, type Dispatcher, type Run } from '#src/nn/dispatch.ts';
import { isSame, isVariable, tensorsIn, type Call } from './calls.ts';
import { watchMethods } from './methods.ts';
import { NotRecordable, type ProgramBackend, type Recording, type StepInterface } from './program.ts';

/** A step that was run as always, with all its calls and what they ran on the backend. */
export interface RecordedStep {
  calls: readonly Call[];
  step: StepInterface;
  kernels: Recording;
}

/**
 * Runs a step and records it.
 *
 * @throws NotRecordable if it waits inside or makes a variable; the step has then run all the same.
 */
export async function recordStep(backend: ProgramBackend, step: () => Promise<unknown>): Promise<RecordedStep> {
  watchMethods();
  const log = createLog();
  backend.begin();
  let running: Promise<unknown>;
  let kernels: Recording | undefined;
  let problem: Error | undefined;
  try {
    running = dispatchThrough(log.dispatcher, step);
  } finally {
    try {
      kernels = backend.end();
    } catch (error) {
      problem = error as Error;
    }
  }
  const recorded = log.finish();
  // What still comes after a wait is no longer recorded: there must be nothing.
  setDispatcher(log.tooLate);
  try {
    await running;
  } finally {
    setDispatcher(undefined);
  }
  if (problem !== undefined) throw problem;
  if (log.problem() !== undefined || kernels === undefined)
    throw new NotRecordable('waits-inside', log.problem() ?? '');
  return { ...recorded, kernels };
}

/** Why two recordings are not of the same step; undefined if they are. */
export function difference(one: RecordedStep, other: RecordedStep): string | undefined {
  const counterparts = new Map<unknown, unknown>();
  if (one.calls.length !== other.calls.length) return `${one.calls.length} calls, then ${other.calls.length}`;
  for (const [place, call] of one.calls.entries()) {
    const next = other.calls[place];
    if (next === undefined || next.kind !== call.kind || next.name !== call.name) return `call ${place}: ${call.name}`;
    const same = (a: unknown, b: unknown) => isSame(b, a, (passed) => counterparts.get(passed) ?? passed);
    const [values, ...rest] = call.args;
    const [nextValues, ...nextRest] = next.args;
    const isEqual = call.kind === 'source' ? lengthOf(values) === lengthOf(nextValues) : same(values, nextValues);
    if (!isEqual || !same(rest, nextRest)) return `the arguments of call ${place}: ${call.name}`;
    if (call.escapes !== next.escapes) return `what outlives the step: call ${place}, ${call.name}`;
    const results = tensorsIn(next.result);
    tensorsIn(call.result).forEach((tensor, index) => counterparts.set(tensor, results[index]));
  }
  const before = one.kernels.signature(one.step.feeds);
  const after = other.kernels.signature(other.step.feeds);
  if (before.length !== after.length) return `${before.length} kernels and constants, then ${after.length}`;
  const at = before.findIndex((line, index) => line !== after[index]);
  return at < 0 ? undefined : `${before[at] ?? ''}, then ${after[at] ?? ''}`;
}

function lengthOf(values: unknown): number {
  return typeof values === 'number' ? 1 : (values as ArrayLike<unknown>).length;
}

function createLog() {
  const calls: Call[] = [];
  const feeds: Tensor[] = [];
  const variables = new Map<Variable, DataId>();
  let depth = 0;
  let problem: string | undefined;

  function meet(values: readonly unknown[]) {
    for (const tensor of tensorsIn(values)) {
      if (isVariable(tensor) && !variables.has(tensor)) variables.set(tensor, tensor.dataId);
    }
  }
  function inside<T>(change: number, compute: () => T): T {
    const before = depth;
    depth = change;
    try {
      return compute();
    } finally {
      depth = before;
    }
  }
  /** Runs one call with all that it calls itself as a single one. */
  function note(kind: Call['kind'], name: string, run: Run, args: readonly unknown[]): unknown {
    if (depth > 0) return run(...args);
    meet(args);
    const result = inside(1, () => run(...args));
    if (isVariable(result)) problem = 'It makes a variable.';
    const call: Call = { kind, name, args: args.map(copied), result, escapes: false };
    if (kind === 'source') call.feed = feeds.push(result as Tensor) - 1;
    calls.push(call);
    return result;
  }
  const asWritten = (fn: unknown) =>
    typeof fn === 'function' ? (...inner: unknown[]) => inside(0, () => (fn as Run)(...inner)) : fn;

  const dispatcher: Dispatcher = {
    operation: (name, run, args) => note('operation', name, run, args),
    source: (name, run, args) => note('source', name, run, args),
    assign: (name, run, args) => note('assign', name, run, args),
    scope: (_, run, args) => run(...args),
    release: (_, run, args) => run(...args),
    gradients(name, run, args) {
      if (depth > 0) return run(...args);
      meet(args);
      calls.push({ kind: 'gradients', name, args: args.map(copied), result: undefined, escapes: false });
      const result = inside(1, () => run(...args.map(asWritten)));
      calls.push({ kind: 'gradients-end', name, args: [], result, escapes: false });
      return result;
    },
    read(_, run, args) {
      problem = 'It reads a tensor.';
      return run(...args);
    },
  };
  const lateCall = (_: string, run: Run, args: readonly unknown[]) => {
    problem = 'It goes on after waiting.';
    return run(...args);
  };
  const tooLate: Dispatcher = {
    operation: lateCall,
    source: lateCall,
    assign: lateCall,
    scope: lateCall,
    gradients: lateCall,
    read: lateCall,
    release: (_, run, args) => run(...args),
  };

  return {
    dispatcher,
    tooLate,
    problem: () => problem,
    finish(): { calls: readonly Call[]; step: StepInterface } {
      const known = new Set<Tensor>();
      const outputs = new Set<Tensor>();
      for (const call of calls) {
        for (const tensor of tensorsIn(call.args)) known.add(tensor);
        for (const tensor of tensorsIn(call.result)) {
          if (!known.has(tensor) && !isVariable(tensor) && !tensor.isDisposed) outputs.add(tensor);
          known.add(tensor);
          call.escapes ||= outputs.has(tensor);
        }
      }
      const met = [...variables].map(([variable, before]) => ({ variable, before, after: variable.dataId }));
      return { calls, step: { feeds, outputs: [...outputs], variables: met } };
    },
  };
}

/** Arrays and objects are the caller's, who may change them. */
function copied(value: unknown): unknown {
  if (Array.isArray(value)) return [...(value as unknown[])];
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return { ...value };
}
