import { getKernelsForBackend } from '@tensorflow/tfjs-core';
import type { DataId, KernelConfig, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { onOwnCall, type OwnArgument, type OwnKernel } from '#src/engine/kernels/heap.ts';
import { crc32 } from '#src/math/crc32.ts';
import { NotRecordable, type Recording } from '#src/engine/program/program.ts';
import type { Heap } from './heap.ts';

/** A call into a WASM module: tfjs's kernels take numbers of tensors, ours their addresses. */
export type RawCall =
  | { of: 'tfjs'; name: string; args: readonly (number | Uint8Array | { tensor: DataId })[] }
  | { of: 'own'; name: OwnKernel; args: readonly OwnArgument[] };

/** A kernel call of the step, the innermost where one calls another. */
export interface KernelCall {
  kernel: string;
  kernelFunc: KernelFunc;
  params: Parameters<KernelFunc>[0];
  inputs: readonly TensorInfo[];
  outputs: readonly TensorInfo[];
  /** Everything it made, its outputs first or among them. */
  made: readonly TensorInfo[];
  raw: readonly RawCall[];
  /** Whether it reads or writes tensors in JavaScript. */
  usesHeap: boolean;
}

/** Numbers that JavaScript wrote, by the tensor they became. */
export interface Written {
  info: TensorInfo;
  bytes: Uint8Array;
}

export interface WasmRecording extends Recording {
  calls: readonly KernelCall[];
  written: ReadonlyMap<DataId, Written>;
}

interface Frame {
  raw: RawCall[];
  made: TensorInfo[];
  ids: Map<number, DataId>;
  usesHeap: boolean;
  inner: number;
}

interface Session {
  heap: Heap;
  calls: KernelCall[];
  written: Map<DataId, Written>;
  frames: Frame[];
  problem: NotRecordable | undefined;
  restore(): void;
}

/** Tensors have numbers from here on, so that they are told from sizes (`engine/start.ts` sets it). */
const FIRST_ID = 2 ** 28;

let session: Session | undefined;
let beforePlainKernel: () => void = () => {};
const wrapped = new WeakSet<KernelConfig>();
const preparedModules = new WeakSet<object>();

/** Called before each kernel that runs outside a program: it must see what programs wrote. */
export function onPlainKernel(call: () => void): void {
  beforePlainKernel = call;
}

export function beginRecording(heap: Heap): void {
  prepare(heap);
  session = { heap, calls: [], written: new Map(), frames: [], problem: undefined, restore: watchBackend(heap) };
  // A variable among them has another tensor's memory after the step.
  onOwnCall(({ name, arguments: args }) =>
    noteRaw({ of: 'own', name, args: args.map((arg) => (isInfo(arg) ? snapshot(arg) : arg)) }),
  );
}

/** @throws NotRecordable */
export function endRecording(): WasmRecording {
  if (session === undefined) throw new Error('Nothing is recorded.');
  const { calls, written, problem, restore } = session;
  session = undefined;
  onOwnCall(undefined);
  restore();
  if (problem !== undefined) throw problem;
  return { calls, written, signature: (feeds) => signatureOf(calls, written, feeds) };
}

function fail(why: 'waits-inside' | 'error', message: string): void {
  if (session !== undefined) session.problem ??= new NotRecordable(why, message);
}

function noteRaw(call: RawCall): void {
  const frame = session?.frames.at(-1);
  if (frame === undefined) fail('error', `${call.name} is called outside every kernel.`);
  else frame.raw.push(call);
}

/** Every kernel, and every function of tfjs's module that a kernel calls, is watched from now on. */
function prepare({ backend, module }: Heap): void {
  const kernels = getKernelsForBackend('wasm');
  for (const config of kernels) {
    if (wrapped.has(config)) continue;
    wrapped.add(config);
    const { kernelName, kernelFunc } = config;
    config.kernelFunc = (params) => {
      beforePlainKernel();
      return session === undefined ? kernelFunc(params) : runFrame(kernelName, kernelFunc, params);
    };
  }
  if (preparedModules.has(module)) return;
  preparedModules.add(module);
  const { cwrap } = module;
  module.cwrap = (name, returns, types) => {
    const plain = cwrap(name, returns, types);
    return (...args) => {
      if (session !== undefined) noteRaw({ of: 'tfjs', name, args: args.map((value) => symbolic(name, value)) });
      return plain(...args);
    };
  };
  for (const { setupFunc } of kernels) setupFunc?.(backend);
  module.cwrap = cwrap;
}

function symbolic(name: string, value: unknown): number | Uint8Array | { tensor: DataId } {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value !== 'number') return Uint8Array.from(value as ArrayLike<number>);
  if (value < FIRST_ID) return value;
  const tensor = session?.frames.at(-1)?.ids.get(value);
  if (tensor !== undefined) return { tensor };
  fail('error', `${name} takes a tensor that is not known.`);
  return value;
}

