import { getKernelsForBackend, util } from '@tensorflow/tfjs-core';
import type { DataId, KernelConfig, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelCall } from '#src/engine/program/webgpu/recorder.ts';
import { standardize, type Context } from './context.ts';
import type { Kept, Session, WebglRecording } from './recording.ts';
import { signatureOf } from './signature.ts';
import { watchContext } from './watch.ts';

let session: Session | undefined;
let stopWatching: (() => void) | undefined;
const wrapped = new WeakSet<KernelConfig>();

export function beginRecording(backend: Context): void {
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
  const { calls, commands, external } = session;
  let kept: Map<DataId, Kept>;
  try {
    kept = keepResults(session);
  } finally {
    stopWatching?.();
    session = undefined;
  }
  const recording = { calls, commands, external, kept };
  return { ...recording, signature: (feeds) => signatureOf(recording, feeds) };
}

/** What is left of the step comes to the GPU, still as a part of the step. */
function keepResults({ backend, made, contents, problem }: Session): Map<DataId, Kept> {
  if (problem !== undefined) throw problem;
  const kept = new Map<DataId, Kept>();
  for (const id of made) {
    if (!backend.texData.has(id)) continue;
    bring(backend, id);
    const { shape, texture, slice } = backend.texData.get(id);
    const content = texture && contents.get(texture.texture);
    if (content) kept.set(id, { shape, content, offset: slice?.flatOffset });
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

/** What was there before is brought to the GPU, as a program will lay it. */
function meetExternal(current: Session, id: DataId): void {
  const { backend } = current;
  if (current.made.has(id) || current.external.has(id)) return;
  session = undefined;
  try {
    bring(backend, id);
  } finally {
    session = current;
  }
  const { shape, texture, texShape, usage, isPacked, slice } = backend.texData.get(id);
  if (texture == null || texShape == null) return;
  const content = current.contents.get(texture.texture) ?? { texShape: [...texShape], usage, isPacked };
  current.contents.set(texture.texture, content);
  current.external.set(id, { shape, content, offset: slice?.flatOffset });
}

/** Brings a tensor to the GPU, if it can be there. */
function bring(backend: Context, id: DataId): void {
  const { shape, dtype } = backend.texData.get(id);
  if (util.sizeFromShape(shape) === 0 || dtype === 'string' || dtype === 'complex64') return;
  backend.uploadToGPU(id);
  standardize(backend, id);
}

/** Others may change the info after the fact: a variable has another tensor's memory after the step. */
function snapshot({ dataId, shape, dtype }: TensorInfo): TensorInfo {
  return { dataId, shape: [...shape], dtype };
}
