import type { WorkloadName } from './data.ts';
import type { VariantName } from './variants.ts';

/** How many times as fast as another the program is to be, in one run. */
export interface Goal {
  against: 'fastest peer' | VariantName;
  times: number;
}

export const goals: Record<WorkloadName, readonly Goal[]> = {
  mlp: [
    { against: 'convnetjs', times: 2 },
    { against: 'jax-wasm', times: 7 },
    { against: 'composed', times: 80 },
  ],
  gan2d: [
    { against: 'jax-wasm', times: 7 },
    { against: 'composed', times: 25 },
  ],
  cnn: [
    { against: 'fastest peer', times: 25 },
    { against: 'composed', times: 4.5 },
  ],
  dcgan: [
    { against: 'fastest peer', times: 40 },
    { against: 'composed', times: 4.5 },
  ],
  lstm: [
    { against: 'fastest peer', times: 45 },
    { against: 'composed', times: 13 },
  ],
  char: [
    { against: 'fastest peer', times: 6 },
    { against: 'composed', times: 18 },
  ],
  rgb64: [
    { against: 'fastest peer', times: 35 },
    { against: 'composed', times: 6 },
  ],
};

/** Kernel calls of a plain step at most, on each backend of ours. */
export const callGoals = {
  cnn: { wasm: 60, webgl: 60, webgpu: 60 },
  dcgan: { wasm: 200, webgl: 200, webgpu: 200 },
  lstm64: { wasm: 120, webgl: 250, webgpu: 40 },
} as const;
