import type { ProgramBackend } from '#src/engine/program/program.ts';
import { compile } from './compile.ts';
import { openHeap } from './heap.ts';
import { beginRecording, endRecording, type WasmRecording } from './recorder.ts';

export const programBackend: ProgramBackend = {
  begin: () => beginRecording(openHeap()),
  end: endRecording,
  compile: (recording, step) => compile(recording as WasmRecording, step),
};
