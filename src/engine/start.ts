import * as tf from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { BackendName } from '#src/training/protocol.ts';
import { shareSavedTensors } from './patches/savedTensors.ts';
import { loadProgramBackend } from './program/backend.ts';

/** Loads each backend's code only when it is wanted, and sets what must be set before it starts. */
const load: Readonly<Record<BackendName, () => Promise<void>>> = {
  async webgpu() {
    const [, { registerGpuKernels }] = await Promise.all([
      import('@tensorflow/tfjs-backend-webgpu'),
      import('./kernels/registerGpu.ts'),
    ]);
    registerGpuKernels();
    // Else small operations run elsewhere, with other rounding.
    tf.env().set('WEBGPU_CPU_FORWARD', false);
  },
  async webgl() {
    const [, { registerGpuKernels }] = await Promise.all([
      import('@tensorflow/tfjs-backend-webgl'),
      import('./kernels/registerGpu.ts'),
    ]);
    registerGpuKernels();
    tf.env().set('WEBGL_CPU_FORWARD', false);
    // A program a shape. One for all shapes would be compiled less often, but tfjs then takes one whose textures are laid
    // out differently: a pooling after a checkpoint gave zeros.
    tf.env().set('WEBGL_USE_SHAPES_UNIFORMS', false);
    // Keep at most 256 MiB of textures that nothing uses; tfjs would keep them all.
    tf.env().set('WEBGL_DELETE_TEXTURE_THRESHOLD', 256 * 1024 * 1024);
  },
  async wasm() {
    const [{ setWasmPaths }, { wasmPaths }, { registerWasmKernels }] = await Promise.all([
      import('@tensorflow/tfjs-backend-wasm'),
      import('./wasmFiles.ts'),
      import('./kernels/register.ts'),
    ]);
    registerWasmKernels();
    setWasmPaths(wasmPaths());
    // The threaded build breaks when it is minified.
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  },
  async cpu() {
    await import('@tensorflow/tfjs-backend-cpu');
  },
};

/** What a backend is given once it runs. */
const furnish: Partial<Record<BackendName, () => Promise<void>>> = {
  async wasm() {
    const { hasOwnKernels, placeOwnKernels } = await import('./kernels/heap.ts');
    const { registerWasmOperations } = await import('./kernels/register.ts');
    const backend = tf.backend() as BackendWasm;
    // The compiler of programs must tell tensors from other whole numbers among a call's arguments: no size or stride
    // is as large as these ids.
    (backend as unknown as { dataIdNextNumber: number }).dataIdNextNumber = 2 ** 28;
    await placeOwnKernels(backend);
    if (hasOwnKernels()) registerWasmOperations();
  },
};

/**
 * Starts one backend of tfjs. None may be running.
 *
 * @throws Error if its code cannot be loaded or it does not start.
 */
export async function start(name: BackendName): Promise<void> {
  // No warnings on the console: what goes wrong is reported.
  tf.enableProdMode();
  await load[name]();
  if (!(await tf.setBackend(name))) throw new Error(`tfjs could not start ${name}.`);
  shareSavedTensors();
  await Promise.all([furnish[name]?.(), loadProgramBackend()]);
}

/** Stops whatever runs and frees all its tensors, variables among them. */
export function stop(): void {
  // The one that runs and no other: tfjs's public way to ask would start one if none did.
  const { backendInstance } = tf.engine() as unknown as { backendInstance: { device?: GPUDevice } | null };
  tf.engine().reset();
  backendInstance?.device?.destroy();
}
