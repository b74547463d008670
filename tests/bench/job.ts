import type { workloads } from './workloads/index.ts';
import type { WorkloadName } from './data.ts';

export type Library = 'own' | 'tfjs' | 'jax' | 'convnet' | 'brain';
export type Device = 'cpu' | 'wasm' | 'webgl' | 'webgpu';

/** What runs: a library on a device, in the way that `how` names. */
export interface Variant {
  library: Library;
  device: Device;
  /** `plain`: call by call. `program`: recorded and replayed. `composed`: with the kernels of the first page. */
  how?: 'plain' | 'program' | 'composed';
}

/** One measurement, made in a module worker of its own. */
export type Job = Variant & { seed: number } & (
    { measure: 'time'; workload: WorkloadName; limits: Limits } | { measure: 'calls'; workload: keyof typeof workloads }
  );

/** Times in milliseconds. */
export interface Limits {
  /** How many losses are read, one after each step, unless that takes longer than `patience`. */
  losses: number;
  patience: number;
  /** How long steps are timed after that. */
  timed: number;
}

export interface Timed {
  /**
   * The first steps, each until its loss was read. The first one counts from the order to start: code is loaded, weights
   * and batch are at hand, the backend is not yet started.
   */
  singly: number[];
  /** Losses of the first steps, each before its update. */
  losses: number[];
  /** A step, from blocks of steps long enough for the clock; the loss is read once a block. */
  samples: number[];
  /** What became of the program, where there is one to be. */
  program?: ProgramTaken;
}

export interface ProgramTaken {
  /** Steps done when it was replayed for the first time; none if the run stayed plain. */
  step?: number;
  why?: string;
  /** Calls that a replayed step makes. */
  calls?: number;
}

/** What one step asks of a backend. */
export interface Calls {
  /** Kernels that tfjs calls, by name. */
  kernels: Record<string, number>;
  /** What goes to the graphics driver: WebGPU's dispatches, WebGL's draw calls. */
  submitted: number;
  /** On WASM: the most bytes taken of its heap at a time in a step, weights and optimizer state among them. */
  peakBytes?: number;
  /** The same of the steps before it, the first one among them. */
  peakBytesBefore?: number;
}

export type Result<Measured = Timed | Calls> = Measured | { error: string };
