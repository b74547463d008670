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

export function disposeTaps({ values, gradients }: Taps): void {
  tf.dispose(values);
  tf.dispose(gradients);
}
