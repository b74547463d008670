import type { ProgramBackend } from '#src/engine/program/program.ts';
import { compile } from './compile.ts';
import { openDevice } from './device.ts';
import { beginRecording, endRecording, type WebgpuRecording } from './recorder.ts';

export const programBackend: ProgramBackend = {
  begin: () => beginRecording(openDevice()),
  end: endRecording,
  compile: (recording, step) => compile(recording as WebgpuRecording, step),
};
