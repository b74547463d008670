import type { ImageSplits } from '#datasets/dataset.ts';
import { createBatchOrder } from '#src/nn/imageBatches.ts';
import { createRandom } from '#src/nn/random.ts';
import type { Values } from '#src/training/spec.ts';
import { activate, connect, convolve, crossEntropy, halfSquares, optimizers, pool2 } from './float64.ts';
import type { Expectations, Reference } from './playgrounds.ts';

const small = { batchSize: 8, filters1: 2, filters2: 3 };

/** Every activation with either pooling and two sizes of kernel; optimizers, L2 and dropout in turn. */
const cases: Values[] = ['relu', 'leakyRelu', 'tanh', 'sigmoid'].flatMap((activation, at) =>
  ['max', 'average'].flatMap((pooling) =>
    [3, 5].map((kernelSize, turn) => ({
      activation,
      pooling,
      kernelSize,
      optimizer: ['sgd', 'momentum', 'rmsprop', 'adam'][(at + turn + (pooling === 'max' ? 0 : 2)) % 4] ?? '',
      learningRate: 0.05,
      l2: turn === 0 ? 0.02 : 0,
      dropout: (pooling === 'max') === (turn === 0) ? 0.35 : 0,
    })),
  ),
);
cases.push({ kernelSize: 7, learningRate: 0.05, l2: 0.02, dropout: 0.35 });

const lossOf: Reference['lossOf'] = (data, values, seed, steps, weights) => {
  const { train } = data as ImageSplits;
  const batch = Number(values['batchSize']);
  const size = Number(values['kernelSize']);
  const rate = Number(values['dropout']);
  const tensor = (name: string) => weights[name] ?? new Float64Array(0);
  const chosen = [...createBatchOrder(train.count, batch, seed)(steps)];
  const labels = chosen.map((example) => train.labels[example] ?? 0);
  const x = Float64Array.from({ length: batch * 784 }, (_, at) => {
    const example = chosen[Math.floor(at / 784)] ?? 0;
    return (train.pixels[example * 784 + (at % 784)] ?? 0) / 255;
  });
  const [filters1, filters2] = [tensor('bias1').length, tensor('bias2').length];
  const z1 = convolve(x, [batch, 28, 28, 1], tensor('kernel1'), tensor('bias1'), size);
  const p1 = pool2(activate(z1, values['activation']), [batch, 28, 28, filters1], values['pooling']);
  const z2 = convolve(p1, [batch, 14, 14, filters1], tensor('kernel2'), tensor('bias2'), size);
  const p2 = pool2(activate(z2, values['activation']), [batch, 14, 14, filters2], values['pooling']);
  const mask = createRandom(seed, 'dropout', steps).uniforms(p2.length);
  const features = p2.map((feature, at) => ((mask[at] ?? NaN) < rate ? 0 : feature / (1 - rate)));
  const loss = crossEntropy(connect(features, batch, tensor('denseWeights'), tensor('denseBias')), labels);
  const penalty = halfSquares(weights['kernel1'], weights['kernel2'], weights['denseWeights']);
  return { loss, total: loss + Number(values['l2']) * penalty };
};

export const expectations: Expectations = {
  // 94 of 100 were measured from seeds 7, 1 and 2; a network that reads nothing reads 10.
  learns: { seed: 7, steps: 200, metric: 'unseen-accuracy', above: 0.92 },
  small,
  question: { type: 'read', pixels: Float32Array.from({ length: 784 }, (_, at) => (at % 29 < 3 ? 1 : 0)) },
  edit: { type: 'set-kernel', layer: 2, filter: 1, channel: 1, row: 0, column: 2, value: 0.75 },
  strayEdits: [
    { column: 3 },
    { row: -1 },
    { filter: 3 },
    { channel: 0.5 },
    { value: Number.NaN },
    { value: 'one' },
  ].map((stray) => ({ type: 'set-kernel', layer: 2, filter: 1, channel: 1, row: 0, column: 2, value: 0.75, ...stray })),
  changes: [{ learningRate: 0.02 }, { dropout: 0.5, l2: 0.001 }],
  shapes(values) {
    const [size, one, two] = ['kernelSize', 'filters1', 'filters2'].map((name) => Number(values[name]));
    if (size === undefined || one === undefined || two === undefined) return {};
    return {
      x: [28, 28],
      kernel1: [size, size, 1, one],
      bias1: [one],
      z1: [28, 28, one],
      a1: [28, 28, one],
      p1: [14, 14, one],
      kernel2: [size, size, one, two],
      bias2: [two],
      z2: [14, 14, two],
      a2: [14, 14, two],
      p2: [7, 7, two],
      denseWeights: [49 * two, 10],
      denseBias: [10],
      logits: [10],
      probabilities: [10],
      loss: [],
      label: [],
      labels: [1000],
      strip: [30, 28, 28],
    };
  },
  reference: {
    cases,
    lossOf,
    update(values, weight, gradient, slots, step) {
      const update = optimizers[String(values['optimizer'])] ?? (() => NaN);
      return update(weight, gradient, Number(values['learningRate']), slots, step);
    },
  },
};
