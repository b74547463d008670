import { engine, getKernel, util } from '@tensorflow/tfjs-core';
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
  deleteMatrixTexture(texture: WebGLTexture): void;
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
    freeTextures: Record<string, Texture[]>;
    numFreeTextures: number;
    _numBytesAllocated: number;
    _numBytesFree: number;
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

/** Frees what tfjs keeps for later: a plain step needs as much again as its program does. */
export function emptyPool({ gpgpu, textureManager }: Context): void {
  for (const textures of Object.values(textureManager.freeTextures)) {
    for (const { texture } of textures.splice(0)) gpgpu.deleteMatrixTexture(texture);
  }
  textureManager.numFreeTextures = 0;
  textureManager._numBytesAllocated -= textureManager._numBytesFree;
  textureManager._numBytesFree = 0;
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

/** A part of a texture's tensor where it is, as tfjs slices; or the whole, as one more that holds it. */
export function sliceOf(backend: Context, x: TensorInfo, shape: number[], offset: number | undefined): TensorInfo {
  if (offset === undefined) {
    backend.incRef(x.dataId);
    return { ...x, shape };
  }
  const [flat, size] = [util.sizeFromShape(x.shape), util.sizeFromShape(shape)];
  const inputs = { x: { ...x, shape: [flat] } };
  const attrs = { begin: [offset], size: [size] };
  const info = getKernel('Slice', 'webgl').kernelFunc({ inputs, attrs, backend }) as TensorInfo;
  backend.texData.get(info.dataId).shape = shape;
  return { ...info, shape };
}

/** A texture of rows and columns with the numbers of tensors, each from its offset on. */
export function joinTensors(
  backend: Context,
  parts: readonly (TensorInfo & { offset: number | undefined })[],
  [rows, columns]: readonly [number, number],
): TensorInfo {
  const flat = parts.map(({ dataId, dtype, shape }) => ({ dataId, dtype, shape: [util.sizeFromShape(shape)] }));
  const cases = parts.map(({ offset = 0 }, place) => {
    const end = offset + (flat[place]?.shape[0] ?? 0);
    return `if (at >= ${offset} && at < ${end}) value = getPart${place}(at - ${offset});`;
  });
  const program = {
    variableNames: parts.map((_, place) => `Part${place}`),
    outputShape: [rows, columns],
    userCode: `
      void main() {
        ivec2 place = getOutputCoords();
        int at = place.x * ${columns} + place.y;
        float value = 0.0;
        ${cases.join('\n')}
        setOutput(value);
      }`,
  };
  return backend.runWebGLProgram(program, flat, flat[0]?.dtype ?? 'float32');
}

/** Lays a tensor out as a result of its shape, if it is not; slices of others stay where they are. */
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
  if (slice != null) return true;
  const probe = backend.makeTensorInfo(shape, dtype);
  const data = backend.texData.get(probe.dataId);
  data.isPacked = isPacked ?? false;
  backend.uploadToGPU(probe.dataId);
  const same = String(data.texShape) === String(texShape);
  backend.disposeData(probe.dataId);
  return same;
}
