import type { DataType, Tensor } from '@tensorflow/tfjs-core';
import type { Buffers } from './buffers.ts';
import { bytesOf, type Device } from './device.ts';

/** How a step's numbers from JavaScript come to the GPU. */
export interface Feeds {
  /** Numbers of the next step. */
  set(index: number, values: ArrayLike<number>): void;
  /** Tells the GPU to take them for the step that is encoded now. */
  send(encoder: GPUCommandEncoder): void;
  dispose(): void;
}

/**
 * Writing to a buffer goes ahead of all commands that are not yet sent off. So each step that is sent off with others
 * has a place of its own for its numbers, from which its commands copy them.
 *
 * @param steps how many steps are sent off together at most.
 */
export function stageFeeds(tensors: readonly Tensor[], buffers: Buffers, backend: Device, steps: number): Feeds {
  let length = 0;
  const places = tensors.map(({ shape }) => {
    const offset = length;
    length += bytesOf(shape);
    return offset;
  });
  const numbers = new ArrayBuffer(length);
  const views = tensors.map(({ dtype, size }, index) => viewOf(numbers, places[index] ?? 0, size, dtype));
  const staging = backend.device.createBuffer({
    size: Math.max(4, steps * length),
    usage: GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
  });
  let turn = 0;
  return {
    set(index, values) {
      views[index]?.set(values);
    },
    send(encoder) {
      if (length === 0) return;
      const start = turn * length;
      turn = (turn + 1) % steps;
      backend.queue.writeBuffer(staging, start, numbers);
      tensors.forEach(({ dataId, shape }, index) => {
        encoder.copyBufferToBuffer(staging, start + (places[index] ?? 0), buffers.of(dataId), 0, bytesOf(shape));
      });
    },
    dispose() {
      staging.destroy();
    },
  };
}

function viewOf(buffer: ArrayBuffer, offset: number, size: number, dtype: DataType): Float32Array | Int32Array {
  return dtype === 'float32' ? new Float32Array(buffer, offset, size) : new Int32Array(buffer, offset, size);
}
