import type { DataId } from '@tensorflow/tfjs-core';
import type { Program } from '#src/engine/program/program.ts';
import type { ProgramCall } from '#src/training/protocol.ts';
import type { Buffers } from './buffers.ts';
import { bytesOf } from './device.ts';
import type { Plan } from './passes.ts';
import type { Command, KernelCall, WebgpuRecording } from './recorder.ts';

/**
 * What became of each kernel call of the recorded step.
 *
 * @param microseconds that calls were measured to take.
 */
export function describe(
  recording: WebgpuRecording,
  plan: Plan,
  buffers: Buffers,
  microseconds: ReadonlyMap<KernelCall, number>,
): ReturnType<Program['report']> {
  const places = new Map(recording.calls.map((call, place) => [call, place]));
  const placeAt = (command: number) => {
    const call = plan.always[Math.min(Math.max(command, 0), plan.always.length - 1)]?.call;
    return (call && places.get(call)) ?? 0;
  };
  const always = new Set(plan.always.map(({ call }) => call));
  const once = new Set(plan.once.map(({ call }) => call));
  const recorded = commandsByCall(recording.commands);
  const calls = recording.calls.map((call): ProgramCall => {
    const [first] = call.outputs;
    const becomes = always.has(call)
      ? becomesOf(recorded.get(call) ?? [])
      : once.has(call)
        ? 'constant'
        : recorded.has(call)
          ? 'unused'
          : 'alias';
    const place = first && becomes !== 'alias' ? placeOf(first.dataId) : undefined;
    return {
      kernel: call.kernel,
      shape: first?.shape ?? [],
      bytes: call.outputs.reduce((sum, { shape }) => sum + bytesOf(shape), 0),
      becomes,
      ...place,
      microseconds: microseconds.get(call) ?? 0,
    };
  });
  function placeOf(id: DataId) {
    const at = buffers.places.get(id);
    const life = plan.lives.get(id);
    if (at === undefined || life === undefined) return undefined;
    return { offset: at.offset, lives: [placeAt(life[0]), placeAt(life[1])] as const };
  }
  return {
    backend: 'webgpu',
    calls,
    bytes: { before: buffers.bytesApart, after: buffers.bytes },
    counts: { before: calls.length, after: calls.filter(({ becomes }) => becomes === 'called').length },
  };
}

function becomesOf(commands: readonly Command[]): 'called' | 'copied' {
  return commands.some(({ of }) => of === 'dispatch') ? 'called' : 'copied';
}

function commandsByCall(commands: readonly Command[]): Map<KernelCall, Command[]> {
  const found = new Map<KernelCall, Command[]>();
  for (const command of commands) found.set(command.call, [...(found.get(command.call) ?? []), command]);
  return found;
}
