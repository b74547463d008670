import { engine } from '@tensorflow/tfjs-core';
import type { BackendValues, DataId, DataType, TensorInfo } from '@tensorflow/tfjs-core';
import type { GPGPUProgram } from '@tensorflow/tfjs-backend-webgl';

/** A texture as tfjs's pool hands it out. */
export interface Texture {
  texture: WebGLTexture;
}

/** What a texture is taken for: rows and columns of numbers, four neighbours a texel if packed. */
export interface TextureKind {
  texShape: readonly [rows: number, columns: number];
  /** 1: dense numbers from JavaScript, 2: bytes from JavaScript, else: a result. */
  usage: number | null | undefined;
  isPacked: boolean | undefined;
}

/** What tfjs keeps of a tensor: numbers in JavaScript, on the GPU, or both. */
export interface TextureData {
  shape: number[];
  dtype: DataType;
  values?: BackendValues | null;
  texture?: Texture | null;
  texShape?: [number, number] | null;
  usage?: number | null;
  isPacked?: boolean;
  /** It begins within another tensor's texture. */
  slice?: { flatOffset: number; origDataId: DataId } | null;
}

/** A shader that tfjs has compiled. */
export interface Binary {
  program: GPGPUProgram;
  webGLProgram: ShaderProgram;
  variablesLocations: readonly { uniform: WebGLUniformLocation | null }[];
}

export type ShaderProgram = WebGLProgram & { vao: WebGLVertexArrayObject };

/** What tfjs tells the GPU with, and the state it believes the GPU to be in. */
interface Gpgpu {
  gl: WebGL2RenderingContext;
  framebuffer: WebGLFramebuffer;
  outputTexture: WebGLTexture | null;
  program: ShaderProgram | null;
  setOutputMatrixTextureDriver(texture: WebGLTexture, width: number, height: number): void;
  setInputMatrixTexture(texture: WebGLTexture, location: WebGLUniformLocation, unit: number): void;
  executeProgram(): void;
  uploadDenseMatrixToTexture(texture: WebGLTexture, width: number, height: number, data: ArrayLike<number>): void;
  uploadPixelDataToTexture(texture: WebGLTexture, pixels: unknown): void;
}

/** tfjs's WebGL backend as it is inside: what of it is not public, but needed to record and to replay. */
export interface Context {
  gpgpu: Gpgpu;
  texData: { get(id: DataId): TextureData; has(id: DataId): boolean; delete(id: DataId): boolean };
  textureManager: {
    acquireTexture(shape: readonly number[], usage: TextureKind['usage'], isPacked?: boolean): Texture;
    releaseTexture(texture: Texture, shape: readonly number[], usage: TextureKind['usage'], isPacked?: boolean): void;
  };
  /** How many slices share a tensor's texture. */
  dataRefCount: WeakMap<DataId, number>;
  pendingRead: WeakMap<DataId, unknown>;
  runWebGLProgram(
    program: GPGPUProgram,
    inputs: TensorInfo[],
    dtype: DataType,
    uniforms?: number[][] | null,
    staysPacked?: boolean,
    texShape?: [number, number],
  ): TensorInfo;
  getAndSaveBinary(key: string, make: () => Binary): Binary;
  write(values: BackendValues | null, shape: number[], dtype: DataType): DataId;
  makeTensorInfo(shape: number[], dtype: DataType): TensorInfo;
  uploadToGPU(id: DataId): void;
  releaseGPUData(id: DataId): void;
  incRef(id: DataId): void;
  refCount(id: DataId): number;
  disposeData(id: DataId): boolean;
  read(id: DataId): Promise<unknown>;
  readSync(id: DataId): unknown;
}

/** That of the WebGL backend that runs. */
export function openContext(): Context {
  return engine().backend as unknown as Context;
}

/** Bytes of a texture. */
export function bytesOf({ texShape: [rows, columns], usage, isPacked }: TextureKind): number {
  return isPacked === true || usage === 1 ? 16 * Math.ceil(rows / 2) * Math.ceil(columns / 2) : 4 * rows * columns;
}

/** The same numbers in a texture of their own, where tfjs would lay a result of this shape. */
export function copyTensor(backend: Context, { dataId, shape, dtype }: TensorInfo, isPacked: boolean): TensorInfo {
  return backend.runWebGLProgram(copyProgram(shape, isPacked), [{ dataId, shape, dtype }], dtype, null, true);
}

function copyProgram(outputShape: number[], isPacked: boolean): GPGPUProgram {
  return {
    variableNames: ['A'],
    outputShape,
    packedInputs: isPacked,
    packedOutput: isPacked,
    enableShapeUniforms: outputShape.length <= 4,
    userCode: 'void main() { setOutput(getAAtOutCoords()); }',
  };
}

/** Gives a tensor a texture of its own, laid out as a result of its shape, if it has not. */
export function standardize(backend: Context, dataId: DataId): void {
  const data = backend.texData.get(dataId);
  if (isStandard(backend, data)) return;
  const { shape, dtype, isPacked = false } = data;
  const copy = copyTensor(backend, { dataId, shape, dtype }, isPacked);
  // What it was taken for as it is: the pool finds it by that.
  const { texture, texShape, usage, isPacked: kind } = backend.texData.get(copy.dataId);
  backend.releaseGPUData(dataId);
  Object.assign(data, { texture, texShape, usage, isPacked: kind });
  backend.texData.delete(copy.dataId);
}

function isStandard(backend: Context, { shape, dtype, isPacked, texShape, slice }: TextureData): boolean {
  if (slice != null) return false;
  const probe = backend.makeTensorInfo(shape, dtype);
  const data = backend.texData.get(probe.dataId);
  data.isPacked = isPacked ?? false;
  backend.uploadToGPU(probe.dataId);
  const same = String(data.texShape) === String(texShape);
  backend.disposeData(probe.dataId);
  return same;
}
