import * as core from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startBackend, stopBackend, tensorsInMemory } from '#src/engine/backends.ts';
import { programBackend } from '#src/engine/program/backend.ts';
import type { ProgramBackend } from '#src/engine/program/program.ts';
import { createStepper, type Steps } from '#src/engine/program/stepper.ts';
import { createOptimizer } from '#src/nn/optimizers.ts';
import { computeGradients } from '#src/nn/gradients.ts';
import * as tf from '#src/nn/tf.ts';
import type { Stepper } from '#src/training/task.ts';
import { batchOf, createClassifier, createNetwork, createPlayers, logisticLoss, type Network } from './networks.ts';

vi.setConfig({ testTimeout: 60_000 });

const STEPS = 50;

function open(network: Steps): Stepper {
  return createStepper(network, programBackend(), () => performance.now());
}

/** Runs two of the same, one as it is and one by a stepper; the numbers of both, and how the second ended. */
async function runBoth(
  create: () => Network,
  {
    steps = STEPS,
    between = async () => {},
  }: { steps?: number; between?: (network: Network, stepper?: Stepper) => Promise<void> | void } = {},
) {
  const [plain, replayed] = [create(), create()];
  const stepper = open(replayed);
  const states: string[] = [];
  for (let step = 0; step < steps; step += 1) {
    await between(plain);
    await plain.step();
    await between(replayed, stepper);
    await stepper.step();
    states.push(stepper.state().state);
  }
  const result = {
    plain: { losses: await plain.readMetrics(), checkpoint: await plain.checkpoint() },
    replayed: { losses: await stepper.readMetrics(), checkpoint: await replayed.checkpoint() },
    states,
    end: stepper.state(),
  };
  stepper.dispose();
  plain.dispose();
  replayed.dispose();
  return result;
}

