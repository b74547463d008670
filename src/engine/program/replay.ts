import type { Tensor } from '@tensorflow/tfjs-core';
import { dispatchThrough, type Dispatcher, type Run } from '#src/nn/dispatch.ts';
import { isSame, mapTensors, tensorsIn, type Call } from './calls.ts';
import type { Program } from './program.ts';
import type { RecordedStep } from './record.ts';

/** The step did not make the calls that were recorded. Nothing was computed, no variable has changed. */
export class Mismatch extends Error {
  override readonly name = 'Mismatch';
}

/**
 * Runs a step's JavaScript while its calls only hand out the tensors of the recorded step; then the program computes.
 *
 * @throws Mismatch (as a rejection) if the calls are not those that were recorded.
 */
export function createReplay({ calls, step }: RecordedStep, program: Program) {
  let at = 0;
  let isBroken = false;
  const handles = new Set(calls.flatMap(({ result }) => tensorsIn(result)));
  const outputs = new Map(step.outputs.map((tensor, index) => [tensor, index]));
  /** Tensors made for this step, with the recorded ones that they stand for. */
  const fresh = new Map<unknown, Tensor>();
  const made = new Map<Tensor, Tensor>();
  const recorded = (passed: unknown) => fresh.get(passed) ?? passed;

  function fail(message: string): never {
    isBroken = true;
    throw new Mismatch(message);
  }
  function expect(kind: Call['kind'], name: string): Call {
    const call = calls[at];
    if (call === undefined || call.kind !== kind || call.name !== name) {
      return fail(`call ${at} is ${name}, not ${call?.name ?? 'the end'}`);
    }
    at += 1;
    return call;
  }
  function check(call: Call, args: readonly unknown[], from: number): void {
    for (let index = from; index < Math.max(args.length, call.args.length); index += 1) {
      if (!isSame(call.args[index], args[index], recorded)) {
        fail(`call ${at - 1}, ${call.name}, has another argument ${index}`);
      }
    }
  }
  function give({ result, escapes }: Call): unknown {
    if (!escapes) return result;
    return mapTensors(result, (tensor) => {
      const index = outputs.get(tensor);
      if (index === undefined) return tensor;
      const known = made.get(tensor);
      if (known !== undefined) return known;
      const output = program.makeOutput(index);
      made.set(tensor, output);
      fresh.set(output, tensor);
      return output;
    });
  }
  function answer(kind: Call['kind'], name: string, args: readonly unknown[]): unknown {
    const call = expect(kind, name);
    check(call, args, 0);
    return give(call);
  }

  const dispatcher: Dispatcher = {
    operation: (name, _, args) => answer('operation', name, args),
    assign: (name, _, args) => answer('assign', name, args),
    source(name, _, args) {
      const call = expect('source', name);
      check(call, args, 1);
      const values = typeof args[0] === 'number' ? [args[0]] : (args[0] as ArrayLike<number>);
      const feed = step.feeds[call.feed ?? 0];
      if (values.length !== feed?.size) return fail(`call ${at - 1}, ${name}, has ${values.length} numbers`);
      program.feed(call.feed ?? 0, values);
      return give(call);
    },
    scope: (_, __, args) => functionIn(args)(),
    gradients(name, _, args) {
      check(expect('gradients', name), args, 0);
      functionIn(args)();
      return give(expect('gradients-end', name));
    },
    release(name, run, args) {
      if (name === 'keep') return args[0];
      for (const tensor of tensorsIn(args[0])) if (!handles.has(tensor)) run(tensor);
      return undefined;
    },
    read: () => fail('it reads a tensor'),
  };

  return async function replay<T>(runStep: () => Promise<T>, compute: () => void): Promise<T> {
    at = 0;
    isBroken = false;
    fresh.clear();
    made.clear();
    const running = dispatchThrough(dispatcher, runStep);
    if (at === calls.length && !isBroken) {
      compute();
      return running;
    }
    const stopped = at;
    program.abandon();
    await running;
    throw new Mismatch(`${stopped} of ${calls.length} calls`);
  };
}

function functionIn(args: readonly unknown[]): Run {
  return args.find((arg) => typeof arg === 'function') as Run;
}
