import { NotRecordable } from '#src/engine/program/program.ts';
import { shareBuffers } from '#src/engine/program/webgpu/buffers.ts';
import { bytesOf, type Context, type Texture } from './context.ts';
import { isKept, kindOf, type Plan } from './passes.ts';
import type { Content, WebglRecording } from './recording.ts';

/** Where a content lies. Variables and outputs change their texture from step to step. */
export interface Place {
  texture: Texture | undefined;
}

/** The textures of a program. They are taken from tfjs's pool and given back to it. */
export interface Textures {
  of(content: Content): Place;
  /** Where what a step computes for itself begins if all lies in a row, in bytes. */
  offsets: ReadonlyMap<Content, number>;
  bytes: number;
  /** What it would be if each result had a texture of its own. */
  bytesApart: number;
  dispose(): void;
}

/**
 * Takes textures for a program: what is needed at different times shares one.
 *
 * @throws NotRecordable if a tensor that was there before the step is gone.
 */
export function takeTextures({ external }: WebglRecording, plan: Plan, backend: Context): Textures {
  const places = new Map<Content, Place>();
  for (const { content } of plan.variables) places.set(content, { texture: undefined });
  for (const output of plan.outputs) if (isKept(output)) places.set(output.content, { texture: undefined });
  const used = new Set([...plan.once, ...plan.always].flatMap(({ reads }) => reads));
  const held = [...external].filter(([, { content }]) => used.has(content) && !places.has(content));
  if (held.some(([id]) => !backend.texData.has(id))) {
    throw new NotRecordable('error', 'A tensor of before the step is gone after it.');
  }
  for (const [id, { content }] of held) {
    backend.incRef(id);
    places.set(content, { texture: backend.texData.get(id).texture ?? undefined });
  }

  const taken: { place: Place; kind: Content }[] = [];
  function take(kind: Content, contents: readonly Content[]): void {
    const texture = backend.textureManager.acquireTexture(kind.texShape, kind.usage, kind.isPacked);
    const place = { texture };
    taken.push({ place, kind });
    for (const content of contents) places.set(content, place);
  }
  const offsets = new Map<Content, number>();
  let bytes = 0;
  const own = [...plan.lives].filter(([content]) => !places.has(content));
  for (const kind of new Set(own.map(([content]) => kindOf(content)))) {
    const needs = own
      .filter(([content]) => kindOf(content) === kind)
      .map(([id, [from, to]]) => ({ id, from, to, size: bytesOf(id) }));
    for (const { size, ids } of shareBuffers(needs)) {
      const contents = ids as Content[];
      take(contents[0] as Content, contents);
      for (const content of contents) offsets.set(content, bytes);
      bytes += size;
    }
  }
  for (const { writes } of plan.once) take(writes, [writes]);

  return {
    of: (content) => places.get(content) as Place,
    offsets,
    bytes,
    bytesApart: own.reduce((sum, [content]) => sum + bytesOf(content), 0),
    dispose() {
      for (const { place, kind } of taken) {
        if (place.texture === undefined) continue;
        backend.textureManager.releaseTexture(place.texture, kind.texShape, kind.usage, kind.isPacked);
      }
      for (const [id] of held) backend.disposeData(id);
    },
  };
}
