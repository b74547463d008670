import type { DataId, Variable } from '@tensorflow/tfjs-core';
import { engine, type Tensor } from '@tensorflow/tfjs-core';
import type { StepInterface } from '#src/engine/program/program.ts';
import { bytesOf, type Heap } from './heap.ts';
import { placePieces } from './memory.ts';
import type { Plan, Planned } from './passes.ts';

/** Where everything of a program is in memory. */
export interface Layout {
  /** The tensor of the heap that stands for one of the recorded step. */
  here(id: DataId): DataId;
  /** Where scratch memory `index` of a call begins. */
  scratchAt(place: number, index: number): number;
  /** The variables' own memory, which programs write in place. */
  bound: readonly Bound[];
  /** Gives whoever else holds a variable's tensor (a clone of it) memory of its own, with the values of this moment. */
  letGo(bound: Bound): void;
  /** Where the piece of a root lies, in bytes from the program's start, and the calls during which it is needed. */
  pieces: ReadonlyMap<DataId, { offset: number; lives: readonly [number, number] }>;
  bytes: number;
  /** What it would be if each result had memory of its own. */
  bytesApart: number;
  dispose(): void;
}

interface Bound {
  variable: Variable;
  tensor: Tensor;
  before: DataId;
  after: DataId;
}

/** Bytes that tfjs's kernels may read beyond the end of a tensor. */
const MARGIN = 64;

/** Takes memory for a program: one area in which what is needed at different times shares its place. */
export function layOut(plan: Plan, step: StepInterface, heap: Heap): Layout {
  const lives = lifetimes(plan, step);
  const scratches = scratchPieces(plan.calls);
  const roots = [...lives];
  const sizes = roots.map(([id]) => bytesOf(plan.infos.get(id) as Tensor));
  const { offsets, bytes } = placePieces([
    ...roots.map(([, [from, to]], index) => ({ bytes: sizes[index] ?? 0, from, to })),
    ...scratches,
  ]);
  const base = heap.module._malloc(bytes + MARGIN) >>> 0;
  const own = new Map<DataId, DataId>();
  const pieces = new Map<DataId, { offset: number; lives: readonly [number, number] }>();
  roots.forEach(([id, life], index) => {
    const offset = offsets[index] ?? 0;
    own.set(id, heap.place(plan.infos.get(id) as Tensor, base + offset));
    pieces.set(id, { offset, lives: life });
  });
  const scratchOffsets = new Map(
    scratches.map(({ from, index }, at) => [`${from}/${index}`, base + (offsets[roots.length + at] ?? 0)]),
  );
  const bound = step.variables.map(({ variable, before, after }): Bound => {
    const tensor = makeTensor(heap, variable);
    own.set(before, tensor.dataId);
    return { variable, tensor, before, after };
  });
  const external = otherTensors(plan, own);
  for (const id of external) heap.data(id).refCount += 1;
  return {
    here: (id) => own.get(plan.root(id)) ?? plan.root(id),
    scratchAt: (place, index) => scratchOffsets.get(`${place}/${index}`) ?? 0,
    bound,
    letGo(one) {
      const fresh = makeTensor(heap, one.tensor);
      const [old, next] = [heap.data(one.tensor.dataId), heap.data(fresh.dataId)];
      heap.module.HEAPU8.copyWithin(next.memoryOffset, old.memoryOffset, old.memoryOffset + bytesOf(fresh));
      // The place that the program knows goes over to the new tensor, with the number that tfjs's kernels know it by.
      [old.memoryOffset, next.memoryOffset] = [next.memoryOffset, old.memoryOffset];
      [old.id, next.id] = [next.id, old.id];
      if (one.variable.dataId === one.tensor.dataId) one.variable.assign(fresh);
      one.tensor.dispose();
      one.tensor = fresh;
      own.set(one.before, fresh.dataId);
    },
    pieces,
    bytes,
    bytesApart: sizes.reduce((sum, size) => sum + size, 0),
    dispose() {
      for (const { tensor } of bound) tensor.dispose();
      for (const id of pieces.keys()) heap.remove(own.get(id) as DataId);
      for (const id of external) heap.backend.disposeData(id);
      heap.module._free(base);
    },
  };
}

/** A tensor of its own memory, whose numbers are not set. */
export function makeTensor({ backend }: Heap, { shape, dtype }: Tensor): Tensor {
  return engine().makeTensorFromTensorInfo(backend.makeOutput([...shape], dtype));
}

/**
 * From which call to which each root of the program is needed. Feeds are there before the first; what is computed once
 * stays.
 */
function lifetimes({ calls, root, infos, results }: Plan, { feeds }: StepInterface): Map<DataId, [number, number]> {
  const end = calls.length;
  const lives = new Map<DataId, [number, number]>();
  const begin = (id: DataId, from: number) => {
    const at = root(id);
    // Others are variables' or somebody else's.
    if (infos.has(at) && !lives.has(at)) lives.set(at, [from, from]);
  };
  for (const { dataId } of feeds) begin(dataId, -1);
  for (const { place, becomes, outputs, made } of calls) {
    if (becomes !== 'called' && becomes !== 'copied') continue;
    for (const { dataId } of [...outputs, ...made]) begin(dataId, place);
  }
  const extend = (id: DataId, until: number) => {
    const at = root(id);
    const life = lives.get(at);
    if (life !== undefined) life[1] = Math.max(life[1], until);
    else if (infos.has(at)) lives.set(at, [-1, end]);
  };
  for (const { place, becomes, inputs, outputs, made } of calls) {
    if (becomes === 'constant') for (const { dataId } of [...inputs, ...outputs, ...made]) extend(dataId, end);
    else if (becomes === 'called' || becomes === 'copied') for (const { dataId } of inputs) extend(dataId, place);
  }
  for (const id of results) extend(id, end);
  return lives;
}

function scratchPieces(calls: readonly Planned[]) {
  return calls.flatMap(({ place, becomes, raw }) => {
    if (becomes !== 'called') return [];
    const sizes = raw
      .flatMap((call) => (call.of === 'own' ? call.args : []))
      .flatMap((arg) => {
        return typeof arg === 'object' && arg !== null && 'scratchBytes' in arg ? [arg.scratchBytes] : [];
      });
    return sizes.map((bytes, index) => ({ bytes, from: place, to: place, index }));
  });
}

/** Tensors that were there before the step and are no variables. */
function otherTensors({ calls, root, infos }: Plan, own: ReadonlyMap<DataId, DataId>): Set<DataId> {
  const found = new Set<DataId>();
  for (const { becomes, inputs } of calls) {
    if (becomes === 'unused' || becomes === 'alias') continue;
    for (const { dataId } of inputs) {
      const at = root(dataId);
      if (!infos.has(at) && !own.has(at)) found.add(at);
    }
  }
  return found;
}
