import { defaultDevice, grad, init, lax, nn, numpy as np } from '@jax-js/jax';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { startBackend, stopBackend } from '#src/engine/backends.ts';
import { createRandom } from '#src/nn/random.ts';
import '#src/nn/tf.ts';
import { expectWithin } from './reference.ts';

/** Channels and filters that fill no vector, a stride of 2, a pool that leaves a row out, rows shared by no tile. */
const shapes = { x: [5, 9, 9, 3], conv1: [3, 3, 3, 6], bias1: [6], conv2: [4, 4, 6, 9], bias2: [9], dense: [36, 3] };
type Name = keyof typeof shapes;
const names = Object.keys(shapes) as Name[];

// Seconds, on a machine that others use.
describe('a network on the WASM kernels', { timeout: 60_000 }, () => {
  afterEach(() => stopBackend());

  it('has the gradients that jax-js computes', async () => {
    await startBackend('wasm');
    const weights = names.map((name) => tf.tensor(numbers(name), shapes[name]));
    const found = tf.grads((...given: tf.Tensor[]) => loss(given))(weights);
    const expected = await jaxGradients();
    expect(expected).toHaveLength(names.length);
    for (const [place, gradient] of expected.entries()) {
      expectWithin(2e-5, await found[place]?.data(), gradient);
    }
  });

  it('loses over 200 steps as on the plain kernels of another backend, the heap growing in between', async () => {
    const own = await losses('wasm');
    const plain = await losses('cpu');
    expect(own.at(-1)).toBeLessThan((own[0] ?? 0) / 20);
    expectWithin(1e-4, own, plain);
  });

  it('gives the same 20 losses again, bit for bit, wherever its tensors lie', async () => {
    const first = await losses('wasm', 20);
    await stopBackend();
    await startBackend('wasm');
    const elsewhere = tf.zeros([12_345]);
    expect(await losses('wasm', 20)).toEqual(first);
    elsewhere.dispose();
  });
});

function numbers(name: Name): Float32Array {
  const scale = name === 'x' ? 1 : 0.3;
  return createRandom(3, name)
    .normals(tf.util.sizeFromShape(shapes[name]))
    .map((value) => value * scale);
}

function loss([x, conv1, bias1, conv2, bias2, dense]: tf.Tensor[]): tf.Scalar {
  const first = tf.relu(tf.add(tf.conv2d(x as tf.Tensor4D, conv1 as tf.Tensor4D, 1, 'valid'), bias1 as tf.Tensor));
  const pooled = tf.maxPool(first as tf.Tensor4D, 2, 1, 'valid');
  const second = tf.tanh(tf.add(tf.conv2d(pooled, conv2 as tf.Tensor4D, 2, 'valid'), bias2 as tf.Tensor));
  const outputs = tf.sigmoid(tf.matMul(tf.reshape(second, [5, 36]), dense as tf.Tensor2D));
  return tf.mean(tf.square(tf.sub(outputs, tf.tensor(targets()))));
}

/** `[5, 3]` */
function targets(): number[][] {
  return Array.from({ length: 5 }, (_, row) => [0, 1, 2].map((column) => (row % 3 === column ? 1 : 0)));
}

async function losses(backend: 'wasm' | 'cpu', steps = 200): Promise<number[]> {
  await startBackend(backend);
  const x = tf.tensor(numbers('x'), shapes.x);
  const variables = names.slice(1).map((name) => tf.variable(tf.tensor(numbers(name), shapes[name])));
  const found: number[] = [];
  for (let step = 0; step < steps; step += 1) {
    const grown = step === steps / 2 ? tf.zeros([5000, 5000]) : undefined;
    const value = tf.tidy(() => {
      const result = tf.valueAndGrads((...weights: tf.Tensor[]) => loss([x, ...weights]))(variables);
      variables.forEach((weights, place) =>
        weights.assign(tf.sub(weights, tf.mul(result.grads[place] as tf.Tensor, 0.5))),
      );
      return result.value;
    });
    found.push((await value.data())[0] ?? Number.NaN);
    tf.dispose([value, grown ?? []]);
  }
  tf.dispose([x, ...variables]);
  return found;
}

type NdArray = np.Array;

/** The same network in jax-js, whose images are `[batch, channels, height, width]`, in that library's derivatives. */
async function jaxGradients(): Promise<Float32Array[]> {
  await init('wasm');
  defaultDevice('wasm');
  const compute = (...[x, conv1, bias1, conv2, bias2, dense]: NdArray[]) => {
    const first = nn.relu(
      convolve(toChannelsFirst(x as NdArray), conv1 as NdArray, 1).add((bias1 as NdArray).reshape([-1, 1, 1])),
    );
    const pooled = lax.reduceWindow(first, np.max, [2, 2], [1, 1]);
    const second = np.tanh(convolve(pooled, conv2 as NdArray, 2).add((bias2 as NdArray).reshape([-1, 1, 1])));
    const outputs = nn.sigmoid(np.dot(second.transpose([0, 2, 3, 1]).reshape([5, 36]), dense as NdArray));
    const difference = outputs.sub(np.array(targets()));
    return difference.ref.mul(difference).mean();
  };
  const given = names.map((name) => np.array(numbers(name), { shape: shapes[name] }));
  const found = grad(compute, { argnums: [0, 1, 2, 3, 4, 5] })(...given);
  return Promise.all(found.map((gradient: NdArray) => gradient.data() as Promise<Float32Array>));
}

function toChannelsFirst(x: NdArray): NdArray {
  return x.transpose([0, 3, 1, 2]);
}

function convolve(x: NdArray, kernel: NdArray, stride: number): NdArray {
  return lax.convGeneralDilated(x, kernel.transpose([3, 2, 0, 1]), [stride, stride], 'VALID');
}
