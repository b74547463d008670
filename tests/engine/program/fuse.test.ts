import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBackend, stopBackend } from '#src/engine/backends.ts';
import { programBackend } from '#src/engine/program/backend.ts';
import { createStepper } from '#src/engine/program/stepper.ts';
import type { Activation } from '#src/nn/layers.ts';
import type { ProgramCall } from '#src/training/protocol.ts';
import { createPictureNet } from './networks.ts';

describe('calls that become one in a program', () => {
  beforeAll(() => startBackend('wasm'));
  afterAll(() => stopBackend());

  async function replay(activation: Activation) {
    const [plain, replayed] = [createPictureNet(activation), createPictureNet(activation)];
    const stepper = createStepper(replayed, programBackend(), () => performance.now());
    for (let step = 0; step < 50; step += 1) {
      await plain.step();
      await stepper.step();
    }
    const found = { losses: await stepper.readMetrics(), weights: await replayed.checkpoint() };
    const expected = { losses: await plain.readMetrics(), weights: await plain.checkpoint() };
    const report = stepper.report();
    stepper.dispose();
    plain.dispose();
    replayed.dispose();
    return { found, expected, calls: report?.calls ?? [], counts: report?.counts };
  }

  /** The kernels that a call of this kernel took in. */
  function takenInBy(calls: readonly ProgramCall[], kernel: string): string[] {
    return calls
      .filter(({ becomes, into }) => becomes === 'fused' && calls[into ?? -1]?.kernel === kernel)
      .map((call) => call.kernel);
  }

  it.each([
    ['relu', 'Relu', ['Step', 'Step']],
    ['tanh', 'Tanh', ['Square', 'Sub', 'Square', 'Sub']],
    ['sigmoid', 'Sigmoid', ['Sub', 'Multiply', 'Sub', 'Multiply']],
  ] as const)(
    'are a product with its bias and %s, and the gradient; no bit changes',
    async (activation, kernel, slope) => {
      const { found, expected, calls } = await replay(activation);
      expect(found).toEqual(expected);
      expect(takenInBy(calls, 'Conv2D')).toEqual(['Add', kernel]);
      expect(takenInBy(calls, 'BatchMatMul')).toEqual(['Add', kernel]);
      expect(takenInBy(calls, 'Multiply')).toEqual(slope);
    },
  );

  it('are those of a leaky ReLU, too', async () => {
    const { found, expected, calls } = await replay('leakyRelu');
    expect(found).toEqual(expected);
    expect(takenInBy(calls, 'Conv2D')).toEqual(['Add', 'LeakyRelu']);
    expect(takenInBy(calls, 'Select')).toEqual(['Greater', 'Multiply', 'Greater', 'Multiply']);
  });

  it('leave out what nobody needs: a network of two dense layers and a convolution runs 19 calls at most', async () => {
    const { counts } = await replay('relu');
    expect(counts?.after).toBeLessThanOrEqual(19);
  });
});
