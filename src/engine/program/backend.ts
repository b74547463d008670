import { env, getBackend } from '@tensorflow/tfjs-core';
import type { ProgramBackend } from './program.ts';

/** Each backend's way to record and replay, loaded only with that backend. */
const loaders: Readonly<Record<string, () => Promise<{ programBackend: ProgramBackend }>>> = {
  wasm: () => import('./wasm/backend.ts'),
  webgpu: () => import('./webgpu/backend.ts'),
  webgl: () => import('./webgl/backend.ts'),
};

let loaded: { name: string; programBackend: ProgramBackend } | undefined;

/** Loads what the backend that has just started needs for programs, if it can have any. */
export async function loadProgramBackend(): Promise<void> {
  const name = getBackend();
  const load = loaders[name];
  // WebGL 1 reads a texture only when it has waited, so that a program may have drawn into it again.
  if (load === undefined || (name === 'webgl' && env().getNumber('WEBGL_VERSION') < 2)) return;
  loaded = { name, ...(await load()) };
}

/** How the backend that runs records and replays; none if it cannot. */
export function programBackend(): ProgramBackend | undefined {
  return loaded?.name === getBackend() ? loaded.programBackend : undefined;
}
