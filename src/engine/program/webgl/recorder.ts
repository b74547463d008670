import { env, getKernelsForBackend, util } from '@tensorflow/tfjs-core';
import type { DataId, KernelConfig, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { NotRecordable, type Recording } from '#src/engine/program/program.ts';
import type { KernelCall } from '#src/engine/program/webgpu/recorder.ts';
import { standardize, type Context, type ShaderProgram, type TextureData, type TextureKind } from './context.ts';
import { signatureOf } from './signature.ts';
import { watchContext } from './watch.ts';

/** What a texture holds from when tfjs's pool hands it out until it is given back; it is written once. */
export type Content = TextureKind;

/** What a shader is given beside textures. */
export interface Uniform {
  name: UniformSetter;
  location: WebGLUniformLocation;
  args: readonly unknown[];
  /** The small tensor whose numbers these are. */
  from?: DataId;
}

export const uniformSetters = [
  ...(['uniform1f', 'uniform1i', 'uniform2i', 'uniform1fv', 'uniform2fv', 'uniform3fv', 'uniform4fv'] as const),
  ...(['uniform1iv', 'uniform2iv', 'uniform3iv', 'uniform4iv'] as const),
];
export type UniformSetter = (typeof uniformSetters)[number];

export interface Draw {
  of: 'draw';
  program: ShaderProgram;
  width: number;
  height: number;
  uniforms: Uniform[];
  inputs: readonly { unit: number; content: Content }[];
}

/** Numbers of a tensor from JavaScript, written as they are. */
export interface Upload {
  of: 'upload';
  id: DataId;
  width: number;
  height: number;
  data: Float32Array | Uint8Array;
}

/** What the GPU was told. */
export type Command = { call: KernelCall | undefined; reads: readonly Content[]; writes: Content } & (Draw | Upload);

/** A tensor that outlived the step, as it lies in its texture. */
export type Kept = Pick<TextureData, 'shape'> & { content: Content };

export interface WebglRecording extends Recording {
  calls: readonly KernelCall[];
  commands: readonly Command[];
  /** Tensors that were there before the step, and that it used. */
  external: ReadonlyMap<DataId, Kept>;
  /** Those that the step made and left. */
  kept: ReadonlyMap<DataId, Kept>;
}

export interface Session {
  backend: Context;
  calls: KernelCall[];
  commands: Command[];
  frames: KernelCall[];
  external: Map<DataId, Kept>;
  contents: Map<WebGLTexture, Content>;
  /** Tensors that the step made. */
  made: Set<DataId>;
  problem: NotRecordable | undefined;
}

let session: Session | undefined;
let stopWatching: (() => void) | undefined;
const wrapped = new WeakSet<KernelConfig>();

export function beginRecording(backend: Context): void {
  if (env().getNumber('WEBGL_VERSION') !== 2) throw new Error('Only WebGL 2 records.');
  watchKernels();
  session = {
    backend,
    calls: [],
    commands: [],
    frames: [],
    external: new Map(),
    contents: new Map(),
    made: new Set(),
    problem: undefined,
  };
  stopWatching = watchContext(backend, () => session);
}

/** @throws NotRecordable */
export function endRecording(): WebglRecording {
  if (session === undefined) throw new Error('Nothing is recorded.');
  const { calls, commands, external, problem } = session;
  const kept = problem === undefined ? keepResults(session) : new Map<DataId, Kept>();
  session = undefined;
  stopWatching?.();
  if (problem !== undefined) throw problem;
  const recording = { calls, commands, external, kept };
  return { ...recording, signature: (feeds) => signatureOf(recording, feeds) };
}

/** What is left of the step: each tensor gets a texture of its own, still as a part of the step. */
function keepResults({ backend, made, contents }: Session): Map<DataId, Kept> {
  const kept = new Map<DataId, Kept>();
  for (const id of made) {
    if (!backend.texData.has(id)) continue;
    const { shape, dtype } = backend.texData.get(id);
    if (util.sizeFromShape(shape) === 0 || dtype === 'string' || dtype === 'complex64') continue;
    backend.uploadToGPU(id);
    standardize(backend, id);
    const { texture } = backend.texData.get(id);
    const content = texture && contents.get(texture.texture);
    if (content) kept.set(id, { shape, content });
  }
  return kept;
}

/** Every kernel says from now on when it runs. */
function watchKernels(): void {
  for (const config of getKernelsForBackend('webgl')) {
    if (wrapped.has(config)) continue;
    wrapped.add(config);
    const { kernelName, kernelFunc } = config;
    config.kernelFunc = (params) =>
      session === undefined ? kernelFunc(params) : runFrame(session, kernelName, kernelFunc, params);
  }
}

function runFrame(current: Session, kernel: string, kernelFunc: KernelFunc, params: Parameters<KernelFunc>[0]) {
  const { calls, frames, commands } = current;
  const inputs = (Object.values(params.inputs).flat() as (TensorInfo | null | undefined)[]).filter(
    (info) => info != null,
  );
  for (const { dataId } of inputs) meetExternal(current, dataId);
  const call: KernelCall = { kernel, attributes: params.attrs, inputs: inputs.map(snapshot), outputs: [] };
  const [innerCalls, innerCommands] = [calls.length, commands.length];
  frames.push(call);
  try {
    const result = kernelFunc(params);
    call.outputs = [result].flat().map(snapshot);
    return result;
  } finally {
    frames.pop();
    const delegates = calls.length > innerCalls && !commands.slice(innerCommands).some((each) => each.call === call);
    if (!delegates) calls.push(call);
  }
}

/** What was there before is brought to a texture of its own, so that it lies as a program will lay it. */
function meetExternal(current: Session, id: DataId): void {
  const { backend } = current;
  if (current.made.has(id) || current.external.has(id)) return;
  const { shape, dtype } = backend.texData.get(id);
  if (util.sizeFromShape(shape) === 0 || dtype === 'string' || dtype === 'complex64') return;
  session = undefined;
  try {
    backend.uploadToGPU(id);
    standardize(backend, id);
  } finally {
    session = current;
  }
  const { texture, texShape, usage, isPacked } = backend.texData.get(id);
  if (texture == null || texShape == null) return;
  const content: Content = { texShape: [...texShape], usage, isPacked };
  current.contents.set(texture.texture, content);
  current.external.set(id, { shape, content });
}

/** Others may change the info after the fact: a variable has another tensor's memory after the step. */
function snapshot({ dataId, shape, dtype }: TensorInfo): TensorInfo {
  return { dataId, shape: [...shape], dtype };
}
