import type { Variant } from './job.ts';

export interface Shown extends Variant {
  label: string;
  /** Ours, what ours is compared with in the first place, or what others offer. */
  kind: 'own' | 'baseline' | 'peer';
  /** Measured only where it is asked for, or on a graphics card. */
  needsGpu?: true;
}

/** What is measured, in the order of a round. */
export const variants = {
  program: { label: 'Livegrad, program', kind: 'own', library: 'own', device: 'wasm', how: 'program' },
  plain: { label: 'Livegrad, plain path', kind: 'own', library: 'own', device: 'wasm', how: 'plain' },
  'own-webgl': {
    label: 'Livegrad webgl',
    kind: 'own',
    library: 'own',
    device: 'webgl',
    how: 'program',
    needsGpu: true,
  },
  'own-webgpu': {
    label: 'Livegrad webgpu',
    kind: 'own',
    library: 'own',
    device: 'webgpu',
    how: 'program',
    needsGpu: true,
  },
  composed: { label: 'tfjs wasm + composed', kind: 'baseline', library: 'tfjs', device: 'wasm', how: 'composed' },
  wasm: { label: 'tfjs wasm', kind: 'peer', library: 'tfjs', device: 'wasm' },
  cpu: { label: 'tfjs cpu', kind: 'peer', library: 'tfjs', device: 'cpu' },
  webgl: { label: 'tfjs webgl', kind: 'peer', library: 'tfjs', device: 'webgl' },
  webgpu: { label: 'tfjs webgpu', kind: 'peer', library: 'tfjs', device: 'webgpu' },
  'jax-wasm': { label: 'jax-js wasm', kind: 'peer', library: 'jax', device: 'wasm' },
  'jax-webgpu': { label: 'jax-js webgpu', kind: 'peer', library: 'jax', device: 'webgpu' },
  convnetjs: { label: 'ConvNetJS', kind: 'peer', library: 'convnet', device: 'cpu' },
  brain: { label: 'brain.js', kind: 'peer', library: 'brain', device: 'cpu' },
} as const satisfies Record<string, Shown>;

export type VariantName = keyof typeof variants;
export const variantNames = Object.keys(variants) as VariantName[];

/** What a reader of the table should know. */
export const notes: readonly string[] = [
  'Where no card is named, WebGL and WebGPU run in software (SwiftShader), which says nothing of their speed on one.',
  '“tfjs wasm + composed” is tfjs’s WASM backend with the kernels that it lacks for training composed of kernels that it has, as the book’s first page had them, and tfjs’s own Adam; networks in tfjs’s core operations, an LSTM unrolled over time, its product with the input for all times at once.',
  'Letters of `char` are looked up by ours and by tfjs where its backend can learn from a look-up; elsewhere, and in jax-js, they are rows of zeros with a one, as the words of `lstm` are in jax-js. Its whole step is one `jit` function.',
  'ConvNetJS: one example at a time, Adadelta (its release has no Adam). brain.js: an update for each example; of sequences it learns from 4 of 32, and the time is scaled.',
];
