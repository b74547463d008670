import { env, getBackend } from '@tensorflow/tfjs-core';
import type { ProgramBackend } from './program.ts';
import { compile } from './wasm/compile.ts';
import { openHeap } from './wasm/heap.ts';
import { beginRecording, endRecording, type WasmRecording } from './wasm/recorder.ts';
import { compile as compileForWebgl } from './webgl/compile.ts';
import { openContext } from './webgl/context.ts';
import * as webglRecorder from './webgl/recorder.ts';
import type { WebglRecording } from './webgl/recording.ts';
import { compile as compileForGpu } from './webgpu/compile.ts';
import { openDevice } from './webgpu/device.ts';
import * as gpuRecorder from './webgpu/recorder.ts';

const wasm: ProgramBackend = {
  begin: () => beginRecording(openHeap()),
  end: endRecording,
  compile: (recording, step) => compile(recording as WasmRecording, step),
};

const webgpu: ProgramBackend = {
  begin: () => gpuRecorder.beginRecording(openDevice()),
  end: gpuRecorder.endRecording,
  compile: (recording, step) => compileForGpu(recording as gpuRecorder.WebgpuRecording, step),
};

const webgl: ProgramBackend = {
  begin: () => webglRecorder.beginRecording(openContext()),
  end: webglRecorder.endRecording,
  compile: (recording, step) => compileForWebgl(recording as WebglRecording, step),
};

const backends: Readonly<Record<string, ProgramBackend>> = { wasm, webgpu, webgl };

/** How the backend that runs records and replays; none if it cannot. */
export function programBackend(): ProgramBackend | undefined {
  const name = getBackend();
  // WebGL 1 reads a texture only when it has waited, so that a program may have drawn into it again.
  return name === 'webgl' && env().getNumber('WEBGL_VERSION') < 2 ? undefined : backends[name];
}
