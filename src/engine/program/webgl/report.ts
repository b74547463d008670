import type { Program } from '#src/engine/program/program.ts';
import type { ProgramCall } from '#src/training/protocol.ts';
import type { Plan } from './passes.ts';
import type { KernelCall } from '#src/engine/program/webgpu/recorder.ts';
import type { Command, WebglRecording } from './recording.ts';
import type { Textures } from './textures.ts';

/** What became of each kernel call of the recorded step. WebGL tells no times. */
export function describe(
  { calls, commands }: WebglRecording,
  plan: Plan,
  textures: Textures,
): ReturnType<Program['report']> {
  const { always, lives } = plan;
  const places = new Map(calls.map((call, place) => [call, place]));
  const placeAt = (command: number) => {
    const call = always[Math.min(command, always.length - 1)]?.call;
    return (call && places.get(call)) ?? 0;
  };
  const described = calls.map((call): ProgramCall => {
    const becomes = becomesOf(call, commands, plan);
    const result = always.findLast((command) => command.call === call)?.writes;
    const offset = result && textures.offsets.get(result);
    const life = result && lives.get(result);
    return {
      kernel: call.kernel,
      shape: call.outputs[0]?.shape ?? [],
      bytes: call.outputs.reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 4), 0),
      becomes,
      ...(offset !== undefined && life && { offset, lives: [placeAt(life[0]), placeAt(life[1])] as const }),
      microseconds: 0,
    };
  });
  return {
    backend: 'webgl',
    calls: described,
    bytes: { before: textures.bytesApart, after: textures.bytes },
    counts: { before: calls.length, after: described.filter(({ becomes }) => becomes === 'called').length },
  };
}

function becomesOf(
  call: KernelCall,
  recorded: readonly Command[],
  { always, once }: Plan,
): 'called' | 'constant' | 'unused' | 'alias' {
  const isIn = (commands: readonly Command[]) => commands.some((command) => command.call === call);
  if (isIn(always)) return 'called';
  if (isIn(once)) return 'constant';
  return isIn(recorded) ? 'unused' : 'alias';
}
