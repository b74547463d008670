import { lax, nn, numpy as np } from '@jax-js/jax';
import type { Batch, WorkloadName } from '../../data.ts';
import { arrayOf, picturesOf, type JaxArray, type Weights } from './arrays.ts';

/** A network: weights, input and labels to a loss. Every array given to it is consumed. */
export type ComputeLoss = (weights: Weights, x: JaxArray, labels: JaxArray) => JaxArray;

interface Model {
  computeLoss: ComputeLoss;
  x: JaxArray;
  labels: JaxArray;
}

/** The same networks as in `workloads`, in the way of jax-js. */
export function createModel(workload: WorkloadName, batch: Batch): Model {
  const { size } = batch;
  const binary = () => np.array(Float32Array.from(batch.labels)).reshape([size, 1]);
  const oneOf = (count: number) => nn.oneHot(np.array(batch.labels, { dtype: np.int32 }), count);
  const x = batch.x as { shape: number[]; values: Float32Array<ArrayBuffer> };
  switch (workload) {
    case 'mlp':
      return { computeLoss: mlp, x: arrayOf(x), labels: binary() };
    case 'cnn':
      return { computeLoss: cnn, x: picturesOf(x), labels: oneOf(10) };
    case 'rgb64':
      return { computeLoss: rgb64, x: picturesOf(x), labels: binary() };
    case 'lstm':
      return { computeLoss: lstm, x: tokensOf(batch, 500), labels: oneOf(10) };
    case 'char':
      return { computeLoss: char, x: tokensOf(batch, 64), labels: oneOf(64) };
    default:
      throw new Error(`${workload} is a GAN`);
  }
}

const mlp: ComputeLoss = (weights, x, labels) => {
  const hidden1 = np.tanh(dense(x, weights, 'dense1'));
  const hidden2 = np.tanh(dense(hidden1, weights, 'dense2'));
  return sigmoidCrossEntropy(dense(hidden2, weights, 'dense3'), labels);
};

const cnn: ComputeLoss = (weights, x, labels) => {
  const layer1 = pool(nn.relu(convolve(x, weights, 'conv1')));
  const layer2 = pool(nn.relu(convolve(layer1, weights, 'conv2')));
  return softmaxCrossEntropy(dense(flatten(layer2), weights, 'dense'), labels);
};

const rgb64: ComputeLoss = (weights, x, labels) => {
  for (const layer of ['conv1', 'conv2', 'conv3', 'conv4']) x = pool(nn.relu(evenSides(convolve(x, weights, layer))));
  const hidden = nn.relu(dense(flatten(x), weights, 'dense1'));
  return sigmoidCrossEntropy(dense(hidden, weights, 'dense2'), labels);
};

/** jax-js has no gradient of a look-up, so words are given as rows of zeros with a one. */
const lstm: ComputeLoss = ({ embedding, ...weights }, x, labels) => {
  const [batch = 1, time = 1, words = 1] = x.shape;
  const embedded = np.dot(x.reshape([batch * time, words]), embedding as JaxArray).reshape([batch, time, -1]);
  const first = np.stack(unrolled(embedded, weights, 'lstm1'), 1);
  const states = unrolled(first, weights, 'lstm2');
  const last = states.pop() as JaxArray;
  for (const state of states) state.dispose();
  return softmaxCrossEntropy(dense(last, weights, 'dense'), labels);
};

const char: ComputeLoss = (weights, x, labels) => {
  const states = np.stack(unrolled(x, weights, 'lstm'), 1);
  const [batch = 1, time = 1, units = 1] = states.shape;
  return softmaxCrossEntropy(dense(states.reshape([batch * time, units]), weights, 'dense'), labels);
};

function tokensOf({ x }: Batch, count: number): JaxArray {
  return nn.oneHot(np.array(x.values, { dtype: np.int32 }).reshape(x.shape), count);
}

