import { engine } from '@tensorflow/tfjs-core';
import type { DataId, DataType, TensorInfo } from '@tensorflow/tfjs-core';

type Raw = (...args: unknown[]) => unknown;

/** What tfjs keeps of a tensor's memory. */
interface TensorData {
  id: number;
  memoryOffset: number;
  shape: number[];
  dtype: DataType;
  refCount: number;
}

/** tfjs's WASM backend as it is inside: what of it is not public, but needed to record and to replay. */
interface Backend {
  dataIdMap: {
    has(id: DataId): boolean;
    get(id: DataId): TensorData;
    set(id: DataId, data: TensorData): void;
    delete(id: DataId): boolean;
  };
  dataIdNextNumber: number;
  wasm: Module;
  write(values: ArrayLike<number> | null, shape: number[], dtype: DataType): DataId;
  makeOutput(shape: number[], dtype: DataType, offset?: number, values?: unknown): TensorInfo;
  typedArrayFromHeap(info: TensorInfo): Float32Array | Int32Array | Uint8Array;
  readSync(id: DataId, start?: number, end?: number): unknown;
  disposeData(id: DataId, force?: boolean): boolean;
  incRef(id: DataId): void;
}

interface Module {
  HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(address: number): void;
  cwrap(name: string, returns: string | null, types: readonly string[]): Raw;
  asm: Record<string, Raw>;
  tfjs: { registerTensor(id: number, size: number, address: number): void; disposeData(id: number): void };
}

/** The memory that tfjs's WASM backend computes in. */
export interface Heap {
  backend: Backend;
  module: Module;
  data(id: DataId): TensorData;
  /** Gives a place in memory a number by which tfjs's kernels find it. */
  place(info: Omit<TensorInfo, 'dataId'>, address: number): DataId;
  remove(id: DataId): void;
}

/** That of the WASM backend that runs. */
export function openHeap(): Heap {
  const backend = engine().backend as unknown as Backend;
  const module = backend.wasm;
  return {
    backend,
    module,
    data(id) {
      // tfjs would look for it in other backends, without end.
      if (!backend.dataIdMap.has(id)) throw new Error('A tensor of the step is no longer there.');
      return backend.dataIdMap.get(id);
    },
    place({ shape, dtype }, address) {
      const id = backend.dataIdNextNumber++;
      const dataId = { id };
      backend.dataIdMap.set(dataId, { id, memoryOffset: address, shape: [...shape], dtype, refCount: 1 });
      module.tfjs.registerTensor(id, sizeOf(shape), address);
      return dataId;
    },
    remove(dataId) {
      module.tfjs.disposeData(backend.dataIdMap.get(dataId).id);
      backend.dataIdMap.delete(dataId);
    },
  };
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

export function bytesOf({ shape, dtype }: Omit<TensorInfo, 'dataId'>): number {
  return sizeOf(shape) * (dtype === 'bool' ? 1 : 4);
}
