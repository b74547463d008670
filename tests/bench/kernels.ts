/**
 * Times each of our WASM kernels beside what it takes the place of, in Node on the shapes of the book: `node
 * build/run.mjs tests/bench/kernels.ts [part of a name]`. Rounds alternate; microseconds of the fastest round.
 */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import type { KernelConfig, NamedAttrMap, NamedTensorMap } from '@tensorflow/tfjs-core';
import { startBackend } from '#src/engine/backends.ts';
import { createRandom } from '#src/nn/random.ts';
import { registerComposedKernels } from './composed/register.ts';

interface Case {
  name: string;
  kernel: string;
  inputs: NamedTensorMap;
  attributes?: NamedAttrMap;
}

const rounds = 15;
const milliseconds = 2;

registerComposedKernels();
const before = new Map(tf.getKernelsForBackend('wasm').map((kernel) => [kernel.kernelName, kernel]));
await startBackend('wasm');
const wanted = process.argv[3] ?? '';

for (const tested of [...convolutions(), ...products(), ...pools(), ...elementwise()]) {
  if (!tested.name.includes(wanted)) continue;
  const ours = tf.getKernel(tested.kernel, 'wasm');
  const times: Record<'before' | 'ours', number[]> = { before: [], ours: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const side of ['before', 'ours'] as const) {
      // A composition must not use our kernels within.
      const restore = side === 'before' ? putBack() : undefined;
      times[side].push(microseconds(tested));
      restore?.();
    }
  }
  const [old, own] = [Math.min(...times.before), Math.min(...times.ours)];
  const note = ours.kernelFunc === before.get(tested.kernel)?.kernelFunc ? ' (the same kernel)' : '';
  console.log(
    `${tested.name.padEnd(52)} ${old.toFixed(1).padStart(9)} ${own.toFixed(1).padStart(9)} ${(old / own).toFixed(2).padStart(7)}${note}`,
  );
}

function putBack(): () => void {
  const ours = tf.getKernelsForBackend('wasm');
  const place = (kernels: Iterable<KernelConfig>) => {
    for (const kernel of kernels) {
      if (tf.getKernel(kernel.kernelName, 'wasm') !== undefined) tf.unregisterKernel(kernel.kernelName, 'wasm');
      tf.registerKernel(kernel);
    }
  };
  place(before.values());
  return () => place(ours);
}

/** Of one call, repeated for some milliseconds. */
function microseconds({ kernel, inputs, attributes }: Case): number {
  const run = () => {
    const made: tf.Tensor | tf.Tensor[] = tf.engine().runKernel(kernel, inputs, attributes);
    tf.dispose(made);
  };
  run();
  const start = performance.now();
  let calls = 0;
  while (performance.now() - start < milliseconds || calls < 2) {
    run();
    calls += 1;
  }
  return ((performance.now() - start) / calls) * 1000;
}

function numbers(shape: number[]): tf.Tensor {
  return tf.tensor(createRandom(1, 'bench').normals(tf.util.sizeFromShape(shape)), shape);
}

function convolutions(): Case[] {
  return (
    [
      ['28x28x1 3x3x8', [64, 28, 28, 1], [3, 3, 1, 8], 1],
      ['14x14x8 3x3x16', [64, 14, 14, 8], [3, 3, 8, 16], 1],
      ['28x28x1 5x5x8', [64, 28, 28, 1], [5, 5, 1, 8], 1],
      ['28x28x1 4x4x16 stride 2', [64, 28, 28, 1], [4, 4, 1, 16], 2],
      ['20x20x1 4x4x16 stride 2', [64, 20, 20, 1], [4, 4, 1, 16], 2],
      ['10x10x16 4x4x32 stride 2', [64, 10, 10, 16], [4, 4, 16, 32], 2],
      ['14x14x64 4x4x128 stride 2', [32, 14, 14, 64], [4, 4, 64, 128], 2],
      ['64x64x3 3x3x32', [16, 64, 64, 3], [3, 3, 3, 32], 1],
      ['32x32x32 3x3x64', [16, 32, 32, 32], [3, 3, 32, 64], 1],
      ['16x16x64 3x3x128', [16, 16, 16, 64], [3, 3, 64, 128], 1],
    ] as const
  ).flatMap(([name, input, kernel, stride]) => {
    const x = numbers([...input]);
    const filter = numbers([...kernel]);
    const attributes = { strides: stride, pad: 'same', dataFormat: 'NHWC', dilations: 1 } as unknown as NamedAttrMap;
    const dy = numbers(tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, stride, 'same').shape);
    return [
      { name: `Conv2D ${name}`, kernel: tf.Conv2D, inputs: { x, filter }, attributes },
      {
        name: `Conv2DBackpropInput ${name}`,
        kernel: tf.Conv2DBackpropInput,
        inputs: { dy, filter },
        attributes: { ...attributes, inputShape: [...input] },
      },
      {
        name: `Conv2DBackpropFilter ${name}`,
        kernel: tf.Conv2DBackpropFilter,
        inputs: { x, dy },
        attributes: { ...attributes, filterShape: [...kernel] },
      },
    ];
  });
}

