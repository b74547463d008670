import * as tf from '#src/nn/tf.ts';

/** A tensor's numbers on the CPU, in memory of their own. */
export interface Read {
  shape: number[];
  values: Float32Array<ArrayBuffer>;
}

/** Brings tensors to the CPU in one read-back for all: each costs a round trip to a GPU. */
export async function readTensors(tensors: Readonly<Record<string, tf.Tensor>>): Promise<Record<string, Read>> {
  const entries = Object.entries(tensors);
  if (entries.length === 0) return {};
  const joined = tf.tidy(() => tf.concat(entries.map(([, tensor]) => tf.reshape(tensor, [tensor.size]))));
  try {
    const all = await joined.data<'float32'>();
    let from = 0;
    return Object.fromEntries(
      entries.map(([name, { shape, size }]) => {
        const values = new Float32Array(all.subarray(from, from + size));
        from += size;
        return [name, { shape: [...shape], values }];
      }),
    );
  } finally {
    joined.dispose();
  }
}

/** The same for tensors that nobody needs any more: they are freed. */
export async function readAndDispose(tensors: Readonly<Record<string, tf.Tensor>>): Promise<Record<string, Read>> {
  try {
    return await readTensors(tensors);
  } finally {
    tf.dispose(tensors);
  }
}

/** Of a tensor with a batch, `[batch, …]`, what its first example has: a new tensor. */
export function firstExample(tensor: tf.Tensor): tf.Tensor {
  return tf.tidy(() => tf.reshape(tf.slice(tensor, 0, 1), tensor.shape.slice(1)));
}
