import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Instruction } from './emit.ts';
import { sizeOf, type Heap } from './heap.ts';
import type { Layout } from './layout.ts';
import type { Plan, Planned } from './passes.ts';
import { mapInfos } from './recorder.ts';

/** Kernels that only move numbers. */
const movers = new Set(['Slice', 'Concat', 'SplitV', 'Pack', 'Unpack', 'Transpose', 'Identity', 'Reshape']);

/** Longer lists of copies cost more than the kernel. */
const MOST = 256;

/** One copy: from an element of an input to an element of an output. */
interface Move {
  input: number;
  from: number;
  output: number;
  to: number;
  elements: number;
}

/** The kernels that can be lists of copies instead, with what makes the list when memory is laid out. */
export function asCopies(plan: Plan, heap: Heap): Map<Planned, (layout: Layout) => Instruction[]> {
  const found = new Map<Planned, (layout: Layout) => Instruction[]>();
  for (const call of plan.calls) {
    if (call.becomes !== 'called' || !call.usesHeap || call.raw.length > 0 || !movers.has(call.kernel)) continue;
    if (call.inputs.some(({ dtype }) => dtype === 'bool')) continue;
    const moves = traceMoves(call, heap);
    if (moves.length > MOST) continue;
    call.becomes = 'copied';
    found.set(call, (layout) => moves.map((move) => placeMove(move, call, layout, heap)));
  }
  return found;
}

function placeMove(
  { input, from, output, to, elements }: Move,
  call: Planned,
  layout: Layout,
  heap: Heap,
): Instruction {
  const address = (info: TensorInfo | undefined, element: number) =>
    heap.data(layout.here((info as TensorInfo).dataId)).memoryOffset + 4 * element;
  return {
    do: 'copy',
    to: address(call.outputs[output], to),
    from: address(call.inputs[input], from),
    bytes: 4 * elements,
  };
}

/** Runs the kernel once on the numbers of its inputs' places: where each place ends up is what it does. */
function traceMoves({ kernelFunc, params, inputs }: Planned, heap: Heap): Move[] {
  const { backend, module } = heap;
  const starts: number[] = [];
  let count = 0;
  const stand = new Map<object, TensorInfo>();
  for (const info of inputs) {
    starts.push(count);
    const made = backend.makeOutput([...info.shape], info.dtype);
    const places = new Int32Array(module.HEAPU8.buffer, heap.data(made.dataId).memoryOffset, sizeOf(info.shape));
    for (let at = 0; at < places.length; at += 1) places[at] = count + at;
    count += places.length;
    if (!stand.has(info.dataId)) stand.set(info.dataId, made);
    else backend.disposeData(made.dataId);
  }
  const replaced = mapInfos(params.inputs, (info) => ({
    ...info,
    dataId: stand.get(info.dataId)?.dataId ?? info.dataId,
  })) as typeof params.inputs;
  const results = [kernelFunc({ ...params, inputs: replaced })].flat();
  const order = results.map((info) =>
    new Int32Array(module.HEAPU8.buffer, heap.data(info.dataId).memoryOffset, sizeOf(info.shape)).slice(),
  );
  for (const { dataId } of [...results, ...stand.values()]) backend.disposeData(dataId);
  return order.flatMap((places, output) => runsOf(places, output, starts));
}

function runsOf(places: Int32Array, output: number, starts: readonly number[]): Move[] {
  const moves: Move[] = [];
  for (let to = 0; to < places.length;) {
    const place = places[to] ?? 0;
    const input = starts.findLastIndex((start) => start <= place);
    const end = starts[input + 1] ?? Number.POSITIVE_INFINITY;
    let elements = 1;
    while (places[to + elements] === place + elements && place + elements < end) elements += 1;
    moves.push({ input, from: place - (starts[input] ?? 0), output, to, elements });
    to += elements;
  }
  return moves;
}
