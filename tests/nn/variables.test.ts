import { expect, it } from 'vitest';
import { tensorsInMemory } from '#src/engine/backends.ts';
import { createOptimizer } from '#src/nn/optimizers.ts';
import { firstExample, readAndDispose, readTensors } from '#src/nn/read.ts';
import * as tf from '#src/nn/tf.ts';
import { createUnreadMetrics } from '#src/nn/unreadMetrics.ts';
import { countParameters, restoreVariables, setWhere } from '#src/nn/variables.ts';
import { onEachBackend } from './backends.ts';

onEachBackend('variables', () => {
  it('go on from a checkpoint as if nothing had happened, whatever else is in it', async () => {
    const run = () => {
      const w = tf.variable(tf.tensor1d([1, -2, 3]));
      const optimizer = createOptimizer('adam', { w });
      const step = (by: number) => tf.tidy(() => optimizer.apply({ w: tf.tensor1d([by, 2, -by]) }, 0.1));
      return { w, optimizer, step };
    };
    const whole = run();
    whole.step(1);
    whole.step(-3);
    const saved = await readTensors({ w: whole.w, ...whole.optimizer.state(), other: tf.scalar(5) });
    whole.step(2);
    const later = run();
    const before = tensorsInMemory();
    restoreVariables(saved, { w: later.w }, later.optimizer, 2);
    expect(tensorsInMemory()).toBe(before);
    later.step(2);
    expect([...(await later.w.data())]).toEqual([...(await whole.w.data())]);
  });

  it('refuse a checkpoint that lacks one of them', async () => {
    const w = tf.variable(tf.tensor1d([1, 2]));
    const optimizer = createOptimizer('momentum', { w });
    const { w: _, ...state } = await readTensors({ w, ...optimizer.state() });
    expect(() => restoreVariables(state, { w }, optimizer, 1)).toThrow("The checkpoint has no 'w'.");
    const withoutState = await readTensors({ w });
    expect(() => restoreVariables(withoutState, { w }, optimizer, 1)).toThrow(/The checkpoint has no 'w\//);
  });

  it('hold as many numbers as all of them together', () => {
    expect(countParameters({ a: tf.variable(tf.zeros([3, 4])), b: tf.variable(tf.zeros([4])) })).toBe(16);
  });

  it('can be set by hand, one number or a row of them', async () => {
    const w = tf.variable(tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]));
    const before = tensorsInMemory();
    setWhere(w, Float32Array.of(0, 0, 0, 1, 0, 0), -7);
    expect([...(await w.data())]).toEqual([1, 2, 3, -7, 5, 6]);
    setWhere(w, Float32Array.of(1, 0, 0), 0, [3, 1]);
    expect([...(await w.data())]).toEqual([0, 0, 3, -7, 5, 6]);
    expect(tensorsInMemory()).toBe(before);
  });
});

onEachBackend('reading', () => {
  it('tells the metrics of each step once, by name, and keeps no tensor', async () => {
    const before = tensorsInMemory();
    const unread = createUnreadMetrics(['loss', 'accuracy']);
    expect(await unread.read()).toEqual([]);
    unread.add(4, tf.tensor1d([2, 0.25]));
    unread.add(5, tf.tensor1d([1, 0.5]));
    expect(await unread.read()).toEqual([
      { step: 4, metric: 'loss', value: 2 },
      { step: 4, metric: 'accuracy', value: 0.25 },
      { step: 5, metric: 'loss', value: 1 },
      { step: 5, metric: 'accuracy', value: 0.5 },
    ]);
    expect(await unread.read()).toEqual([]);
    unread.add(6, tf.tensor1d([0, 1]));
    unread.dispose();
    expect(tensorsInMemory()).toBe(before);
  });

  it('takes the first of a batch, and frees what nobody needs any more', async () => {
    const before = tensorsInMemory();
    const batch = tf.tensor([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2]);
    const { first } = await readAndDispose({ batch, first: firstExample(batch) });
    expect(first).toEqual({ shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) });
    expect(tensorsInMemory()).toBe(before);
  });
});
