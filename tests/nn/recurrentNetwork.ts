/** A network of every recurrent layer, as a task would step it; also in a browser's page. */
import { createNetwork } from '../engine/program/networks.ts';
import type { Network } from '../engine/program/networks.ts';
import { computeGradients } from '#src/nn/gradients.ts';
import { gru } from '#src/nn/gru.ts';
import { glorotUniform, zeros } from '#src/nn/initializers.ts';
import { dense } from '#src/nn/layers.ts';
import { softmaxCrossEntropy } from '#src/nn/losses.ts';
import { lstm } from '#src/nn/lstm.ts';
import { createOptimizer } from '#src/nn/optimizers.ts';
import { createRandom } from '#src/nn/random.ts';
import { lastState } from '#src/nn/sequence.ts';
import { simpleRnn } from '#src/nn/simpleRnn.ts';
import * as tf from '#src/nn/tf.ts';

const [batch, time, symbols, units] = [5, 7, 4, 6];

/** Numbers of symbols go into an LSTM, its states into a GRU with a state to start from, its states into a plain one. */
export function createRecurrentNetwork(): Network {
  const random = createRandom(8, 'weights');
  const layer = (name: string, features: number, gates: number, biases: number[]) => ({
    [`${name}Kernel`]: tf.variable(glorotUniform([features, gates * units], random)),
    [`${name}Recurrent`]: tf.variable(glorotUniform([units, gates * units], random)),
    [`${name}Bias`]: tf.variable(zeros(biases)),
  });
  const variables: Record<string, tf.Variable> = {
    ...layer('lstm', symbols, 4, [4 * units]),
    ...layer('gru', units, 3, [2, 3 * units]),
    ...layer('rnn', units, 1, [units]),
    out: tf.variable(glorotUniform([units, symbols], random)),
    offset: tf.variable(zeros([symbols])),
  };
  const variable = (name: string) => variables[name] as tf.Variable;
  const weights = (name: string) => ({
    kernel: variable(`${name}Kernel`),
    recurrent: variable(`${name}Recurrent`),
    bias: variable(`${name}Bias`),
  });
  const optimizer = createOptimizer('adam', variables);
  return createNetwork({
    variables,
    slots: optimizer.state,
    restoreSlots: optimizer.restore,
    dispose: optimizer.dispose,
    learn(steps) {
      const draw = createRandom(9, 'symbols', steps);
      const numbers = Int32Array.from({ length: batch * time }, () => draw.integer(symbols));
      const x = tf.tensor2d(numbers, [batch, time], 'int32');
      const labels = tf.tensor1d(
        numbers.filter((_, index) => index % time === 0),
        'int32',
      );
      const initial = tf.tensor(draw.normals(batch * units), [batch, units]);
      const { loss, gradients } = computeGradients(() => {
        const first = lstm(x, weights('lstm')).states;
        const second = gru(first, weights('gru'), { initial }).states;
        const third = simpleRnn(second, weights('rnn'), { activation: 'relu' }).states;
        return softmaxCrossEntropy(dense(lastState(third), variable('out'), variable('offset')), labels);
      }, variables);
      optimizer.apply(gradients, 0.01);
      return loss;
    },
  });
}

/** Some steps as they are and as many by a program: the numbers of both, and how the program did. */
export async function runBoth(steps: number) {
  const { createStepper } = await import('#src/engine/program/stepper.ts');
  const { programBackend } = await import('#src/engine/program/backend.ts');
  const [plain, replayed] = [createRecurrentNetwork(), createRecurrentNetwork()];
  const stepper = createStepper(replayed, programBackend(), () => performance.now());
  for (let step = 0; step < steps; step += 1) {
    await plain.step();
    await stepper.step();
  }
  const result = {
    plain: { losses: await plain.readMetrics(), checkpoint: await plain.checkpoint() },
    replayed: { losses: await stepper.readMetrics(), checkpoint: await replayed.checkpoint() },
    end: stepper.state(),
  };
  stepper.dispose();
  plain.dispose();
  replayed.dispose();
  return result;
}
