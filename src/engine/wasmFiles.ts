import plain from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm?url';
import threadedSimd from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.wasm?url';

const files: Readonly<Record<string, string>> = {
  'tfjs-backend-wasm.wasm': plain,
  'tfjs-backend-wasm-simd.wasm': simd,
  'tfjs-backend-wasm-threaded-simd.wasm': threadedSimd,
};

/** Where tfjs finds its WASM files, by the names it knows: next to the worker, in Node in its package. */
export function wasmPaths(): Record<string, string> {
  const here = (globalThis as { location?: Location }).location;
  const entries = Object.entries(files);
  if (here !== undefined) {
    return Object.fromEntries(entries.map(([name, url]) => [name, new URL(url, here.href).href]));
  }
  const { createRequire } = process.getBuiltinModule('node:module');
  const { resolve } = createRequire(import.meta.url);
  return Object.fromEntries(entries.map(([name]) => [name, resolve(`@tensorflow/tfjs-backend-wasm/wasm-out/${name}`)]));
}