function runFrame(kernel: string, kernelFunc: KernelFunc, params: Parameters<KernelFunc>[0]) {
  const current = session as Session;
  const outer = current.frames.at(-1);
  if (outer !== undefined) outer.inner += 1;
  const { inputs, attrs, backend } = params;
  const own = { inputs: mapInfos(inputs, snapshot), attrs, backend } as Parameters<KernelFunc>[0];
  const infos = Object.values(own.inputs).flat() as TensorInfo[];
  const ids = new Map(infos.map(({ dataId }) => [current.heap.data(dataId).id, dataId]));
  const frame: Frame = { raw: [], made: [], ids, usesHeap: false, inner: 0 };
  current.frames.push(frame);
  let result: TensorInfo | TensorInfo[];
  try {
    result = kernelFunc(params);
  } finally {
    current.frames.pop();
  }
  if (frame.inner === 0) {
    const outputs = [result].flat().map(snapshot);
    current.calls.push({ kernel, kernelFunc, params: own, inputs: infos, outputs, ...frame });
  } else if (frame.raw.length > 0 || frame.usesHeap) {
    fail('error', `${kernel} computes something itself and calls other kernels.`);
  }
  return result;
}

/** @returns what undoes it. */
function watchBackend({ backend, data }: Heap): () => void {
  const { write, makeOutput, typedArrayFromHeap, readSync } = backend;
  const touch = () => {
    const frame = session?.frames.at(-1);
    if (frame === undefined) fail('waits-inside', 'A tensor is read inside the step.');
    else frame.usesHeap = true;
  };
  const hooks: Partial<typeof backend> = {
    write(values, shape, dtype) {
      const dataId = write.call(backend, values, shape, dtype);
      if (values !== null && session?.frames.length === 0) {
        const view = values as Float32Array;
        const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength).slice();
        session.written.set(dataId, { info: { dataId, shape: [...shape], dtype }, bytes });
      }
      return dataId;
    },
    makeOutput(shape, dtype, offset, values) {
      const info = makeOutput.call(backend, shape, dtype, offset, values);
      const frame = session?.frames.at(-1);
      frame?.made.push(snapshot(info));
      frame?.ids.set(data(info.dataId).id, info.dataId);
      return info;
    },
    typedArrayFromHeap(info) {
      touch();
      return typedArrayFromHeap.call(backend, info);
    },
    readSync(dataId, start, end) {
      touch();
      return readSync.call(backend, dataId, start, end);
    },
  };
  Object.assign(backend, hooks);
  return () => {
    for (const name of Object.keys(hooks)) Reflect.deleteProperty(backend, name);
  };
}

/** A kernel may change the shape of what it made after the fact. */
function snapshot({ dataId, shape, dtype }: TensorInfo): TensorInfo {
  return { dataId, shape: [...shape], dtype: dtype };
}

/** A kernel's inputs, by name or in a list, each a tensor or a list of them. */
export function mapInfos(inputs: unknown, map: (info: TensorInfo) => TensorInfo): unknown {
  if (Array.isArray(inputs)) return (inputs as (TensorInfo | null)[]).map((item) => item && mapInfos(item, map));
  if (isInfo(inputs)) return map(inputs);
  const named = Object.entries(inputs as Record<string, unknown>).filter(([, item]) => item != null);
  return Object.fromEntries(named.map(([name, item]) => [name, mapInfos(item, map)]));
}

function isInfo<T>(value: T): value is T & TensorInfo {
  return typeof value === 'object' && value !== null && 'dataId' in value;
}

function signatureOf(
  calls: readonly KernelCall[],
  written: ReadonlyMap<DataId, Written>,
  feeds: readonly TensorInfo[],
): string[] {
  const shapes = (infos: readonly TensorInfo[]) => infos.map(({ shape }) => shape);
  const kernels = calls.map(({ kernel, params, inputs, outputs, raw }) =>
    JSON.stringify([
      kernel,
      params.attrs ?? {},
      shapes(inputs),
      shapes(outputs),
      raw.map(({ name, args }) => [name, args.filter((arg) => typeof arg === 'number')]),
    ]),
  );
  const given = new Set(feeds.map(({ dataId }) => dataId));
  const constants = [...written.values()].filter(({ info }) => !given.has(info.dataId));
  return [...kernels, ...constants.map(({ info, bytes }) => `constant ${JSON.stringify(info.shape)} ${crc32(bytes)}`)];
}
