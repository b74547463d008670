import * as core from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startBackend, stopBackend, tensorsInMemory } from '#src/engine/backends.ts';
import { advanceLstm, lstm } from '#src/nn/lstm.ts';
import { createRandom } from '#src/nn/random.ts';
import { lastState } from '#src/nn/sequence.ts';
import * as tf from '#src/nn/tf.ts';
import { onEachBackend } from './backends.ts';
import { givenFor, layers, sequences, traceName, upstreamFor } from './recurrentCases.ts';
import { errorOf, expectedFor } from './recurrentExpected.ts';
import { shapesOf } from './recurrentReference.ts';
import { runBoth } from './recurrentNetwork.ts';
import { run, train } from './recurrentRuns.ts';

const cases = layers.flatMap((layer) => sequences.map((size) => ({ layer, ...size })));
const weights = ['x', 'kernel', 'recurrent', 'bias'] as const;

/** float32 against float64, numbers around 1. */
const tolerance = 1e-5;

/** On the CPU by tfjs's operations, on WASM by our kernels. */
onEachBackend('recurrent layers', (backend) => {
  it('run by kernels of ours on WASM', () => {
    expect(tf.hasKernel('LstmSequence')).toBe(backend === 'wasm');
  });

  describe.each([false, true])('with a state to start from: %s', (withState) => {
    it.each(cases)(
      '$layer gives the states, gates and gradients of a float64 computation: $batch x $time x $features to $units',
      async ({ layer, ...size }) => {
        const { given, parts, gradients, through } = expectedFor(layer, size, withState);
        const found = await run(layer, size, given, true);
        expect(errorOf(found.states, parts.hiddenState)).toBeLessThan(tolerance);
        for (const name of weights) expect(errorOf(found.gradients[name], gradients[name])).toBeLessThan(tolerance);
        for (const [part, values] of Object.entries(parts)) {
          expect(errorOf(found.traced.values[traceName(layer, part)], values)).toBeLessThan(tolerance);
        }
        for (const [state, values] of Object.entries(through)) {
          expect(errorOf(found.traced.gradients[traceName(layer, state)], values)).toBeLessThan(tolerance);
        }
      },
    );
  });

  it.each(cases)('$layer computes the same bits, traced or not, and leaves nothing behind', async (sequence) => {
    const { layer, ...size } = sequence;
    const before = tensorsInMemory();
    const given = givenFor(layer, size);
    const [plain, traced] = [await run(layer, size, given), await run(layer, size, given, true)];
    expect([traced.states, traced.gradients]).toEqual([plain.states, plain.gradients]);
    expect(tensorsInMemory()).toBe(before);
  });

  it('takes numbers of symbols for rows with a single 1', async () => {
    const symbols = tf.tensor2d([2, 0, 1, 2, 2, 1], [2, 3], 'int32');
    const rows = tf.cast(tf.oneHot(symbols, 3), 'float32');
    const random = createRandom(3, 'symbols');
    const given = {
      kernel: tf.tensor(random.normals(3 * 16), [3, 16]),
      recurrent: tf.tensor(random.normals(4 * 16), [4, 16]),
      bias: tf.zeros([16]),
    };
    const [bySymbols, byRows] = [symbols, rows].map((x) => lstm(x, given).states);
    expect(errorOf(await bySymbols?.data(), await byRows?.data())).toBeLessThan(1e-6);
    const gradients = [symbols, rows].map((x) =>
      core.grad((kernel: tf.Tensor) => tf.sum(tf.square(lstm(x, { ...given, kernel }).states)))(given.kernel),
    );
    expect(errorOf(await gradients[0]?.data(), await gradients[1]?.data())).toBeLessThan(tolerance);
  });

  it('an LSTM reads on symbol by symbol as it reads all at once', async () => {
    const size = { batch: 2, time: 5, features: 3, units: 6 };
    const given = givenFor('lstm', size);
    const shapes = shapesOf('lstm', size);
    const [x, kernel, recurrent, bias] = weights.map((name) =>
      tf.tensor(Float32Array.from(given[name]), shapes[name]),
    ) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
    const whole = lastState(lstm(x, { kernel, recurrent, bias }).states);
    let state = advanceLstm(tf.slice(x, [0, 0, 0], [2, 1, 3]), { kernel, recurrent, bias });
    for (let time = 1; time < 5; time += 1) {
      state = advanceLstm(tf.slice(x, [0, time, 0], [2, 1, 3]), { kernel, recurrent, bias }, state);
    }
    expect(errorOf(await state.hidden.data(), await whole.data())).toBeLessThan(1e-6);
    const cells = expectedFor('lstm', size).parts.cellState;
    const last = [0, 1].flatMap((row) => [...(cells?.subarray((row * 5 + 4) * 6, (row * 5 + 5) * 6) ?? [])]);
    expect(errorOf(await state.cell.data(), last)).toBeLessThan(tolerance);
  });
});

describe('the recurrent kernels of WASM', () => {
  beforeAll(() => startBackend('wasm'));
  afterAll(() => stopBackend());

  it.each(layers)('%s: 200 steps of Adam lose as by tfjs’s operations', async (layer) => {
    const fused = await train(layer, 200);
    const plain = await withoutKernels(() => train(layer, 200));
    expect(Math.max(...fused.map((loss, step) => Math.abs(loss / (plain[step] ?? Number.NaN) - 1)))).toBeLessThan(1e-3);
    expect(fused.at(-1)).toBeLessThan(fused[0] ?? 0);
  });

  it('are replayed by a program to the last bit', async () => {
    const before = tensorsInMemory();
    const { plain, replayed, end } = await runBoth(20);
    expect(replayed).toEqual(plain);
    expect(end.state).toBe('replayed');
    expect(tensorsInMemory()).toBe(before);
  });

  it.each(layers)('%s: computes the same after the heap has grown', async (layer) => {
    const size = { batch: 3, time: 4, features: 5, units: 7 };
    const given = givenFor(layer, size);
    const before = await run(layer, size, given);
    const memory = heapBytes();
    const large = tf.zeros([memory / 4]);
    expect(heapBytes()).toBeGreaterThan(memory);
    expect(await run(layer, size, given)).toEqual(before);
    large.dispose();
  });
});

describe('recurrent layers in jax-js', () => {
  it.each(cases)('$layer has the gradients of our float64 computation', async ({ layer, ...size }) => {
    // It looks for a GPU there before it is told to use WASM, and Node 20 has none.
    vi.stubGlobal('navigator', {});
    const { jaxGradients } = await import('./recurrentJax.ts');
    const { given, gradients } = expectedFor(layer, size);
    const found = await jaxGradients(layer, size, given, upstreamFor(size));
    for (const name of weights) expect(errorOf(found[name], gradients[name])).toBeLessThan(tolerance);
    vi.unstubAllGlobals();
  });
});

/** Takes our kernels away meanwhile. */
async function withoutKernels<T>(compute: () => Promise<T>): Promise<T> {
  const ours = core.getKernelsForBackend('wasm').filter(({ kernelName }) => /Sequence(Grad)?$/.test(kernelName));
  expect(ours).toHaveLength(6);
  for (const { kernelName } of ours) core.unregisterKernel(kernelName, 'wasm');
  try {
    return await compute();
  } finally {
    for (const kernel of ours) core.registerKernel(kernel);
  }
}

function heapBytes(): number {
  const { wasm } = core.backend() as unknown as { wasm: { HEAPU8: Uint8Array } };
  return wasm.HEAPU8.buffer.byteLength;
}
