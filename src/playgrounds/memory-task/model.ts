import { gru } from '#src/nn/gru.ts';
import { glorotUniform, zeros } from '#src/nn/initializers.ts';
import { dense } from '#src/nn/layers.ts';
import { softmaxCrossEntropy } from '#src/nn/losses.ts';
import { lstm } from '#src/nn/lstm.ts';
import type { Random } from '#src/nn/random.ts';
import { gruWeights, lstmWeights, simpleRnnWeights } from '#src/nn/recurrentWeights.ts';
import { lastState } from '#src/nn/sequence.ts';
import { simpleRnn } from '#src/nn/simpleRnn.ts';
import { tap } from '#src/nn/tap.ts';
import * as tf from '#src/nn/tf.ts';

/** A time step shows a letter, whether it is the marked one, and whether it is asked for: 8 + 1 + 1 numbers. */
export const LETTERS = 8;
export const FEATURES = LETTERS + 2;
/** The networks that are compared; they differ in their recurrent layer alone. */
export const NETWORKS = ['rnn', 'gru', 'lstm'] as const;
export type Each<T> = Record<(typeof NETWORKS)[number], T>;
export type Weights = ReturnType<typeof createWeights>;

/** Random at first. The gates that keep, the LSTM's forget gate and the GRU's update gate, begin with `keepBias`. */
export function createWeights(units: number, keepBias: number, random: (stream: string) => Random) {
  const rnn = simpleRnnWeights(FEATURES, units, random('rnn'));
  const gru = gruWeights(FEATURES, units, random('gru'), { updateBias: keepBias });
  const lstm = lstmWeights(FEATURES, units, random('lstm'), { forgetBias: keepBias });
  const readOut = (stream: string) => tf.variable(glorotUniform([units, LETTERS], random(stream)));
  return {
    rnnKernel: tf.variable(rnn.kernel),
    rnnRecurrent: tf.variable(rnn.recurrent),
    rnnBias: tf.variable(rnn.bias),
    rnnDense: readOut('rnn read-out'),
    rnnDenseBias: tf.variable(zeros([LETTERS])),
    gruKernel: tf.variable(gru.kernel),
    gruRecurrent: tf.variable(gru.recurrent),
    gruBias: tf.variable(gru.bias),
    gruDense: readOut('gru read-out'),
    gruDenseBias: tf.variable(zeros([LETTERS])),
    lstmKernel: tf.variable(lstm.kernel),
    lstmRecurrent: tf.variable(lstm.recurrent),
    lstmBias: tf.variable(lstm.bias),
    lstmDense: readOut('lstm read-out'),
    lstmDenseBias: tf.variable(zeros([LETTERS])),
  };
}

/** What goes on inside the layers (`nn/simpleRnn.ts`, `gru.ts`, `lstm.ts`), by the names that a trace gives it. */
export const rnnInside = { rnnHidden: 'rnn/hiddenState' };
export const gruInside = { updateGate: 'gru/updateGate', resetGate: 'gru/resetGate', gruHidden: 'gru/hiddenState' };
export const lstmGates = { inputGate: 'lstm/inputGate', forgetGate: 'lstm/forgetGate', outputGate: 'lstm/outputGate' };
export const lstmStates = { candidate: 'lstm/candidate', cellState: 'lstm/cellState', lstmHidden: 'lstm/hiddenState' };

/** Each network reads `inputs`, `[batch, time, 10]`, to the end and answers from its last hidden state. */
export function forward(weights: Weights, inputs: Each<tf.Tensor>): Each<tf.Tensor2D> {
  const weight = (name: keyof Weights): tf.Tensor => tap(name, weights[name]);

  const rnnLayer = { kernel: weight('rnnKernel'), recurrent: weight('rnnRecurrent'), bias: weight('rnnBias') };
  const { states: rnnSteps } = simpleRnn(inputs.rnn, rnnLayer, { name: 'rnn' });
  const rnnLogits = tap('rnn/logits', dense(lastState(rnnSteps), weight('rnnDense'), weight('rnnDenseBias')));

  const gruLayer = { kernel: weight('gruKernel'), recurrent: weight('gruRecurrent'), bias: weight('gruBias') };
  const { states: gruSteps } = gru(inputs.gru, gruLayer, { name: 'gru' });
  const gruLogits = tap('gru/logits', dense(lastState(gruSteps), weight('gruDense'), weight('gruDenseBias')));

  const lstmLayer = { kernel: weight('lstmKernel'), recurrent: weight('lstmRecurrent'), bias: weight('lstmBias') };
  const { states: lstmSteps } = lstm(inputs.lstm, lstmLayer, { name: 'lstm' });
  const lstmLogits = tap('lstm/logits', dense(lastState(lstmSteps), weight('lstmDense'), weight('lstmDenseBias')));
  return { rnn: rnnLogits, gru: gruLogits, lstm: lstmLogits };
}

/** How surprised each network is by the marked letter, in nats, and the sum: each still learns for itself alone. */
export function lossOf(logits: Each<tf.Tensor2D>, labels: Each<tf.Tensor>): { losses: tf.Scalar[]; loss: tf.Scalar } {
  const losses = NETWORKS.map((name) => softmaxCrossEntropy(logits[name], labels[name]));
  const loss = tap(
    'loss',
    losses.reduce((sum, own): tf.Scalar => tf.add(sum, own)),
  );
  return { losses, loss };
}
