import type { Variant } from './job.ts';

export interface Shown extends Variant {
  label: string;
  /** Ours, what ours is compared with in the first place, or what others offer. */
  kind: 'own' | 'baseline' | 'peer';
}

/** What is measured, in the order of a round. */
export const variants = {
  program: { label: 'Livegrad, program', kind: 'own', library: 'own', device: 'wasm', how: 'program' },
  plain: { label: 'Livegrad, plain path', kind: 'own', library: 'own', device: 'wasm', how: 'plain' },
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
  `Without a GPU: webgl and webgpu run in software (SwiftShader), which says nothing of their speed on a card.`,
  '“tfjs wasm + composed” is tfjs’s WASM backend with the kernels that it lacks for training composed of kernels that it has, and its own Adam; networks in tfjs’s core operations, an LSTM unrolled over time.',
  'jax-js: the whole step as one `jit` function; words of `lstm` as one-hot rows, for it has no gradient of a look-up.',
  'ConvNetJS: one example at a time, Adadelta (its release has no Adam). brain.js: an update for each example; of sequences it learns from 4 of 32, and the time is scaled.',
];
