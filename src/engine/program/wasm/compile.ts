import type { DataId, Tensor } from '@tensorflow/tfjs-core';
import type { Program, StepInterface } from '#src/engine/program/program.ts';
import type { ProgramCall } from '#src/training/protocol.ts';
import { copy, emitCall, execute, forgetTensor, type Instruction } from './emit.ts';
import { bytesOf, openHeap, type Heap } from './heap.ts';
import { shareInputs } from './inPlace.ts';
import { layOut, makeTensor, type Layout } from './layout.ts';
import { asCopies } from './moves.ts';
import { planStep, type Plan } from './passes.ts';
import { onPlainKernel, type WasmRecording } from './recorder.ts';

/** Programs that have written variables since tfjs last looked: it may keep old copies of those. */
const unseen = new Set<() => void>();

/** Makes a recorded step a list of instructions on memory of its own. */
export function compile(recording: WasmRecording, step: StepInterface): Program {
  const heap = openHeap();
  const plan = planStep(recording, step);
  const copies = asCopies(plan, heap);
  shareInputs(plan, new Map(step.variables.map(({ before, after }) => [after, before])));
  const layout = layOut(plan, step, heap);
  const owned: number[] = [];
  for (const { info, bytes } of recording.written.values()) {
    const piece = layout.pieces.get(plan.root(info.dataId));
    if (piece !== undefined) heap.module.HEAPU8.set(bytes, heap.data(layout.here(info.dataId)).memoryOffset);
  }
  const emit = (becomes: ProgramCall['becomes']) =>
    plan.calls.filter((call) => call.becomes === becomes).map((call) => emitCall(call, layout, heap, owned));
  execute(emit('constant').flat(), heap);
  const steps = plan.calls.flatMap((call) => {
    const moved = copies.get(call);
    if (moved !== undefined) return [{ place: call.place, instructions: moved(layout) }];
    if (call.becomes !== 'called') return [];
    return [{ place: call.place, instructions: emitCall(call, layout, heap, owned) }];
  });
  return createProgram({ heap, plan, step, layout, steps, owned });
}

interface Compiled {
  heap: Heap;
  plan: Plan;
  step: StepInterface;
  layout: Layout;
  steps: readonly { place: number; instructions: readonly Instruction[] }[];
  owned: readonly number[];
}

function createProgram(compiled: Compiled): Program {
  const { heap, step, layout, steps, owned } = compiled;
  const instructions = steps.flatMap((call) => call.instructions);
  const next = nextValues(compiled);
  const microseconds = new Map<number, number>();
  let timedRuns = 0;
  const feeds = step.feeds.map((tensor) => ({ ...tensor, dataId: layout.here(tensor.dataId), shape: tensor.shape }));
  let pending: { index: number; tensor: Tensor }[] = [];
  const forget = layout.bound.flatMap(({ tensor }) => forgetTensor(heap, tensor.dataId));
  const showVariables = () => execute(forget, heap);

  /** Takes over variables that others have assigned since. */
  function bind() {
    for (const bound of layout.bound) {
      const isBound = bound.variable.dataId === bound.tensor.dataId;
      // The program itself holds it, and the variable if it is bound.
      if (heap.data(bound.tensor.dataId).refCount > (isBound ? 2 : 1)) layout.letGo(bound);
      if (isBound) continue;
      execute([copy(heap, bound.variable.dataId, bound.tensor.dataId, bound.tensor)], heap);
      bound.variable.assign(bound.tensor);
    }
  }
  function finish() {
    for (const { index, tensor } of pending) {
      const output = step.outputs[index] as Tensor;
      execute([copy(heap, layout.here(output.dataId), tensor.dataId, output)], heap);
    }
    pending = [];
    execute(next, heap);
    unseen.add(showVariables);
    onPlainKernel(showAll);
  }

  return {
    feed(index, values) {
      heap.backend.typedArrayFromHeap(feeds[index] as Tensor).set(values);
    },
    makeOutput(index) {
      const tensor = makeTensor(heap, step.outputs[index] as Tensor);
      pending.push({ index, tensor });
      return tensor;
    },
    run() {
      bind();
      execute(instructions, heap);
      finish();
    },
    runTimed() {
      bind();
      for (const call of steps) {
        const start = performance.now();
        execute(call.instructions, heap);
        microseconds.set(call.place, (microseconds.get(call.place) ?? 0) + 1000 * (performance.now() - start));
      }
      timedRuns += 1;
      finish();
    },
    abandon() {
      for (const { tensor } of pending) heap.backend.typedArrayFromHeap(tensor).fill(0);
      pending = [];
    },
    report: () => describe(compiled, (place) => (microseconds.get(place) ?? 0) / Math.max(1, timedRuns)),
    dispose() {
      unseen.delete(showVariables);
      showVariables();
      layout.dispose();
      for (const address of owned) heap.module._free(address);
    },
  };
}

function showAll(): void {
  if (unseen.size === 0) return;
  for (const show of unseen) show();
  unseen.clear();
}

/** At the end the variables' new values take the place of the old ones. A value that is another variable's is saved first. */
function nextValues({ heap, plan, layout }: Compiled): Instruction[] {
  const assigned = layout.bound.filter(({ before, after }) => plan.root(after) !== plan.root(before));
  const old = new Set<DataId>(layout.bound.map(({ tensor }) => tensor.dataId));
  const fromOld = assigned.filter(({ after }) => old.has(layout.here(after)));
  if (fromOld.length > 1) throw new Error('Variables that exchange their values are not supported.');
  return [...fromOld, ...assigned.filter((each) => !fromOld.includes(each))].map(({ after, tensor }) =>
    copy(heap, layout.here(after), tensor.dataId, tensor),
  );
}

function describe({ plan, layout, steps }: Compiled, microsecondsOf: (place: number) => number) {
  const calls = plan.calls.map(({ kernel, outputs, becomes, into, place }): ProgramCall => {
    const [first] = outputs;
    const piece = first && layout.pieces.get(plan.root(first.dataId));
    return {
      kernel,
      shape: first?.shape ?? [],
      bytes: outputs.reduce((sum, info) => sum + bytesOf(info), 0),
      becomes,
      ...(into === undefined ? {} : { into }),
      ...(piece === undefined || becomes === 'alias' ? {} : piece),
      microseconds: microsecondsOf(place),
    };
  });
  return {
    backend: 'wasm' as const,
    calls,
    bytes: { before: layout.bytesApart, after: layout.bytes },
    counts: { before: calls.length, after: steps.length },
  };
}
