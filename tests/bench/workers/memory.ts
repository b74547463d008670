import * as tf from '@tensorflow/tfjs-core';

interface Memory {
  _malloc(bytes: number): number;
  _free(address: number): void;
}

/** What is taken of tfjs's WASM heap from now on, by tensors and by programs; its kernels' own buffers are not seen. */
export function watchHeap(): { peak(): number; forgetPeak(): void } {
  const { wasm } = tf.engine().backend as unknown as { wasm: Memory };
  // Emscripten's stubs put the real functions in their places when they are first called.
  wasm._free(wasm._malloc(4));
  const { _malloc: take, _free: free } = wasm;
  const taken = new Map<number, number>();
  let now = 0;
  let most = 0;
  const watched: Memory = {
    _malloc(bytes) {
      const address = take(bytes) >>> 0;
      taken.set(address, bytes);
      now += bytes;
      most = Math.max(most, now);
      return address;
    },
    _free(address) {
      now -= taken.get(address >>> 0) ?? 0;
      taken.delete(address >>> 0);
      free(address);
    },
  };
  // Stubs that others hold would overwrite a plain property.
  for (const name of ['_malloc', '_free'] as const) {
    Object.defineProperty(wasm, name, { get: () => watched[name], set() {} });
  }
  return {
    peak: () => most,
    forgetPeak: () => {
      most = now;
    },
  };
}
