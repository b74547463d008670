import type { DataId, TensorInfo } from '@tensorflow/tfjs-core';
import { ownFunction } from '#src/engine/kernels/heap.ts';
import { bytesOf, type Heap } from './heap.ts';
import type { Layout } from './layout.ts';
import type { Planned } from './passes.ts';
import { mapInfos, type RawCall } from './recorder.ts';

/** What a program does: calls functions of a WASM module, copies bytes, or runs a kernel's JavaScript again. */
export type Instruction =
  | { do: 'call'; call: (...args: number[]) => unknown; args: readonly number[] }
  | { do: 'copy'; to: number; from: number; bytes: number }
  | { do: 'run'; run: () => void };

/** The instructions of one call, and memory that must be freed with the program. */
export function emitCall(call: Planned, layout: Layout, heap: Heap, owned: number[]): Instruction[] {
  if (call.usesHeap || call.raw.length === 0) return [{ do: 'run', run: again(call, layout, heap) }];
  let scratches = 0;
  return call.raw.flatMap((raw) => {
    if (raw.of === 'tfjs') return [...forget(raw, call, layout, heap), emitTfjs(raw, layout, heap, owned)];
    const args = raw.args.map((arg) => {
      if (typeof arg === 'number') return arg;
      if (arg === null) return 0;
      if ('scratchBytes' in arg) return layout.scratchAt(call.place, scratches++);
      return heap.data(layout.here(arg.dataId)).memoryOffset;
    });
    return [{ do: 'call' as const, call: ownFunction(raw.name), args }];
  });
}

export function execute(instructions: readonly Instruction[], { module }: Heap): void {
  for (const instruction of instructions) {
    if (instruction.do === 'call') instruction.call(...instruction.args);
    else if (instruction.do === 'copy') {
      const { to, from, bytes } = instruction;
      module.HEAPU8.copyWithin(to, from, from + bytes);
    } else instruction.run();
  }
}

/** Copies a tensor's numbers from one place of the heap to another. */
export function copy(heap: Heap, from: DataId, to: DataId, info: Omit<TensorInfo, 'dataId'>): Instruction {
  const at = (id: DataId) => heap.data(id).memoryOffset;
  return { do: 'copy', to: at(to), from: at(from), bytes: bytesOf(info) };
}

function emitTfjs(raw: RawCall & { of: 'tfjs' }, layout: Layout, heap: Heap, owned: number[]): Instruction {
  const args = raw.args.map((arg) => {
    if (typeof arg === 'number') return arg;
    if ('tensor' in arg) return heap.data(layout.here(arg.tensor)).id;
    const address = heap.module._malloc(Math.max(arg.length, 4)) >>> 0;
    heap.module.HEAPU8.set(arg, address);
    owned.push(address);
    return address;
  });
  const call = heap.module.asm[raw.name];
  if (call === undefined) throw new Error(`tfjs's module has no ${raw.name}.`);
  return { do: 'call', call, args };
}

/** tfjs's kernels that keep weights, packed, by the number of their tensor, with the inputs that they keep. */
const keeping: Readonly<Record<string, readonly string[]>> = {
  Conv2D: ['filter'],
  FusedConv2D: ['filter', 'bias'],
  DepthwiseConv2dNative: ['filter'],
  FusedDepthwiseConv2D: ['filter', 'bias'],
  BatchMatMul: ['b'],
  _FusedMatMul: ['b', 'bias'],
  Prelu: ['alpha'],
};

/** Makes tfjs forget what it keeps of a tensor. */
export function forgetTensor(heap: Heap, id: DataId): Instruction[] {
  const { id: number, shape, memoryOffset } = heap.data(id);
  const { registerTensor, disposeData } = heap.module.tfjs;
  const elements = shape.reduce((product, size) => product * size, 1);
  return [
    { do: 'call', call: disposeData, args: [number] },
    { do: 'call', call: registerTensor, args: [number, elements, memoryOffset] },
  ];
}

function forget(raw: RawCall, { params }: Planned, layout: Layout, heap: Heap): Instruction[] {
  const inputs = params.inputs as Record<string, TensorInfo | undefined>;
  return (keeping[raw.name] ?? []).flatMap((name) => {
    const info = inputs[name];
    return info === undefined ? [] : forgetTensor(heap, layout.here(info.dataId));
  });
}

/** Runs a kernel's own function again, on the program's memory. */
function again({ kernelFunc, params, made }: Planned, layout: Layout, heap: Heap): () => void {
  const here = ({ dataId, shape, dtype }: TensorInfo): TensorInfo => ({ dataId: layout.here(dataId), shape, dtype });
  const outputs = made.map(here);
  const { backend } = heap;
  return () => {
    let next = 0;
    const inputs = mapInfos(params.inputs, here) as typeof params.inputs;
    const { makeOutput, disposeData, incRef } = backend;
    backend.makeOutput = () => ({ ...(outputs[next++] as TensorInfo) });
    backend.disposeData = () => true;
    backend.incRef = () => {};
    try {
      kernelFunc({ ...params, inputs });
    } finally {
      Object.assign(backend, { makeOutput, disposeData, incRef });
    }
  };
}
