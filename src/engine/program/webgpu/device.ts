import { engine } from '@tensorflow/tfjs-core';
import type { DataId, DataType, Tensor, TensorInfo } from '@tensorflow/tfjs-core';

/** What tfjs keeps of a tensor on the GPU. */
interface TensorData {
  dtype: DataType;
  resource?: unknown;
  values?: ArrayLike<number> | null;
}

/** A shader that is about to run. */
export interface ShaderProgram {
  shaderKey: string;
  pipeline: GPUComputePipeline;
  dispatch: readonly [number, number, number];
  pixelsOpType?: number;
}

/** tfjs's WebGPU backend as it is inside: what of it is not public, but needed to record and to replay. */
export interface Device {
  device: GPUDevice;
  queue: GPUQueue;
  commandEncoder: GPUCommandEncoder | null;
  /** Tensors that commands not yet submitted use: their memory is not given to others before. */
  commandQueueOwnedIds: WeakSet<DataId>;
  tensorMap: { get(id: DataId): TensorData; has(id: DataId): boolean };
  /** Where tfjs takes buffers from; what it does not use any more stays here for the next of the same size. */
  bufferManager: {
    acquireBuffer(size: number, usage: number): GPUBuffer;
    freeBuffers: Map<string, GPUBuffer[]>;
    numFreeBuffers: number;
    numBytesAllocated: number;
  };
  recordAndSubmit(program: ShaderProgram, output: TensorInfo, inputs: readonly TensorInfo[], uniforms: unknown): void;
  uploadToGPU(id: DataId): void;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
  makeTensorInfo(shape: number[], dtype: DataType): TensorInfo;
  incRef(id: DataId): void;
  refCount(id: DataId): number;
  disposeData(id: DataId): boolean;
  read(id: DataId): Promise<unknown>;
  readSync(id: DataId): unknown;
}

/** That of the WebGPU backend that runs. */
export function openDevice(): Device {
  return engine().backend as unknown as Device;
}

/** What tfjs's tensors may be used for, and ours. */
export const storage = 0x80 | 0x04 | 0x08; // STORAGE | COPY_SRC | COPY_DST

/** tfjs's encoder, between two passes: what is told to it comes after all that tfjs has told it. */
export function openEncoder(backend: Device): GPUCommandEncoder {
  backend.ensureCommandEncoderReady();
  backend.endComputePassEncoder();
  return backend.commandEncoder as GPUCommandEncoder;
}

/** Sends off all that the GPU was told. */
export function submit(backend: Device): void {
  if (backend.commandEncoder === null) return;
  backend.endComputePassEncoder();
  backend.submitQueue();
}

/** Frees what tfjs keeps for later: a plain step needs as much again as its program does. */
export function emptyPool(backend: Device): void {
  submit(backend);
  const { bufferManager } = backend;
  for (const buffers of bufferManager.freeBuffers.values()) {
    for (const buffer of buffers.splice(0)) {
      bufferManager.numFreeBuffers -= 1;
      bufferManager.numBytesAllocated -= buffer.size;
      buffer.destroy();
    }
  }
}

/** A tensor's memory on the GPU. */
export function bufferOf(backend: Device, id: DataId): GPUBuffer {
  backend.uploadToGPU(id);
  return backend.tensorMap.get(id).resource as GPUBuffer;
}

/** A tensor whose numbers are not set. */
export function makeTensor(backend: Device, { shape, dtype }: Tensor): Tensor {
  const tensor = engine().makeTensorFromTensorInfo(backend.makeTensorInfo([...shape], dtype));
  backend.uploadToGPU(tensor.dataId);
  return tensor;
}

/** Every number takes four bytes on a GPU, whole ones and truth values too. */
export function bytesOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 4);
}

/** Numbers as the GPU has them. */
export function asBytes(values: ArrayLike<number>, dtype: DataType): Uint8Array<ArrayBuffer> {
  const numbers = dtype === 'float32' ? Float32Array.from(values) : Int32Array.from(values);
  return new Uint8Array(numbers.buffer);
}
