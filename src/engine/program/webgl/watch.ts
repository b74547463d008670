import { env, util } from '@tensorflow/tfjs-core';
import type { DataId, TensorInfo } from '@tensorflow/tfjs-core';
import { NotRecordable } from '#src/engine/program/program.ts';
import type { Binary, Context } from './context.ts';
import { uniformSetters, type Session, type Uniform, type UniformSetter } from './recording.ts';

/**
 * Notes what tfjs's backend tells the GPU.
 *
 * @param current the session to note it in, if any just now.
 * @returns what ends it.
 */
export function watchContext(backend: Context, current: () => Session | undefined): () => void {
  const draws: Draws = { running: [], output: undefined, uniforms: [], inputs: [] };
  const undo = [
    ...watchPrograms(backend, draws),
    ...watchDraws(backend, draws, current),
    ...watchTensors(backend, current),
  ];
  return () => undo.forEach((end) => end());
}

/** The shaders that run, one for another, and what the one that is about to be drawn was given. */
interface Draws {
  running: { uniforms: (DataId | undefined)[]; binary?: Binary }[];
  output: { texture: WebGLTexture; width: number; height: number } | undefined;
  uniforms: Uniform[];
  inputs: { unit: number; texture: WebGLTexture }[];
}

function watchPrograms(backend: Context, { running }: Draws): (() => void)[] {
  /** tfjs gives small tensors that JavaScript still has as uniforms. */
  const isUniform = ({ dataId, shape }: TensorInfo, isPacked = false) =>
    !isPacked &&
    backend.texData.get(dataId).texture == null &&
    util.sizeFromShape(shape) <= env().getNumber('WEBGL_SIZE_UPLOAD_UNIFORM');

  return [
    override(backend, 'runWebGLProgram', (run, program, inputs, ...rest) => {
      const { packedInputs } = program;
      running.push({ uniforms: inputs.map((each) => (isUniform(each, packedInputs) ? each.dataId : undefined)) });
      try {
        return run(program, inputs, ...rest);
      } finally {
        running.pop();
      }
    }),
    override(backend, 'getAndSaveBinary', (get, key, make) => {
      const binary = get(key, make);
      const top = running.at(-1);
      if (top !== undefined) top.binary = binary;
      return binary;
    }),
  ];
}

function watchDraws({ gpgpu }: Context, draws: Draws, current: () => Session | undefined): (() => void)[] {
  const setters = gpgpu.gl as unknown as Record<UniformSetter, (...args: [WebGLUniformLocation, ...unknown[]]) => void>;
  return [
    override(gpgpu, 'setOutputMatrixTextureDriver', (set, texture, width, height) => {
      set(texture, width, height);
      Object.assign(draws, { output: { texture, width, height }, uniforms: [], inputs: [] });
    }),
    override(gpgpu, 'setInputMatrixTexture', (set, texture, location, unit) => {
      set(texture, location, unit);
      draws.inputs.push({ unit, texture });
    }),
    ...uniformSetters.map((name) =>
      override(setters, name, (set, location, ...args) => {
        set(location, ...args);
        draws.uniforms.push({ name, location, args: args.map(copied) });
      }),
    ),
    override(gpgpu, 'executeProgram', (execute) => {
      execute();
      const session = current();
      if (session !== undefined) noteDraw(session, draws);
    }),
  ];
}

function noteDraw(session: Session, { running, output, uniforms, inputs }: Draws): void {
  const { contents, commands, frames } = session;
  const { binary, uniforms: tensors = [] } = running.at(-1) ?? {};
  const writes = output && contents.get(output.texture);
  const known = inputs.flatMap(({ unit, texture }) => {
    const content = contents.get(texture);
    return content === undefined ? [] : [{ unit, content }];
  });
  if (binary === undefined || output === undefined || writes === undefined || known.length < inputs.length) {
    fail(session, 'error', 'A texture of unknown origin is drawn.');
    return;
  }
  tensors.forEach((from, place) => {
    const location = binary.variablesLocations[place]?.uniform;
    const uniform = uniforms.find((each) => each.location === location);
    if (from !== undefined && uniform !== undefined) uniform.from = from;
  });
  const { width, height } = output;
  const [program, reads] = [binary.webGLProgram, known.map(({ content }) => content)];
  commands.push({ of: 'draw', call: frames.at(-1), program, width, height, uniforms, inputs: known, reads, writes });
}

function watchTensors(backend: Context, current: () => Session | undefined): (() => void)[] {
  const { gpgpu, textureManager } = backend;
  let uploading: DataId | undefined;
  const refuse = (message: string, why: 'waits-inside' | 'error') => {
    const session = current();
    if (session !== undefined) fail(session, why, message);
  };
  return [
    override(backend, 'write', (write, ...args) => {
      const id = write(...args);
      current()?.made.add(id);
      return id;
    }),
    override(textureManager, 'acquireTexture', (acquire, texShape, usage, isPacked) => {
      const texture = acquire(texShape, usage, isPacked);
      current()?.contents.set(texture.texture, { texShape: [...texShape] as [number, number], usage, isPacked });
      return texture;
    }),
    override(backend, 'uploadToGPU', (upload, id) => {
      const outer = uploading;
      uploading = id;
      try {
        upload(id);
      } finally {
        uploading = outer;
      }
    }),
    override(gpgpu, 'uploadDenseMatrixToTexture', (upload, texture, width, height, values) => {
      upload(texture, width, height, values);
      const session = current();
      const writes = session?.contents.get(texture);
      if (session === undefined || writes === undefined || uploading === undefined) return;
      const size = 4 * width * height;
      const data = values instanceof Uint8Array ? new Uint8Array(size) : new Float32Array(size);
      data.set(values);
      const call = session.frames.at(-1);
      session.commands.push({ of: 'upload', call, id: uploading, width, height, data, reads: [], writes });
    }),
    override(gpgpu, 'uploadPixelDataToTexture', (upload, ...args) => {
      refuse('It uses pictures.', 'error');
      upload(...args);
    }),
    override(backend, 'read', (read, id) => {
      refuse('A tensor is read inside the step.', 'waits-inside');
      return read(id);
    }),
    override(backend, 'readSync', (read, id) => {
      refuse('A tensor is read inside the step.', 'waits-inside');
      return read(id);
    }),
  ];
}

function fail(session: Session, why: 'waits-inside' | 'error', message: string): void {
  session.problem ??= new NotRecordable(why, message);
}

type Through<Method> = Method extends (...args: infer Args) => infer Result
  ? (plain: (...args: Args) => Result, ...args: Args) => Result
  : never;

/** Puts a method before an object's own. @returns what takes it away. */
function override<T extends object, Name extends keyof T>(object: T, name: Name, method: Through<T[Name]>): () => void {
  const plain = (object[name] as (...args: unknown[]) => unknown).bind(object);
  const through = method as (plain: unknown, ...args: unknown[]) => unknown;
  object[name] = ((...args: unknown[]) => through(plain, ...args)) as T[Name];
  return () => void Reflect.deleteProperty(object, name);
}

/** Arrays are the caller's, who may change them. */
function copied(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? [...(value as Iterable<number>)] : value;
}
