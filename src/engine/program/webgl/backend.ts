import type { ProgramBackend } from '#src/engine/program/program.ts';
import { compile } from './compile.ts';
import { openContext } from './context.ts';
import { beginRecording, endRecording } from './recorder.ts';
import type { WebglRecording } from './recording.ts';

export const programBackend: ProgramBackend = {
  begin: () => beginRecording(openContext()),
  end: endRecording,
  compile: (recording, step) => compile(recording as WebglRecording, step),
};
