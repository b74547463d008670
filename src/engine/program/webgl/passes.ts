import type { DataId } from '@tensorflow/tfjs-core';
import { NotRecordable, type StepInterface, type StepVariable } from '#src/engine/program/program.ts';
import type { Command, Content, Kept, WebglRecording } from './recording.ts';

/** A variable in a texture. */
export type Member = Omit<Kept, 'content'> & { variable: StepVariable['variable'] };

/** A texture of variables that the program reads, writes, or both: one alone, or several that are slices of it. */
export interface VariableTexture {
  content: Content;
  members: Member[];
  /** What the step computes for them, if it does. */
  next: Content | undefined;
}

/** What a step needs of what it was recorded to do. */
export interface Plan {
  /** Done once, when the program is made: nothing they depend on changes. */
  once: readonly Command[];
  always: readonly Command[];
  /** From which of `always` on and up to which each content that they write is needed. */
  lives: ReadonlyMap<Content, readonly [from: number, to: number]>;
  variables: readonly VariableTexture[];
  /** By the place of the output; or of which variable it is the value before the step. */
  outputs: readonly (Kept | DataId)[];
}

/**
 * Commands that nobody needs are left out, and those that always do the same are done once.
 *
 * @throws NotRecordable
 */
export function planStep(recording: WebglRecording, step: StepInterface): Plan {
  const { commands } = recording;
  const variables = planVariables(recording, step);
  const outputs = step.outputs.map(({ dataId }): Kept | DataId => recording.kept.get(dataId) ?? dataId);
  if (outputs.some((output) => !isKept(output) && step.variables.every(({ before }) => before !== output))) {
    throw new NotRecordable('error', 'The step hands out what was there before it.');
  }
  const results = [
    ...outputs.flatMap((output) => (isKept(output) ? [output.content] : [])),
    ...variables.flatMap(({ next }) => (next === undefined ? [] : [next])),
  ];
  const needed = new Set(results);
  const kept: Command[] = [];
  for (const command of [...commands].reverse()) {
    if (!needed.has(command.writes)) continue;
    for (const content of command.reads) needed.add(content);
    kept.unshift(command);
  }
  // A result is handed out, so that it must be computed anew even if it is the same.
  const changing = new Set([...results, ...variables.map(({ content }) => content)]);
  const feeds = new Set(step.feeds.map(({ dataId }) => dataId));
  for (const command of kept) {
    if (isFed(command, feeds) || command.reads.some((content) => changing.has(content))) changing.add(command.writes);
  }
  const always = kept.filter(({ writes }) => changing.has(writes));
  return {
    once: kept.filter(({ writes }) => !changing.has(writes)),
    always,
    lives: lifetimes(always, results),
    variables,
    outputs,
  };
}

function planVariables({ external, kept }: WebglRecording, { variables, outputs }: StepInterface): VariableTexture[] {
  const textures = new Map<Content, VariableTexture>();
  for (const { variable, before, after } of variables) {
    const next = after === before ? undefined : kept.get(after);
    const now = external.get(before) ?? (next && { ...next, content: ownerOf(next.content, textures) });
    if (after !== before && next === undefined) throw new NotRecordable('error', 'A variable takes over an old value.');
    if (now === undefined) continue;
    const texture = textures.get(now.content) ?? { content: now.content, members: [], next: next?.content };
    const fits = next === undefined || (kindOf(next.content) === kindOf(now.content) && next.offset === now.offset);
    if (!fits || texture.next !== next?.content) throw new NotRecordable('error', 'A variable changes its texture.');
    texture.members.push({ variable, shape: now.shape, offset: now.offset });
    textures.set(now.content, texture);
  }
  const all = [...textures.values()];
  const taken = [...all.map(({ next }) => next), ...new Set(outputs.map(({ dataId }) => kept.get(dataId)?.content))];
  const contents = taken.filter((content) => content !== undefined);
  const areAlone = all.every(
    ({ members }) => members.length === 1 || members.every(({ offset }) => offset !== undefined),
  );
  if (!areAlone || new Set(contents).size < contents.length) {
    throw new NotRecordable('error', 'A variable takes over a value that others hold.');
  }
  return all;
}

/** Of variables that the step only writes: where they lie before it. */
function ownerOf(next: Content, textures: ReadonlyMap<Content, VariableTexture>): Content {
  return [...textures.values()].find((texture) => texture.next === next)?.content ?? { ...next };
}

/** Textures of the same kind can stand for each other. */
export function kindOf({ texShape, usage, isPacked }: Content): string {
  return `${String(texShape)} ${usage ?? 0} ${isPacked === true}`;
}

/** Whether the step made an output; else it was there before. */
export function isKept(output: Kept | DataId): output is Kept {
  return 'content' in output;
}

function isFed(command: Command, feeds: ReadonlySet<DataId>): boolean {
  if (command.of === 'upload') return feeds.has(command.id);
  return command.uniforms.some(({ from }) => from !== undefined && feeds.has(from));
}

function lifetimes(always: readonly Command[], results: readonly Content[]) {
  const lives = new Map<Content, [number, number]>();
  const extend = (content: Content, to: number) => {
    const life = lives.get(content);
    if (life !== undefined) life[1] = to;
  };
  always.forEach(({ reads, writes }, at) => {
    lives.set(writes, [at, at]);
    for (const content of reads) extend(content, at);
  });
  for (const content of results) extend(content, always.length);
  return lives;
}
