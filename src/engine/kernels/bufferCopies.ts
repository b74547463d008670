import { util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';

/** Numbers that go from one tensor to another on a GPU: as many as the smaller of the two has. */
export interface BufferCopy {
  from: TensorInfo;
  /** The first number to copy. */
  at: number;
  to: TensorInfo;
  /** Where it goes. */
  place: number;
}

/** What of tfjs's backend is not public. */
interface Encoding {
  commandEncoder: GPUCommandEncoder;
  commandQueueOwnedIds: WeakSet<object>;
}

let listener: ((copy: BufferCopy) => void) | undefined;

/** Calls `listen` at every copy, until something else is set: the recorder of programs listens here. */
export function onBufferCopy(listen: ((copy: BufferCopy) => void) | undefined): void {
  listener = listen;
}

/** How many numbers a copy moves. */
export function countOf({ from, to }: BufferCopy): number {
  return Math.min(util.sizeFromShape(from.shape), util.sizeFromShape(to.shape));
}

/** Copies on the GPU, after all that it has been told to do so far. */
export function copyNumbers(backend: WebGPUBackend, copies: readonly BufferCopy[]): void {
  for (const { from, to } of copies) for (const { dataId } of [from, to]) backend.uploadToGPU(dataId);
  backend.ensureCommandEncoderReady();
  backend.endComputePassEncoder();
  const { commandEncoder, commandQueueOwnedIds } = backend as unknown as Encoding;
  const buffer = ({ dataId }: TensorInfo) => backend.tensorMap.get(dataId).resource as GPUBuffer;
  for (const copy of copies) {
    const { from, at, to, place } = copy;
    listener?.(copy);
    commandEncoder.copyBufferToBuffer(buffer(from), 4 * at, buffer(to), 4 * place, 4 * countOf(copy));
    commandQueueOwnedIds.add(from.dataId);
    commandQueueOwnedIds.add(to.dataId);
  }
}
