import * as tf from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBackend, stopBackend } from '#src/engine/backends.ts';
import { onOwnCall, runOwn } from '#src/engine/kernels/heap.ts';
import type { OwnCall } from '#src/engine/kernels/heap.ts';
import { unaryOperation } from '#src/engine/kernels/operations.ts';
import { createRandom } from '#src/nn/random.ts';

const activations = {
  linear: (x: tf.Tensor) => x,
  relu: tf.relu,
  relu6: tf.relu6,
  sigmoid: tf.sigmoid,
  leakyrelu: (x: tf.Tensor) => tf.leakyRelu(x, 0.3),
};
const names = Object.keys(activations) as (keyof typeof activations)[];

describe('the fused WASM kernels', () => {
  beforeAll(() => startBackend('wasm'));
  afterAll(() => stopBackend());

  it.each(names.flatMap((activation) => [false, true].map((transposeB) => ({ activation, transposeB }))))(
    'a product, bias and $activation are the three after one another, to the last bit: b transposed $transposeB',
    async ({ activation, transposeB }) => {
      const a = numbers([6, 101], 'a') as tf.Tensor2D;
      const b = numbers(transposeB ? [11, 101] : [101, 11], 'b') as tf.Tensor2D;
      const bias = numbers([11], 'bias');
      const fused = tf.fused.matMul({ a, b, transposeB, bias, activation, leakyreluAlpha: 0.3 });
      const plain = activations[activation](tf.add(tf.matMul(a, b, false, transposeB), bias));
      expect(await fused.data()).toEqual(await plain.data());
    },
  );

  it.each(names.flatMap((activation) => [1, 2].map((strides) => ({ activation, strides }))))(
    'a convolution, bias and $activation are the three after one another, to the last bit: stride $strides',
    async ({ activation, strides }) => {
      const x = numbers([2, 7, 9, 3], 'x') as tf.Tensor4D;
      const filter = numbers([3, 3, 3, 5], 'filter') as tf.Tensor4D;
      const bias = numbers([5], 'bias');
      const fused = tf.fused.conv2d({ x, filter, strides, pad: 'same', bias, activation, leakyreluAlpha: 0.3 });
      const plain = activations[activation](tf.add(tf.conv2d(x, filter, strides, 'same'), bias));
      expect(await fused.data()).toEqual(await plain.data());
    },
  );

  it.each(['relu', 'sigmoid', 'tanh', 'leakyRelu'] as const)(
    'the gradient of %s is that of tfjs, to the last bit',
    async (kind) => {
      const x = numbers([5, 9], 'x');
      const dy = numbers([5, 9], 'dy');
      const activate = {
        relu: tf.relu,
        sigmoid: tf.sigmoid,
        tanh: tf.tanh,
        leakyRelu: (z: tf.Tensor) => tf.leakyRelu(z),
      };
      const plain = tf.grad(activate[kind])(x, dy);
      const out = wasm().makeOutput([5, 9], 'float32');
      runOwn('activationGradient', unaryOperation[kind], 45, activate[kind](x), dy, 0.2, out);
      expect(wasm().typedArrayFromHeap(out)).toEqual(await plain.data());
    },
  );

  it('a bias and an activation are the two after one another, to the last bit, on five columns and on eight', async () => {
    for (const columns of [5, 8]) {
      const x = numbers([7, columns], 'x');
      const bias = numbers([columns], 'bias');
      const out = wasm().makeOutput([7, columns], 'float32');
      runOwn('biasActivation', 7, columns, x, bias, unaryOperation.tanh, 0, out);
      expect(wasm().typedArrayFromHeap(out)).toEqual(await tf.tanh(tf.add(x, bias)).data());
    }
  });

  it('an own call is heard of before it is made, tensors and scratch memory by themselves', async () => {
    const calls: OwnCall[] = [];
    onOwnCall((call) => calls.push(call));
    const a = numbers([2, 3], 'a');
    const product = tf.matMul(a, a, false, true);
    onOwnCall(undefined);
    tf.relu(a);
    expect(calls.map(({ name }) => name)).toEqual(['multiplyBatch']);
    expect(calls[0]?.arguments).toContainEqual({ scratchBytes: 108 });
    expect(
      calls[0]?.arguments.filter((argument) => typeof argument === 'object' && argument && 'dataId' in argument),
    ).toHaveLength(3);
    expect(await product.data()).toHaveLength(4);
  });
});

function wasm(): BackendWasm {
  return tf.backend() as BackendWasm;
}

function numbers(shape: number[], stream: string): tf.Tensor {
  return tf.tensor(createRandom(1, stream).normals(tf.util.sizeFromShape(shape)), shape);
}
