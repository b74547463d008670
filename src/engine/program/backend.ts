import { getBackend } from '@tensorflow/tfjs-core';
import type { ProgramBackend } from './program.ts';
import { compile } from './wasm/compile.ts';
import { openHeap } from './wasm/heap.ts';
import { beginRecording, endRecording, type WasmRecording } from './wasm/recorder.ts';

const wasm: ProgramBackend = {
  begin: () => beginRecording(openHeap()),
  end: endRecording,
  compile: (recording, step) => compile(recording as WasmRecording, step),
};

/** How the backend that runs records and replays; none if it cannot. */
export function programBackend(): ProgramBackend | undefined {
  return getBackend() === 'wasm' ? wasm : undefined;
}
