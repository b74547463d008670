import { describe, expect, it } from 'vitest';
import { complaint, programComplaint } from './check.ts';
import type { Timed } from './job.ts';
import { expectedLosses } from './losses.ts';

const own = { library: 'own', device: 'wasm' } as const;
const convnet = { library: 'convnet', device: 'cpu' } as const;
const brain = { library: 'brain', device: 'cpu' } as const;

const timed = (losses: number[]): Timed => ({ singly: losses.map(() => 1), samples: [1], losses });

describe('a run has a time only if its losses are right', () => {
  it('accepts the losses of the other library, rounded otherwise', () => {
    const losses = expectedLosses.mlp.map((loss) => loss * 1.0001);
    expect(complaint(own, 'mlp', timed(losses), 7)).toBeUndefined();
  });

  it('refuses one that is wrong in the third step by a hundredth', () => {
    const losses = expectedLosses.cnn.map((loss, step) => (step === 2 ? loss * 1.01 : loss));
    expect(complaint(own, 'cnn', timed(losses), 7)).toMatch(/step 3/);
  });

  it('refuses losses that are not numbers, whatever the library', () => {
    expect(complaint(brain, 'mlp', timed([0.3, Number.NaN]), 7)).toMatch(/finite/);
  });

  it('compares only the first loss of a library with another optimizer', () => {
    const [first = 0] = expectedLosses.mlp;
    expect(complaint(convnet, 'mlp', timed([first, 0.1]), 7)).toBeUndefined();
    expect(complaint(convnet, 'mlp', timed([first + 0.1, first]), 7)).toMatch(/step 1/);
  });

  it('asks of a library with weights of its own that its loss falls', () => {
    expect(complaint(brain, 'mlp', timed([0.3, 0.2]), 7)).toBeUndefined();
    expect(complaint(brain, 'mlp', timed([0.3, 0.4]), 7)).toMatch(/fall/);
  });

  it('refuses a program whose 30th loss differs from the plain one in the last bit', () => {
    const losses = Array.from({ length: 40 }, (_, step) => Math.fround(1 / (step + 1)));
    const other = losses.map((loss, step) => (step === 29 ? loss * (1 + 2 ** -24) : loss));
    expect(programComplaint(timed(losses), timed(losses))).toBeUndefined();
    expect(programComplaint(timed(other), timed(losses))).toMatch(/step 30/);
  });
});