function part(weights: Weights, name: string): JaxArray {
  const found = weights[name];
  if (!found) throw new Error(`There are no weights '${name}'.`);
  return found;
}

export function dense(x: JaxArray, weights: Weights, layer: string): JaxArray {
  return np.dot(x, part(weights, `${layer}Weights`)).add(part(weights, `${layer}Bias`));
}

export function convolve(
  x: JaxArray,
  weights: Weights,
  layer: string,
  stride = 1,
  padding: 'VALID' | [number, number][] = 'VALID',
): JaxArray {
  const sums = lax.convGeneralDilated(x, part(weights, `${layer}Kernel`), [stride, stride], padding);
  return sums.add(part(weights, `${layer}Bias`).reshape([-1, 1, 1]));
}

/** A transposed convolution of stride 2 and kernel 4: the input's rows and columns drawn apart, then a convolution. */
export function widen(x: JaxArray, weights: Weights, layer: string): JaxArray {
  const padding: [number, number][] = [
    [2, 2],
    [2, 2],
  ];
  const kernel = part(weights, `${layer}Kernel`);
  const sums = lax.convGeneralDilated(x, kernel, [1, 1], padding, { lhsDilation: [2, 2] });
  return sums.add(part(weights, `${layer}Bias`).reshape([-1, 1, 1]));
}

function pool(x: JaxArray): JaxArray {
  return lax.reduceWindow(x, np.max, [2, 2], [2, 2]);
}

/** Without the last row and column where their number is odd: its pool wants whole windows. */
function evenSides(x: JaxArray): JaxArray {
  const [, , height = 0, width = 0] = x.shape;
  if (height % 2 === 0 && width % 2 === 0) return x;
  return x.slice([], [], [0, height - (height % 2)], [0, width - (width % 2)]);
}

function flatten(x: JaxArray): JaxArray {
  return x.reshape([x.shape[0] ?? 1, -1]);
}

/** States of all times; the products with the input are computed for all of them at once. */
function unrolled(x: JaxArray, weights: Weights, layer: string): JaxArray[] {
  const [batch = 1, time = 1, features = 1] = x.shape;
  const recurrent = part(weights, `${layer}Recurrent`);
  const units = recurrent.shape[0] ?? 1;
  const sums = np
    .dot(x.reshape([batch * time, features]), part(weights, `${layer}Kernel`))
    .add(part(weights, `${layer}Bias`))
    .reshape([batch, time, 4 * units]);
  let [hidden, cell]: JaxArray[] = [np.zeros([batch, units]), np.zeros([batch, units])];
  const states: JaxArray[] = [];
  for (let at = 0; at < time; at++) {
    const now: JaxArray = sums.ref.slice([], at).add(np.dot(hidden as JaxArray, recurrent.ref));
    const input = nn.sigmoid(now.ref.slice([], [0, units]));
    const forget = nn.sigmoid(now.ref.slice([], [units, 2 * units]));
    const candidate = np.tanh(now.ref.slice([], [2 * units, 3 * units]));
    const output = nn.sigmoid(now.slice([], [3 * units, 4 * units]));
    cell = forget.mul(cell as JaxArray).add(input.mul(candidate));
    hidden = output.mul(np.tanh(cell.ref));
    states.push(hidden.ref);
  }
  for (const rest of [sums, recurrent, hidden, cell]) rest?.dispose();
  return states;
}

/** log(1 + e^x) - x y, written so that no exponential overflows. */
export function sigmoidCrossEntropy(logits: JaxArray, targets: JaxArray): JaxArray {
  const tail = np.log(np.exp(np.abs(logits.ref).mul(-1)).add(1));
  return np.mean(np.maximum(logits.ref, 0).sub(logits.mul(targets)).add(tail));
}

function softmaxCrossEntropy(logits: JaxArray, truth: JaxArray): JaxArray {
  const [rows = 1] = logits.shape;
  return nn
    .logSoftmax(logits)
    .mul(truth)
    .sum()
    .mul(-1 / rows);
}
