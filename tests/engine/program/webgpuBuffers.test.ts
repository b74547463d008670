import { describe, expect, it } from 'vitest';
import { shareBuffers } from '#src/engine/program/webgpu/buffers.ts';
import { createRandom } from '#src/nn/random.ts';

describe('the buffers of a program on WebGPU', () => {
  const random = createRandom(6, 'needs');
  const below = (bound: number) => Math.floor(random.uniform() * bound);
  const needs = Array.from({ length: 200 }, (_, at) => {
    const from = below(80) - 1;
    return { id: { at }, from, to: from + below(12), size: 4 * (1 + below(1000)) };
  });
  const buffers = shareBuffers(needs);

  it('hold every tensor, large enough, and none at a time when another needs them', () => {
    expect(buffers.flatMap(({ ids }) => ids)).toHaveLength(needs.length);
    for (const { size, ids } of buffers) {
      const held = needs.filter(({ id }) => ids.includes(id)).sort((a, b) => a.from - b.from);
      expect(Math.max(...held.map((need) => need.size))).toBe(size);
      held.slice(1).forEach(({ from }, at) => expect(from).toBeGreaterThan(held[at]?.to ?? Infinity));
    }
  });

  it('take less than half again as much as is needed at once', () => {
    const times = Array.from({ length: 95 }, (_, at) => at - 1);
    const needed = times.map((time) =>
      needs.filter(({ from, to }) => from <= time && time <= to).reduce((sum, { size }) => sum + size, 0),
    );
    const bytes = buffers.reduce((sum, { size }) => sum + size, 0);
    expect(bytes).toBeLessThan(1.5 * Math.max(...needed));
    expect(bytes).toBeLessThan(0.4 * needs.reduce((sum, { size }) => sum + size, 0));
  });
});