function products(): Case[] {
  return (
    [
      [32, 2, 8],
      [150, 14, 14],
      [64, 784, 10],
      [32, 32, 128],
      [32, 128, 512],
    ] as const
  ).flatMap(([rows, depth, columns]) =>
    (
      [
        [false, false],
        [true, false],
        [false, true],
      ] as const
    ).map(([transposeA, transposeB]) => ({
      name: `BatchMatMul ${rows}x${depth}x${columns}${transposeA ? ' a transposed' : ''}${transposeB ? ' b transposed' : ''}`,
      kernel: tf.BatchMatMul,
      inputs: {
        a: numbers(transposeA ? [1, depth, rows] : [1, rows, depth]),
        b: numbers(transposeB ? [1, columns, depth] : [1, depth, columns]),
      },
      attributes: { transposeA, transposeB },
    })),
  );
}

function pools(): Case[] {
  return (
    [
      [64, 28, 28, 8],
      [64, 14, 14, 16],
      [16, 64, 64, 32],
    ] as const
  ).flatMap((shape) => {
    const attributes = { filterSize: 2, strides: 2, pad: 'valid' } as unknown as NamedAttrMap;
    const input = numbers([...shape]);
    const output = tf.maxPool(input as tf.Tensor4D, 2, 2, 'valid');
    const dy = numbers(output.shape);
    return [
      { name: `MaxPool ${shape.join('x')}`, kernel: tf.MaxPool, inputs: { x: input }, attributes },
      { name: `MaxPoolGrad ${shape.join('x')}`, kernel: tf.MaxPoolGrad, inputs: { dy, input, output }, attributes },
      { name: `AvgPool ${shape.join('x')}`, kernel: tf.AvgPool, inputs: { x: input }, attributes },
      { name: `AvgPoolGrad ${shape.join('x')}`, kernel: tf.AvgPoolGrad, inputs: { dy, input }, attributes },
    ];
  });
}

function elementwise(): Case[] {
  const shapes = [
    [32, 8],
    [150, 14],
    [64, 28, 28, 8],
  ];
  const one = [tf.Relu, tf.LeakyRelu, tf.Step, tf.Sigmoid, tf.Tanh, tf.Square, tf.Sqrt, tf.Exp, tf.Neg];
  const two = [tf.Add, tf.Sub, tf.Multiply, tf.RealDiv];
  return shapes.flatMap((shape) => {
    const x = numbers(shape);
    const places = shape.join('x');
    const row = numbers([shape.at(-1) ?? 1]);
    return [
      ...one.map((kernel) => ({ name: `${kernel} ${places}`, kernel, inputs: { x }, attributes: { alpha: 0.2 } })),
      ...two.flatMap((kernel) => [
        { name: `${kernel} ${places}`, kernel, inputs: { a: x, b: numbers(shape) } },
        { name: `${kernel} ${places} and a row`, kernel, inputs: { a: x, b: row } },
        { name: `${kernel} ${places} and a number`, kernel, inputs: { a: x, b: tf.scalar(3) } },
      ]),
      {
        name: `Sum ${places} leading axes`,
        kernel: tf.Sum,
        inputs: { x },
        attributes: { axis: shape.slice(0, -1).map((_, axis) => axis), keepDims: false },
      },
      {
        name: `Sum ${places} last axis`,
        kernel: tf.Sum,
        inputs: { x },
        attributes: { axis: [shape.length - 1], keepDims: false },
      },
      {
        name: `Sum ${places} all`,
        kernel: tf.Sum,
        inputs: { x },
        attributes: { axis: shape.map((_, axis) => axis), keepDims: false },
      },
    ];
  });
}
