import type { DataId, TensorInfo } from '@tensorflow/tfjs-core';
import { crc32 } from '#src/math/crc32.ts';
import type { Command, WebglRecording } from './recording.ts';

const numbers = new WeakMap<WebGLProgram, number>();
let programs = 0;

/** One line a kernel call and one a command; the numbers of feeds are left out. */
export function signatureOf(
  { calls, commands }: Omit<WebglRecording, 'signature'>,
  feeds: readonly TensorInfo[],
): string[] {
  const given = new Set(feeds.map(({ dataId }) => dataId));
  const shapes = (infos: readonly TensorInfo[]) => infos.map(({ shape }) => shape);
  const kernels = calls.map(({ kernel, attributes, inputs, outputs }) =>
    JSON.stringify([kernel, attributes ?? {}, shapes(inputs), shapes(outputs)]),
  );
  return [...kernels, ...commands.map((command) => lineOf(command, given))];
}

function lineOf(command: Command, given: ReadonlySet<DataId>): string {
  const { width, height } = command;
  if (command.of === 'upload') {
    const { buffer } = command.data;
    return `upload ${width} ${height} ${given.has(command.id) ? 'feed' : crc32(new Uint8Array(buffer))}`;
  }
  const uniforms = command.uniforms.map(({ from, args }) => (from !== undefined && given.has(from) ? 'feed' : args));
  return `draw ${numberOf(command.program)} ${width} ${height} ${uniforms.map(String).join(' ')}`;
}

function numberOf(program: WebGLProgram): number {
  const known = numbers.get(program);
  if (known !== undefined) return known;
  programs += 1;
  numbers.set(program, programs);
  return programs;
}
