import type { DataId } from '@tensorflow/tfjs-core';
import type { NotRecordable, Recording } from '#src/engine/program/program.ts';
import type { KernelCall } from '#src/engine/program/webgpu/recorder.ts';
import type { Context, ShaderProgram, TextureData, TextureKind } from './context.ts';

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

/** A tensor as it lies in a texture: alone, or from some number on as a slice of another. */
export type Kept = Pick<TextureData, 'shape'> & { content: Content; offset: number | undefined };

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
