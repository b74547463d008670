import * as tf from '#src/nn/tf.ts';
import { LETTERS } from '../model.ts';

/** The longest delay that a curriculum begins with. */
export const FIRST_REACH = 3;
const GROWTH = 0.5;
const FORGETTING = 0.05;
/** Of a network that knows nothing. */
const LOSS_AT_FIRST = Math.log(LETTERS);
const LOW = 0.2 * LOSS_AT_FIRST;

/** How long the delays of each network's batches are: up to the longest from the start, or further as it learns. */
export interface Curriculum {
  /** `[3]`: batches have delays from 1 to this. */
  readonly reach: tf.Tensor;
  /** Takes in the losses of a step, `[3]`. */
  follow(losses: tf.Tensor): void;
  /** What it needs to go on: nothing, if it is off. */
  state(): Record<string, tf.Variable>;
  dispose(): void;
}

/**
 * The reach of a network grows by half whenever the running mean of its loss is below a fifth of the first loss; the
 * mean then begins anew. Kept in variables, since a step must not wait for numbers.
 *
 * @param networks how many.
 */
export function createCurriculum(isOn: boolean, longest: number, networks: number): Curriculum {
  const filled = (value: number) => tf.tensor1d(new Float32Array(networks).fill(value));
  const reach = tf.variable(filled(isOn ? Math.min(FIRST_REACH, longest) : longest), false);
  const runningLoss = tf.variable(filled(LOSS_AT_FIRST), false);
  return {
    reach,
    follow(losses) {
      if (!isOn) return;
      tf.tidy(() => {
        const mean = tf.add(runningLoss, tf.mul(tf.sub(losses, runningLoss), FORGETTING));
        const isLow = tf.step(tf.sub(LOW, mean));
        const grown = tf.mul(reach, tf.add(1, tf.mul(isLow, GROWTH)));
        runningLoss.assign(tf.add(mean, tf.mul(isLow, tf.sub(LOSS_AT_FIRST, mean))));
        reach.assign(tf.sub(grown, tf.relu(tf.sub(grown, longest))));
      });
    },
    state: () => (isOn ? { 'curriculum/reach': reach, 'curriculum/runningLoss': runningLoss } : {}),
    dispose: () => tf.dispose([reach, runningLoss]),
  };
}
