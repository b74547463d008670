import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBackend, stopBackend } from '#src/engine/backends.ts';
import { computesCorrectly, selfTestExpected, selfTestInput } from '#src/engine/selfTest.ts';
import { array4, conv2d, numericGradient, pool } from './reference.ts';

/** The self-test's network in float64: its loss and its gradients from differences. */
function reference(): number[] {
  const kernel = array4([2, 2, 1, 1], (index) => selfTestInput.kernel[index] ?? 0);
  const weights = Float64Array.from(selfTestInput.weights);
  const x = array4([1, 4, 4, 1], (index) => selfTestInput.x[index] ?? 0);
  const loss = () => {
    const z = conv2d(x, kernel, 1, 'same');
    const a = array4(z.shape, (index) => Math.max(0, z.values[index] ?? 0));
    const pooled = pool(a, 'max', 2, 2, 'valid').values;
    const output = (unit: number) => pooled.reduce((sum, p, index) => sum + p * (weights[index * 2 + unit] ?? 0), 0);
    return output(0) ** 2 + output(1) ** 2;
  };
  return [loss(), ...[kernel.values, weights, x.values].flatMap((values) => [...numericGradient(loss, values)])];
}

describe.each(['cpu', 'wasm'] as const)('the self-test on %s', (backend) => {
  beforeAll(() => startBackend(backend));
  afterAll(() => stopBackend());

  it('expects the loss and gradients of an independent float64 computation', async () => {
    const expected = reference();
    expect(selfTestExpected).toHaveLength(expected.length);
    expected.forEach((value, index) => expect(selfTestExpected[index]).toBeCloseTo(value, 4));
  });

  it('accepts it', async () => {
    expect(await computesCorrectly()).toBe(true);
  });
});
