import type { Device } from './device.ts';

/** Measures on the GPU how long each of a step's shaders takes. */
export interface Timer {
  /** Whether the times of an earlier step are still on their way. */
  isBusy(): boolean;
  /** How to begin the pass of shader `index`. */
  pass(index: number): GPUComputePassDescriptor;
  /** Tells the GPU, after the last pass, to hand its times out. */
  resolve(encoder: GPUCommandEncoder): void;
  /** Takes them, once the commands are sent off. */
  read(): void;
  /** The mean of shader `index` over the steps that were measured; 0 before the first. */
  microseconds(index: number): number;
  dispose(): void;
}

/** A query set holds no more, two of them a shader. */
const MOST_TIMES = 4096;

/** @returns nothing where the GPU tells no times. */
export function createTimer({ device }: Device, shaders: number): Timer | undefined {
  const count = 2 * shaders;
  if (!device.features.has('timestamp-query') || count === 0 || count > MOST_TIMES) return undefined;
  const querySet = device.createQuerySet({ type: 'timestamp', count });
  const { QUERY_RESOLVE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
  const times = device.createBuffer({ size: 8 * count, usage: QUERY_RESOLVE | COPY_SRC });
  const readable = device.createBuffer({ size: 8 * count, usage: COPY_DST | MAP_READ });
  const sums = new Float64Array(shaders);
  let steps = 0;
  let isBusy = false;

  async function collect(): Promise<void> {
    await readable.mapAsync(GPUMapMode.READ);
    const nanoseconds = new BigInt64Array(readable.getMappedRange());
    for (let index = 0; index < shaders; index += 1) {
      const took = Number((nanoseconds[2 * index + 1] ?? 0n) - (nanoseconds[2 * index] ?? 0n));
      // A GPU's clock may jump.
      sums[index] = (sums[index] ?? 0) + Math.max(0, took) / 1000;
    }
    readable.unmap();
    steps += 1;
    isBusy = false;
  }

  return {
    isBusy: () => isBusy,
    pass: (index) => ({
      timestampWrites: { querySet, beginningOfPassWriteIndex: 2 * index, endOfPassWriteIndex: 2 * index + 1 },
    }),
    resolve(encoder) {
      encoder.resolveQuerySet(querySet, 0, count, times, 0);
      encoder.copyBufferToBuffer(times, 0, readable, 0, 8 * count);
    },
    read() {
      isBusy = true;
      // It fails if the program is disposed or the GPU lost meanwhile: then nobody asks any more.
      collect().catch(() => undefined);
    },
    microseconds: (index) => (sums[index] ?? 0) / Math.max(1, steps),
    dispose() {
      for (const resource of [querySet, times, readable]) resource.destroy();
    },
  };
}