describe('a program on WASM', () => {
  beforeAll(() => startBackend('wasm'));
  afterAll(() => stopBackend());

  it.each([
    ['batch normalisation, dropout and Adam', () => createClassifier('adam')],
    ['SGD', () => createClassifier('sgd')],
    ['momentum', () => createClassifier('momentum')],
    ['RMSprop', () => createClassifier('rmsprop')],
    ['two players, one of whom learns three times a step', () => createPlayers(3)],
    ['a rate that sinks at every step', () => createClassifier('adam', { rate: (steps) => 0.01 / (1 + steps) })],
    ['noise that sinks, given as a tensor', () => createClassifier('adam', { noise: (steps) => 1 / (1 + steps) })],
  ])('gives the losses and weights of plain steps to the last bit: %s', async (_, create) => {
    const { plain, replayed, states } = await runBoth(create);
    expect(replayed).toEqual(plain);
    expect(states.slice(3)).toEqual(Array<string>(STEPS - 3).fill('replayed'));
  });

  it('takes over weights that were set by hand between two steps', async () => {
    const { plain, replayed, end } = await runBoth(createClassifier, {
      between: ({ steps, variables }) => {
        if (steps % 10 === 7)
          tf.tidy(() => variables['bias1']?.assign(tf.tensor1d(new Float32Array(9).fill(steps / 10))));
      },
    });
    expect(replayed).toEqual(plain);
    expect(end.state).toBe('replayed');
  });

  it('goes on from a checkpoint of another step', async () => {
    let saved: Awaited<ReturnType<Network['checkpoint']>> = {};
    const { plain, replayed, end } = await runBoth(createPlayers, {
      steps: 30,
      between: async (network) => {
        if (network.steps === 10) saved = await network.checkpoint();
        if (network.steps === 20) network.restore(saved, 10 + 11);
      },
    });
    expect(replayed).toEqual(plain);
    expect(end.state).toBe('replayed');
  });

  it('leaves to a clone of a variable the values that it was made with', async () => {
    const held = { plain: [] as core.Tensor[], replayed: [] as core.Tensor[] };
    const { plain, replayed, end } = await runBoth(createClassifier, {
      steps: 20,
      between: ({ variables, steps }, stepper) => {
        const { weights1, bias1 } = variables;
        const by = stepper ? 'replayed' : 'plain';
        if (steps % 4 === 2 && weights1) held[by].push(tf.tidy(() => tf.clone(weights1)));
        if (steps === 12 && bias1) {
          held[by].push(tf.tidy(() => tf.clone(bias1)));
          tf.tidy(() => bias1.assign(tf.mul(bias1, 2)));
        }
      },
    });
    expect(replayed).toEqual(plain);
    expect(end.state).toBe('replayed');
    const valuesOf = (tensors: core.Tensor[]) => Promise.all(tensors.map((tensor) => tensor.data()));
    expect(await valuesOf(held.replayed)).toEqual(await valuesOf(held.plain));
    tf.dispose([held.plain, held.replayed]);
  });

  it('shows its weights to plain operations after each step', async () => {
    const seen = { plain: [] as number[], replayed: [] as number[] };
    const see = (by: 'plain' | 'replayed', { variables }: Network) => {
      const logits = tf.tidy(() => tf.matMul(batchOf(0).x, variables['weights1'] as unknown as core.Tensor2D));
      return logits.data().then((values) => {
        seen[by].push(...values);
        logits.dispose();
      });
    };
    await runBoth(createClassifier, {
      steps: 12,
      between: (network, stepper) => see(stepper ? 'replayed' : 'plain', network),
    });
    expect(seen.replayed).toEqual(seen.plain);
  });

  it('adds no tensor with a step, and leaves none behind', async () => {
    const before = tensorsInMemory();
    const network = createClassifier();
    const bare = tensorsInMemory();
    const stepper = open(network);
    const counts: number[] = [];
    for (let step = 0; step < 20; step += 1) {
      await stepper.step();
      await stepper.readMetrics();
      counts.push(tensorsInMemory());
    }
    expect(stepper.state().state).toBe('replayed');
    expect(new Set(counts.slice(4)).size).toBe(1);
    stepper.dispose();
    expect(tensorsInMemory()).toBe(bare);
    network.dispose();
    expect(tensorsInMemory()).toBe(before);
  });

  it('frees what a recording took when it is made anew, time after time', async () => {
    const network = createClassifier();
    const stepper = open(network);
    const heap = () => (core.engine().backend as unknown as { wasm: { HEAPU8: Uint8Array } }).wasm.HEAPU8.length;
    const buffers = () => core.memory().numDataBuffers;
    const run = async () => {
      stepper.changed();
      for (let step = 0; step < 5; step += 1) await stepper.step();
      await stepper.readMetrics();
    };
    for (let time = 0; time < 3; time += 1) await run();
    const before = [heap(), buffers()];
    for (let time = 0; time < 40; time += 1) await run();
    expect([heap(), buffers()]).toEqual(before);
    stepper.dispose();
    network.dispose();
  });
});

