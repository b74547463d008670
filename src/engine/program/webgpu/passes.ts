import type { DataId } from '@tensorflow/tfjs-core';
import type { StepInterface } from '#src/engine/program/program.ts';
import type { Command, WebgpuRecording } from './recorder.ts';

/** What a step needs of what it was recorded to do. */
export interface Plan {
  /** Done once, when the program is made: nothing they depend on changes. */
  once: readonly Command[];
  /** Done at every step. */
  always: readonly Command[];
  /** When each tensor that a step computes or is given is needed: from and up to which of `always`. */
  lives: ReadonlyMap<DataId, readonly [from: number, to: number]>;
  /** Variables whose next value is computed straight into their own memory, by that value. */
  inPlace: ReadonlyMap<DataId, DataId>;
}

/** Commands that nobody needs are left out, and those that always do the same are done once. */
export function planStep({ commands }: WebgpuRecording, step: StepInterface): Plan {
  const changing = changingTensors(commands, step);
  const needed = new Set([...step.outputs.map(({ dataId }) => dataId), ...step.variables.map(({ after }) => after)]);
  const kept: Command[] = [];
  for (const command of [...commands].reverse()) {
    if (!needed.has(command.writes)) continue;
    for (const id of command.reads) needed.add(id);
    kept.unshift(command);
  }
  const always = kept.filter(({ writes }) => changing.has(writes));
  const lives = lifetimes(always, step);
  return {
    once: kept.filter(({ writes }) => !changing.has(writes)),
    always,
    lives,
    inPlace: nextValuesInPlace(always, lives, step),
  };
}

/** What depends on feeds or variables. A tensor may be written several times, each time in part. */
function changingTensors(commands: readonly Command[], { feeds, variables }: StepInterface): Set<DataId> {
  const changing = new Set([...feeds.map(({ dataId }) => dataId), ...variables.map(({ before }) => before)]);
  for (let size = -1; size !== changing.size;) {
    size = changing.size;
    for (const { reads, writes } of commands) if (reads.some((id) => changing.has(id))) changing.add(writes);
  }
  return changing;
}

function lifetimes(always: readonly Command[], { feeds, outputs, variables }: StepInterface) {
  const lives = new Map<DataId, [number, number]>(feeds.map(({ dataId }) => [dataId, [-1, -1]]));
  always.forEach(({ reads, writes }, at) => {
    if (!lives.has(writes)) lives.set(writes, [at, at]);
    for (const id of [...reads, writes]) extend(id, at);
  });
  for (const id of [...outputs.map(({ dataId }) => dataId), ...variables.map(({ after }) => after)]) {
    extend(id, always.length);
  }
  function extend(id: DataId, to: number) {
    const life = lives.get(id);
    if (life !== undefined) life[1] = to;
  }
  return lives;
}

/** A next value may take its variable's place if nobody needs the old one any more when it is computed. */
function nextValuesInPlace(
  always: readonly Command[],
  lives: ReadonlyMap<DataId, readonly [number, number]>,
  { outputs, variables }: StepInterface,
): Map<DataId, DataId> {
  const kept = new Set([...outputs.map(({ dataId }) => dataId), ...variables.map(({ after }) => after)]);
  const inPlace = new Map<DataId, DataId>();
  for (const { before, after } of variables) {
    const [from = -1] = lives.get(after) ?? [];
    const lastRead = always.findLastIndex(({ reads }) => reads.includes(before));
    if (from > lastRead && from >= 0 && !kept.has(before) && !inPlace.has(after)) inPlace.set(after, before);
  }
  return inPlace;
}
