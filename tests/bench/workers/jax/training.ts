import { blockUntilReady, jit, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import type { Given, WorkloadName } from '../../data.ts';
import type { Subject } from '../timing.ts';
import { arrayOf, picturesOf, weightsOf, type JaxArray, type Weights } from './arrays.ts';
import { gans, type Players } from './gans.ts';
import { createModel, sigmoidCrossEntropy } from './models.ts';

/** What Adam changes: the weights and its two moving means. */
type State = [weights: Weights, mean: Weights, meanSquare: Weights];

const [decay, decayOfSquare] = [0.9, 0.999];

/** The whole step, update and all, is one compiled function, as jax-js advises. */
export function createSubject(workload: WorkloadName, start: Given): Subject {
  const players = gans[workload];
  return players ? createGan(players, start) : createSupervised(workload, start);
}

function createSupervised(workload: WorkloadName, start: Given): Subject {
  const { computeLoss, x, labels } = createModel(workload, start.batch);
  const step = jit((state: State, rates: JaxArray, input: JaxArray, truth: JaxArray): [JaxArray, State] => {
    const [loss, gradients] = valueAndGrad(computeLoss)(tree.ref(state[0]), input, truth);
    return [loss, adam(state, gradients, rates)];
  });
  let state = stateOf(weightsOf(start));
  return createLoop(start.learningRate, (rates) => {
    const [loss, next] = step(state, rates, x.ref, labels.ref);
    state = next;
    return { loss, weights: next[0] };
  });
}

function createGan({ generate, discriminate }: Players, start: Given): Subject {
  const { batch } = start;
  const x = batch.x as { shape: number[]; values: Float32Array<ArrayBuffer> };
  const real = x.shape.length === 4 ? picturesOf(x) : arrayOf(x);
  const latent = arrayOf(batch.z);
  const ones = () => np.ones([batch.size, 1]);

  const discriminatorLoss = (weights: Weights, examples: JaxArray, fakes: JaxArray) => {
    const logits = discriminate(weights, np.concatenate([examples, fakes], 0));
    return sigmoidCrossEntropy(logits, np.concatenate([ones(), np.zeros([batch.size, 1])], 0));
  };
  const generatorLoss = (weights: Weights, judge: Weights, z: JaxArray) =>
    sigmoidCrossEntropy(discriminate(judge, generate(weights, z)), ones());

  const step = jit((generator: State, discriminator: State, rates: JaxArray, examples: JaxArray, z: JaxArray) => {
    const fakes = generate(tree.ref(generator[0]), z.ref);
    const [loss1, gradients1] = valueAndGrad(discriminatorLoss)(tree.ref(discriminator[0]), examples, fakes);
    const judge = adam(discriminator, gradients1, rates.ref);
    const [loss2, gradients2] = valueAndGrad(generatorLoss)(tree.ref(generator[0]), tree.ref(judge[0]), z);
    return [loss1.add(loss2), adam(generator, gradients2, rates), judge] as [JaxArray, State, State];
  });
  const weights = Object.entries(weightsOf(start));
  const ofPlayer = (player: string) => stateOf(Object.fromEntries(weights.filter(([name]) => name.startsWith(player))));
  let [generator, discriminator] = [ofPlayer('generator'), ofPlayer('discriminator')];
  return createLoop(start.learningRate, (rates) => {
    const [loss, nextGenerator, nextDiscriminator] = step(generator, discriminator, rates, real.ref, latent.ref);
    [generator, discriminator] = [nextGenerator, nextDiscriminator];
    return { loss, weights: generator[0] };
  });
}

interface Stepped {
  loss: JaxArray;
  weights: Weights;
}

/** Waits for each step, as jax-js advises for loops: steps that only queue up are slower. */
function createLoop(learningRate: number, step: (rates: JaxArray) => Stepped): Subject {
  let steps = 0;
  let last: Stepped | undefined;
  return {
    async step() {
      steps += 1;
      const rates = [learningRate / (1 - decay ** steps), 1 / (1 - decayOfSquare ** steps)];
      last?.loss.dispose();
      last = step(np.array(new Float32Array(rates)));
      await blockUntilReady(last.weights);
    },
    async readLoss() {
      if (!last) return Number.NaN;
      const [loss = Number.NaN] = (await last.loss.ref.data()) as Float32Array;
      return loss;
    },
  };
}

function stateOf(weights: Weights): State {
  const zeros = () => Object.fromEntries(Object.entries(weights).map(([name, { shape }]) => [name, np.zeros(shape)]));
  return [weights, zeros(), zeros()];
}

/** Kingma and Ba 2015, algorithm 1, with the numbers of `nn/optimizers`. */
function adam([weights, means, squares]: State, gradients: Weights, rates: JaxArray): State {
  const next: State = [{}, {}, {}];
  for (const [name, weight] of Object.entries(weights)) {
    const [gradient, oldMean, oldSquare] = [gradients[name], means[name], squares[name]];
    if (!gradient || !oldMean || !oldSquare) throw new Error(`There is no gradient of '${name}'.`);
    const mean = oldMean.mul(decay).add(gradient.ref.mul(1 - decay));
    const square = oldSquare.mul(decayOfSquare).add(np.square(gradient).mul(1 - decayOfSquare));
    const scale = np.sqrt(square.ref.mul(rates.ref.slice(1))).add(1e-7);
    next[0][name] = weight.sub(mean.ref.mul(rates.ref.slice(0)).div(scale));
    [next[1][name], next[2][name]] = [mean, square];
  }
  rates.dispose();
  return next;
}
