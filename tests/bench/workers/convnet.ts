import convnetjs from 'convnetjs';
import { given, type Given } from '../data.ts';
import { serve } from './serve.ts';
import { timeSteps, type Subject } from './timing.ts';

const pool = { type: 'pool', sx: 2, stride: 2 };
const tanh = { type: 'fc', num_neurons: 8, activation: 'tanh' };
const input = (size: number, depth: number) => ({ type: 'input', out_sx: size, out_sy: size, out_depth: depth });
const convolution = (filters: number) => ({ type: 'conv', sx: 3, filters, stride: 1, pad: 0, activation: 'relu' });
const classes = (count: number) => ({ type: 'softmax', num_classes: count });

/** The networks that ConvNetJS has layers for. It tells two classes by a softmax of two logits. */
const networks: Record<string, Record<string, unknown>[]> = {
  mlp: [input(1, 2), tanh, tanh, classes(2)],
  cnn: [input(28, 1), convolution(8), pool, convolution(16), pool, classes(10)],
  rgb64: [
    input(64, 3),
    ...[32, 64, 128, 128].flatMap((filters) => [convolution(filters), pool]),
    { type: 'fc', num_neurons: 512, activation: 'relu' },
    classes(2),
  ],
};

serve(async (job) => {
  if (job.measure !== 'time') throw new Error('only times are measured');
  const layers = networks[job.workload];
  if (!layers) throw new Error('not offered');
  const start = given[job.workload](job.seed);
  return timeSteps(() => createSubject(layers, start), job.limits);
});

/** One example at a time. Its release on npm has no Adam; Adadelta costs about as much. */
function createSubject(layers: Record<string, unknown>[], { weights, batch }: Given): Subject {
  const net = new convnetjs.Net();
  net.makeLayers(layers);
  setWeights(net, weights);
  const trainer = new convnetjs.Trainer(net, { method: 'adadelta', batch_size: batch.size, l2_decay: 0 });
  const [, height = 1, width = 1, channels = 1] = batch.x.shape.length === 4 ? batch.x.shape : [0, 1, 1, 2];
  const length = height * width * channels;
  const examples = [...batch.labels].map((label, at) => {
    const x = new convnetjs.Vol(width, height, channels, 0);
    x.w.set(batch.x.values.subarray(at * length, (at + 1) * length));
    return { x, label };
  });
  let loss = Number.NaN;
  return {
    step() {
      const costs = examples.map(({ x, label }) => trainer.train(x, label).cost_loss);
      loss = costs.reduce((sum, cost) => sum + cost) / batch.size;
    },
    readLoss: () => loss,
  };
}

/** The given weights, filter by filter. Where one logit was given for two classes, class 0 has a logit of 0. */
function setWeights(net: InstanceType<typeof convnetjs.Net>, weights: Given['weights']): void {
  const kernels = Object.values(weights).filter((_, at) => at % 2 === 0);
  for (const { filters, biases } of net.layers) {
    if (!filters || !biases) continue;
    biases.w.fill(0);
    const { values, shape } = kernels.shift() ?? { values: new Float32Array(0), shape: [] };
    const outputs = shape.at(-1) ?? 0;
    const missing = filters.length - outputs;
    filters.forEach(({ w }, filter) => {
      w.forEach((_, at) => (w[at] = filter < missing ? 0 : (values[at * outputs + filter - missing] ?? Number.NaN)));
    });
  }
}
