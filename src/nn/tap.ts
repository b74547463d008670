import type { Variables } from '#src/nn/gradients.ts';
import * as tf from '#src/nn/tf.ts';

/** What was recorded, by the name given to `tap`. The tensors outlive every tidy: whoever records disposes them. */
export interface Taps {
  values: Record<string, tf.Tensor>;
  /** Gradients of whatever was differentiated inside; a value that it does not depend on has none. */
  gradients: Record<string, tf.Tensor>;
}

let recording: Taps | undefined;

/**
 * Names a value of a model so that a trace can show it, and the gradient by it. Returns `x`: while a trace is
 * recorded, through an operation that changes no number.
 */
export function tap<T extends tf.Tensor>(name: string, x: T): T {
  if (recording === undefined) return x;
  const taps = recording;
  traceValue(name, x);
  const identity = tf.customGrad(() => ({
    value: tf.clone(x),
    gradFunc: (gradient: T) => {
      taps.gradients[name] = tf.keep(tf.clone(gradient));
      return gradient;
    },
  }));
  return identity(x);
}

/** Whether a trace is recorded: what nothing but a trace shows need not be computed otherwise. */
export function isTracing(): boolean {
  return recording !== undefined;
}

/** Names a value that an operation has inside, where no `tap` can stand. */
export function traceValue(name: string, value: tf.Tensor): void {
  if (recording === undefined) return;
  if (name in recording.values) throw new Error(`A trace has two values named '${name}'.`);
  recording.values[name] = tf.keep(tf.clone(value));
}

/** Names a gradient by such a value. */
export function traceGradient(name: string, gradient: tf.Tensor): void {
  if (recording !== undefined) recording.gradients[name] = tf.keep(tf.clone(gradient));
}

/** Runs `compute` (a forward pass, or forward and backward) and keeps what `tap` names inside it. */
export function recordTaps<T>(compute: () => T): { result: T } & Taps {
  const taps: Taps = { values: {}, gradients: {} };
  const before = recording;
  recording = taps;
  try {
    return { result: compute(), ...taps };
  } catch (error) {
    disposeTaps(taps);
    throw error;
  } finally {
    recording = before;
  }
}

/** What a step of training computed. */
export interface UpdateTaps extends Taps {
  /** By how much each variable changed. */
  updates: Record<string, tf.Tensor>;
}

/** Runs a step of training, and keeps what `tap` names inside it and how it changed the variables. */
export function recordUpdate<T>(learn: () => T, variables: Variables): { result: T } & UpdateTaps {
  const before = Object.entries(variables).map(([name, variable]) => [name, tf.clone(variable)] as const);
  try {
    const taps = recordTaps(learn);
    const updates = before.map(([name, old]) => [name, tf.sub(variables[name] as tf.Tensor, old)] as const);
    return { ...taps, updates: Object.fromEntries(updates) };
  } finally {
    tf.dispose(before.map(([, old]) => old));
  }
}

export function disposeTaps({ values, gradients, updates = {} }: Taps & Partial<UpdateTaps>): void {
  tf.dispose([values, gradients, updates]);
}
