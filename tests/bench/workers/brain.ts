import brain from 'brain.js/dist/browser.js';
import { given, type Batch, type Given } from '../data.ts';
import type { WorkloadName } from '../data.ts';
import { serve } from './serve.ts';
import { timeSteps, type Subject } from './timing.ts';

/** Of a batch of sequences so many are learnt from; times are scaled to all of them. */
const sequencesTimed = 4;

serve(async (job) => {
  if (job.measure !== 'time') throw new Error('only times are measured');
  const { workload } = job;
  const start: Given = given[workload](job.seed);
  if (workload === 'mlp') return timeSteps(() => createDense(start), job.limits);
  if (workload !== 'lstm' && workload !== 'char') throw new Error('not offered');
  const timed = await timeSteps(() => createRecurrent(workload, start.batch), job.limits);
  const scaled = (times: readonly number[]) => times.map((time) => (time * start.batch.size) / sequencesTimed);
  return { ...timed, singly: scaled(timed.singly), samples: scaled(timed.samples) };
});

/** Weights of its own, tanh at the output, an update of Adam for each example; one step is the whole batch once. */
function createDense({ batch, learningRate }: Given): Subject {
  const net = new brain.NeuralNetwork({ hiddenLayers: [8, 8], activation: 'tanh', inputSize: 2, outputSize: 1 });
  const data = [...batch.labels].map((label, at) => ({
    input: [...batch.x.values.subarray(2 * at, 2 * at + 2)],
    output: [label],
  }));
  let loss = Number.NaN;
  return {
    step: () => void (loss = net.train(data, { iterations: 1, errorThresh: 1e-9, praxis: 'adam', learningRate }).error),
    readLoss: () => loss,
  };
}

/** An LSTM that foretells the next token of each sequence, with an update like RMSprop's for each. */
function createRecurrent(workload: WorkloadName, { x }: Batch): Subject {
  const [hiddenLayers, tokens] = workload === 'lstm' ? [[32, 32], 500] : [[128], 64];
  const timeSteps = x.shape[1] ?? 1;
  const net = new brain.recurrent.LSTM({
    inputSize: tokens,
    inputRange: tokens,
    outputSize: tokens,
    hiddenLayers,
    maxPredictionLength: timeSteps,
  });
  net.initialize();
  const sequences = Array.from({ length: sequencesTimed }, (_, at) => [
    ...x.values.subarray(at * timeSteps, (at + 1) * timeSteps),
  ]);
  let loss = Number.NaN;
  return {
    step() {
      const losses = sequences.map((sequence) => net.trainPattern(sequence, 0.001));
      loss = losses.reduce((sum, one) => sum + one) / sequencesTimed;
    },
    readLoss: () => loss,
  };
}