describe('a step that cannot be replayed', () => {
  beforeAll(() => startBackend('wasm'));
  afterAll(() => stopBackend());

  it('keeps its numbers where a plain number changes at every step, and the run says so', async () => {
    const { plain, replayed, end } = await runBoth(() =>
      createClassifier('adam', { penalty: (steps) => steps / 1000 }),
    );
    expect(replayed).toEqual(plain);
    expect(end).toEqual({ state: 'plain', why: 'recordings-differ' });
  });

  it('keeps its numbers where a plain number changes now and then: the program is made anew', async () => {
    const penalty = (steps: number) => (steps < 10 ? 0.1 : steps < 70 ? 0.2 : 0.3);
    const { plain, replayed, states, end } = await runBoth(() => createClassifier('adam', { penalty }), { steps: 120 });
    expect(replayed).toEqual(plain);
    expect(states.slice(10, 12)).toContain('plain');
    expect(states[60]).toBe('replayed');
    expect(end.state).toBe('replayed');
  });

  /** A line fitted by a step that does something odd first. */
  function createOdd(
    odd: (steps: number, x: tf.Tensor2D) => tf.Tensor,
    slots: () => Record<string, tf.Tensor> = () => ({}),
  ) {
    const variables = { weights: tf.variable(tf.tensor2d([0.1, -0.2], [2, 1])) };
    const optimizer = createOptimizer('sgd', variables);
    return createNetwork({
      variables,
      slots,
      restoreSlots() {},
      dispose: () => optimizer.dispose(),
      learn(steps) {
        const { x, y } = batchOf(steps);
        const input = odd(steps, x) as tf.Tensor2D;
        const { loss, gradients } = computeGradients(
          () => logisticLoss(tf.matMul(input, variables.weights), y),
          variables,
        );
        optimizer.apply(gradients, 0.1);
        return loss;
      },
    });
  }

  it('is found by its random numbers that no seed gives', async () => {
    const { end } = await runBoth(() => createOdd((_, x) => core.mul(x, core.randomUniform([17, 2]))), { steps: 8 });
    expect(end).toEqual({ state: 'plain', why: 'recordings-differ' });
  });

  it('is found by a tensor that it reads inside', async () => {
    const { end } = await runBoth(() => createOdd((_, x) => ((x.dataSync()[0] ?? 0) > 9 ? tf.neg(x) : x)), {
      steps: 8,
    });
    expect(end).toEqual({ state: 'plain', why: 'waits-inside' });
  });

  it('is found by what it does after waiting', async () => {
    const network = createOdd((_, x) => x);
    const late: Steps = {
      ...network,
      get steps() {
        return network.steps;
      },
      async step() {
        await network.step();
        tf.scalar(1).dispose();
        return undefined;
      },
    };
    const stepper = open(late);
    for (let step = 0; step < 8; step += 1) await stepper.step();
    expect(stepper.state()).toEqual({ state: 'plain', why: 'waits-inside' });
    stepper.dispose();
    network.dispose();
  });

  it('is found by a tensor that it keeps out of sight and replaces', async () => {
    let hidden: core.Tensor = core.scalar(1);
    const { end } = await runBoth(
      () =>
        createOdd((_, x) => {
          const result = core.mul(x, hidden);
          const next = core.tidy(() => core.keep(core.add(hidden, 0.125)));
          hidden.dispose();
          hidden = next;
          return tf.add(x, tf.mul(result, 0));
        }),
      { steps: 8 },
    );
    hidden.dispose();
    expect(end).toEqual({ state: 'plain', why: 'recordings-differ' });
  });

  it('is found by its results, and goes on as if it had never been tried', async () => {
    const plain = createClassifier();
    const network = createClassifier();
    const wasm = programBackend() as ProgramBackend;
    const deaf: ProgramBackend = {
      ...wasm,
      compile: (recording, step) => ({ ...wasm.compile(recording, step), feed() {} }),
    };
    const stepper = createStepper(network, deaf, () => 0);
    for (let step = 0; step < 12; step += 1) {
      await plain.step();
      await stepper.step();
    }
    expect(stepper.state()).toEqual({ state: 'plain', why: 'results-differ' });
    expect(await network.checkpoint()).toEqual(await plain.checkpoint());
    expect(await stepper.readMetrics()).toEqual(await plain.readMetrics());
    stepper.changed();
    for (let step = 0; step < 8; step += 1) await stepper.step();
    stepper.dispose();
    plain.dispose();
    network.dispose();
  });

  it('is run as it is where the backend cannot record', async () => {
    const network = createClassifier();
    const stepper = createStepper(network, undefined, () => 0);
    for (let step = 0; step < 6; step += 1) await stepper.step();
    expect(stepper.state()).toEqual({ state: 'plain', why: 'backend' });
    expect(await stepper.readMetrics()).toHaveLength(6);
    network.dispose();
  });
});
