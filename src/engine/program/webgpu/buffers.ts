import type { DataId } from '@tensorflow/tfjs-core';
import { NotRecordable, type StepInterface } from '#src/engine/program/program.ts';
import { bufferOf, bytesOf, storage, type Device } from './device.ts';
import type { Plan } from './passes.ts';
import type { Command, WebgpuRecording } from './recorder.ts';
import type { Bound } from './variables.ts';

/** The memory of a program. A shader may not read and write one buffer, so each part of it is a buffer of its own. */
export interface Buffers {
  of(id: DataId): GPUBuffer;
  /** What the program computes and is given, by tensor: which buffer, and where that begins if all lie in a row. */
  places: ReadonlyMap<DataId, { offset: number }>;
  /** What each shader is given beside tensors: from where on in one buffer. */
  uniforms: { buffer: GPUBuffer; offsetOf(command: Command): number };
  bytes: number;
  /** What it would be if each result had a buffer of its own. */
  bytesApart: number;
  dispose(): void;
}

/**
 * Takes buffers for a program: what is needed at different times shares one.
 *
 * @throws NotRecordable if a tensor that was there before the step is gone.
 */
export function takeBuffers(
  recording: WebgpuRecording,
  plan: Plan,
  step: StepInterface,
  bound: readonly Bound[],
  backend: Device,
): Buffers {
  const sizes = new Map(recording.sizes);
  for (const { dataId, shape } of step.feeds) sizes.set(dataId, bytesOf(shape));
  const sizeOf = (id: DataId) => sizes.get(id) ?? 0;
  const buffers = new Map(bound.map(({ before, tensor }) => [before, bufferOf(backend, tensor.dataId)]));
  for (const [after, before] of plan.inPlace) buffers.set(after, buffers.get(before) as GPUBuffer);
  const apart = [...plan.lives].filter(([id]) => !buffers.has(id));
  const made = new Set([...apart.map(([id]) => id), ...plan.once.map(({ writes }) => writes), ...buffers.keys()]);
  const given = [...usedBy(plan, step)].filter((id) => !made.has(id));
  const external = given.filter((id) => !recording.written.has(id));
  if (external.some((id) => !backend.tensorMap.has(id))) {
    throw new NotRecordable('error', 'A tensor of before the step is gone after it.');
  }

  const created: GPUBuffer[] = [];
  function create(size: number, usage: number = storage): GPUBuffer {
    const buffer = backend.device.createBuffer({ size: Math.max(4, size), usage });
    created.push(buffer);
    return buffer;
  }
  function createWith(values: Uint8Array<ArrayBuffer>): GPUBuffer {
    const buffer = create(values.length);
    backend.queue.writeBuffer(buffer, 0, values);
    return buffer;
  }
  const places = new Map<DataId, { offset: number }>();
  let bytes = 0;
  for (const { size, ids } of shareBuffers(apart.map(([id, [from, to]]) => ({ id, from, to, size: sizeOf(id) })))) {
    const buffer = create(size);
    for (const id of ids) {
      buffers.set(id, buffer);
      places.set(id, { offset: bytes });
    }
    bytes += size;
  }
  for (const { writes } of plan.once) if (!buffers.has(writes)) buffers.set(writes, create(sizeOf(writes)));
  for (const id of given) {
    const values = recording.written.get(id);
    if (values === undefined) backend.incRef(id);
    buffers.set(id, values === undefined ? bufferOf(backend, id) : createWith(values));
  }

  return {
    of: (id) => buffers.get(id) as GPUBuffer,
    places,
    uniforms: uniformsOf([...plan.once, ...plan.always], backend, create),
    bytes,
    bytesApart: apart.reduce((sum, [id]) => sum + sizeOf(id), 0),
    dispose() {
      for (const buffer of created) buffer.destroy();
      for (const id of external) backend.disposeData(id);
    },
  };
}

/** Every tensor that a step or its preparation reads or hands out. */
function usedBy({ once, always }: Plan, { outputs, variables }: StepInterface): Set<DataId> {
  return new Set([
    ...[...once, ...always].flatMap(({ reads }) => reads),
    ...outputs.map(({ dataId }) => dataId),
    ...variables.map(({ after }) => after),
  ]);
}

interface Need {
  id: DataId;
  from: number;
  to: number;
  size: number;
}

/**
 * Buffers for what is needed at certain times: of those that are free again the smallest that is large enough, else the
 * largest, which grows.
 */
export function shareBuffers(needs: readonly Need[]): { size: number; ids: DataId[] }[] {
  const buffers: { size: number; ids: DataId[]; until: number }[] = [];
  for (const { id, from, to, size } of [...needs].sort((a, b) => a.from - b.from)) {
    const free = buffers.filter(({ until }) => until < from).sort((a, b) => a.size - b.size);
    const chosen = free.find((buffer) => buffer.size >= size) ?? free.at(-1);
    if (chosen === undefined) buffers.push({ size, ids: [id], until: to });
    else {
      chosen.size = Math.max(chosen.size, size);
      chosen.ids.push(id);
      chosen.until = to;
    }
  }
  return buffers;
}

/** All that the shaders are given beside tensors, in one buffer; the same only once. */
function uniformsOf(commands: readonly Command[], backend: Device, create: (size: number, usage: number) => GPUBuffer) {
  const alignment = backend.device.limits.minUniformBufferOffsetAlignment;
  const offsets = new Map<string, number>();
  const parts: { offset: number; bytes: Uint8Array<ArrayBuffer> }[] = [];
  let size = 0;
  const keyOf = (command: Command) => (command.of === 'dispatch' ? String(command.uniforms) : '');
  for (const command of commands) {
    const key = keyOf(command);
    if (command.of !== 'dispatch' || offsets.has(key)) continue;
    offsets.set(key, size);
    parts.push({ offset: size, bytes: command.uniforms });
    size += Math.ceil(command.uniforms.length / alignment) * alignment;
  }
  const buffer = create(size, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST);
  for (const { offset, bytes } of parts) backend.queue.writeBuffer(buffer, offset, bytes);
  return { buffer, offsetOf: (command: Command) => offsets.get(keyOf(command)) ?? 0 };
}
