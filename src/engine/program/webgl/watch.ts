import { env, util } from '@tensorflow/tfjs-core';
import type { DataId, TensorInfo } from '@tensorflow/tfjs-core';
import { NotRecordable } from '#src/engine/program/program.ts';
import type { Binary, Context } from './context.ts';
import { uniformSetters, type Content, type Session, type Uniform } from './recorder.ts';

/**
 * Notes what tfjs's backend tells the GPU.
 *
 * @param current the session to note it in, if any just now.
 * @returns what ends it.
 */
export function watchContext(backend: Context, current: () => Session | undefined): () => void {
  const undo = [watchDraws(backend, current), watchTensors(backend, current)];
  return () => undo.forEach((end) => end());
}

/** A shader that is about to be drawn. */
interface Drawing {
  output: { content: Content | undefined; width: number; height: number };
  uniforms: Uniform[];
  inputs: { unit: number; content: Content }[];
}

function watchDraws(backend: Context, current: () => Session | undefined): () => void {
  const { gpgpu } = backend;
  const { gl } = gpgpu;
  const running: { tensors: (DataId | undefined)[]; binary?: Binary }[] = [];
  let drawing: Drawing = { output: { content: undefined, width: 0, height: 0 }, uniforms: [], inputs: [] };

  /** Small tensors that JavaScript still has are given as uniforms. */
  const isUniform = ({ dataId, shape }: TensorInfo, isPacked = false) =>
    !isPacked &&
    backend.texData.get(dataId).texture == null &&
    util.sizeFromShape(shape) <= env().getNumber('WEBGL_SIZE_UPLOAD_UNIFORM');

  const undo = [
    override(backend, 'runWebGLProgram', (run, program, inputs, ...rest) => {
      running.push({
        tensors: inputs.map((input) => (isUniform(input, program.packedInputs) ? input.dataId : undefined)),
      });
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
    override(gpgpu, 'setOutputMatrixTextureDriver', (set, texture, width, height) => {
      drawing = { output: { content: current()?.contents.get(texture), width, height }, uniforms: [], inputs: [] };
      set(texture, width, height);
    }),
    override(gpgpu, 'setInputMatrixTexture', (set, texture, location, unit) => {
      set(texture, location, unit);
      const session = current();
      const content = session?.contents.get(texture);
      if (content !== undefined) drawing.inputs.push({ unit, content });
      else if (session !== undefined) fail(session, 'error', 'A texture of unknown origin is read.');
    }),
    override(gpgpu, 'executeProgram', (execute) => {
      execute();
      const session = current();
      const { tensors = [], binary } = running.at(-1) ?? {};
      const { output, uniforms, inputs } = drawing;
      if (session === undefined) return;
      if (binary === undefined || output.content === undefined) {
        fail(session, 'error', 'Something unknown is drawn.');
        return;
      }
      tensors.forEach((from, place) => {
        const location = binary.variablesLocations[place]?.uniform;
        const uniform = uniforms.find((each) => each.location === location);
        if (from !== undefined && uniform !== undefined) uniform.from = from;
      });
      session.commands.push({
        of: 'draw',
        call: session.frames.at(-1),
        program: binary.webGLProgram,
        width: output.width,
        height: output.height,
        uniforms,
        inputs,
        reads: inputs.map(({ content }) => content),
        writes: output.content,
      });
    }),
    ...uniformSetters.map((name) =>
      override(
        gl as unknown as Record<string, (location: WebGLUniformLocation, ...args: unknown[]) => void>,
        name,
        (set, location, ...args) => {
          set(location, ...args);
          drawing.uniforms.push({ name, location, args: args.map(copied) });
        },
      ),
    ),
  ];
  return () => undo.forEach((end) => end());
}

function watchTensors(backend: Context, current: () => Session | undefined): () => void {
  const { gpgpu, textureManager } = backend;
  let uploading: DataId | undefined;
  const refuse = (message: string, why: 'waits-inside' | 'error') => {
    const session = current();
    if (session !== undefined) fail(session, why, message);
  };
  const undo = [
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
  return () => undo.forEach((end) => end());
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
