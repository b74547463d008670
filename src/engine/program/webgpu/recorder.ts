import { getKernelsForBackend } from '@tensorflow/tfjs-core';
import type { DataId, KernelConfig, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { countOf, onBufferCopy } from '#src/engine/kernels/bufferCopies.ts';
import { crc32 } from '#src/math/crc32.ts';
import { NotRecordable, type Recording } from '#src/engine/program/program.ts';
import { asBytes, bytesOf, type Device } from './device.ts';

/** A kernel call of the step. */
export interface KernelCall {
  kernel: string;
  attributes: unknown;
  inputs: readonly TensorInfo[];
  outputs: readonly TensorInfo[];
}

/** What the GPU was told, by tensors: to run a shader, or to copy numbers. */
export type Command = { call: KernelCall } & (
  | {
      of: 'dispatch';
      shader: string;
      pipeline: GPUComputePipeline;
      workgroups: readonly [number, number, number];
      reads: readonly DataId[];
      writes: DataId;
      uniforms: Uint8Array<ArrayBuffer>;
    }
  | { of: 'copy'; reads: readonly [DataId]; from: number; writes: DataId; to: number; bytes: number }
);

export interface WebgpuRecording extends Recording {
  calls: readonly KernelCall[];
  commands: readonly Command[];
  /** Bytes of each tensor that a command uses. */
  sizes: ReadonlyMap<DataId, number>;
  /** What JavaScript wrote, by the tensor it became. */
  written: ReadonlyMap<DataId, Uint8Array<ArrayBuffer>>;
}

interface Session {
  calls: KernelCall[];
  commands: Command[];
  sizes: Map<DataId, number>;
  written: Map<DataId, Uint8Array<ArrayBuffer>>;
  frames: KernelCall[];
  /** What the last shader was given beside tensors. */
  uniforms: Uint8Array<ArrayBuffer>;
  problem: NotRecordable | undefined;
  restore(): void;
}

let session: Session | undefined;
const wrapped = new WeakSet<KernelConfig>();

export function beginRecording(backend: Device): void {
  watchKernels();
  session = {
    calls: [],
    commands: [],
    sizes: new Map(),
    written: new Map(),
    frames: [],
    uniforms: new Uint8Array(),
    problem: undefined,
    restore: watchBackend(backend),
  };
  onBufferCopy((copy) => {
    const bytes = 4 * countOf(copy);
    const reads = [seen(copy.from)] as const;
    note({ of: 'copy', reads, from: 4 * copy.at, writes: seen(copy.to), to: 4 * copy.place, bytes });
  });
}

/** @throws NotRecordable */
export function endRecording(): WebgpuRecording {
  if (session === undefined) throw new Error('Nothing is recorded.');
  const { calls, commands, sizes, written, problem, restore } = session;
  session = undefined;
  onBufferCopy(undefined);
  restore();
  if (problem !== undefined) throw problem;
  const recording = { calls, commands, sizes, written };
  return { ...recording, signature: (feeds) => signatureOf(recording, feeds) };
}

function fail(why: 'waits-inside' | 'error', message: string): void {
  if (session !== undefined) session.problem ??= new NotRecordable(why, message);
}

/** Distributes over the two kinds. */
type WithoutCall<T> = T extends unknown ? Omit<T, 'call'> : never;

function note(command: WithoutCall<Command>): void {
  const call = session?.frames.at(-1);
  if (call === undefined) fail('error', 'The GPU is told something outside every kernel.');
  else session?.commands.push({ ...command, call });
}

function seen({ dataId, shape }: TensorInfo): DataId {
  session?.sizes.set(dataId, bytesOf(shape));
  return dataId;
}

/** Every kernel says from now on when it runs. */
function watchKernels(): void {
  for (const config of getKernelsForBackend('webgpu')) {
    if (wrapped.has(config)) continue;
    wrapped.add(config);
    const { kernelName, kernelFunc } = config;
    config.kernelFunc = (params) =>
      session === undefined ? kernelFunc(params) : runFrame(session, kernelName, kernelFunc, params);
  }
}

function runFrame(
  { calls, frames }: Session,
  kernel: string,
  kernelFunc: KernelFunc,
  params: Parameters<KernelFunc>[0],
) {
  const inputs = (Object.values(params.inputs).flat() as (TensorInfo | null | undefined)[]).filter(
    (info) => info != null,
  );
  const call: KernelCall = { kernel, attributes: params.attrs, inputs: inputs.map(snapshot), outputs: [] };
  const inner = calls.length;
  frames.push(call);
  try {
    const result = kernelFunc(params);
    call.outputs = [result].flat().map(snapshot);
    return result;
  } finally {
    frames.pop();
    const delegates = calls.length > inner && !session?.commands.some((command) => command.call === call);
    if (!delegates) calls.push(call);
  }
}

/** @returns what undoes it. */
function watchBackend(backend: Device): () => void {
  const { recordAndSubmit, uploadToGPU, read, readSync, queue } = backend;
  const { writeBuffer } = queue;
  const hooks: Partial<Device> = {
    recordAndSubmit(program, output, inputs, uniforms) {
      recordAndSubmit.call(backend, program, output, inputs, uniforms);
      if (program.pixelsOpType !== undefined) fail('error', `${program.shaderKey} uses pictures.`);
      const { shaderKey: shader, pipeline, dispatch } = program;
      note({
        of: 'dispatch',
        shader,
        pipeline,
        workgroups: [...dispatch],
        reads: inputs.map(seen),
        writes: seen(output),
        uniforms: session?.uniforms ?? new Uint8Array(),
      });
    },
    uploadToGPU(id) {
      const { resource, values, dtype } = backend.tensorMap.get(id);
      if (resource == null && values != null) session?.written.set(id, asBytes(values, dtype));
      uploadToGPU.call(backend, id);
    },
    read(id) {
      fail('waits-inside', 'A tensor is read inside the step.');
      return read.call(backend, id);
    },
    readSync(id) {
      fail('waits-inside', 'A tensor is read inside the step.');
      return readSync.call(backend, id);
    },
  };
  Object.assign(backend, hooks);
  queue.writeBuffer = (...args: Parameters<GPUQueue['writeBuffer']>) => {
    const [, , data, from = 0, size] = args;
    if (session !== undefined)
      session.uniforms = new Uint8Array((data as ArrayBuffer).slice(from, size && from + size));
    writeBuffer.apply(queue, args);
  };
  return () => {
    for (const name of Object.keys(hooks)) Reflect.deleteProperty(backend, name);
    Reflect.deleteProperty(queue, 'writeBuffer');
  };
}

/** Others may change the info after the fact: a variable has another tensor's memory after the step. */
function snapshot({ dataId, shape, dtype }: TensorInfo): TensorInfo {
  return { dataId, shape: [...shape], dtype };
}

function signatureOf(
  { calls, commands, sizes, written }: Omit<WebgpuRecording, 'signature'>,
  feeds: readonly TensorInfo[],
): string[] {
  const shapes = (infos: readonly TensorInfo[]) => infos.map(({ shape }) => shape);
  const kernels = calls.map(({ kernel, attributes, inputs, outputs }) =>
    JSON.stringify([kernel, attributes ?? {}, shapes(inputs), shapes(outputs)]),
  );
  const told = commands.map((command) =>
    command.of === 'dispatch'
      ? `${command.shader} ${String(command.workgroups)} ${crc32(command.uniforms)}`
      : `copy ${command.from} ${command.to} ${command.bytes}`,
  );
  const given = new Set(feeds.map(({ dataId }) => dataId));
  const constants = [...written].filter(([id]) => !given.has(id) && sizes.has(id));
  return [...kernels, ...told, ...constants.map(([, bytes]) => `constant ${bytes.length} ${crc32(bytes)}`)];
}
