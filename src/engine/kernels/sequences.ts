import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';

type Params = Parameters<KernelFunc>[0];

/** Inputs of a kernel that runs a recurrent layer over a whole sequence; `src/nn/sequence.ts` says what each is. */
export interface ForwardInputs {
  /** `[batch, time, gates units]` */
  projected: TensorInfo;
  /** `[units, gates units]` */
  recurrent: TensorInfo;
  bias: TensorInfo;
  /** `[batch, units]` */
  hidden?: TensorInfo;
  /** `[batch, units]` */
  cell?: TensorInfo;
}

/** Inputs of the kernel that goes the way back. */
export interface BackwardInputs {
  recurrent: TensorInfo;
  /** `[batch, time, units]` */
  states: TensorInfo;
  /** `[batch, time, …]`; a plain recurrent network has none. */
  inside?: TensorInfo;
  /** `[batch, time, units]` */
  dy: TensorInfo;
  hidden?: TensorInfo;
  cell?: TensorInfo;
}

export interface Sizes {
  batch: number;
  time: number;
  units: number;
}

export function readForward({ inputs }: Params): ForwardInputs & Sizes {
  const given = inputs as unknown as ForwardInputs;
  const [batch = 0, time = 0] = given.projected.shape;
  return { ...given, batch, time, units: given.recurrent.shape[0] ?? 0 };
}

export function readBackward({ inputs }: Params): BackwardInputs & Sizes {
  const given = inputs as unknown as BackwardInputs;
  const [batch = 0, time = 0, units = 0] = given.states.shape;
  return { ...given, batch, time, units };
}

export const activations = ['tanh', 'relu', 'sigmoid'] as const;

/** Of a plain recurrent network. */
export function readActivation({ attrs }: Params): (typeof activations)[number] {
  return (attrs as unknown as { activation: (typeof activations)[number] }).activation;
}

/** What `packRight` of the WASM module fills. */
export function packedBytes(depth: number, columns: number): number {
  return 4 * depth * ((columns + 7) & ~7);
}
