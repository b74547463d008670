import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Utterances } from '#datasets/utterances/index.ts';
import { startBackend, stopBackend } from '#src/engine/backends.ts';
import { softmax } from '#src/math/softmax.ts';
import { limits, type OwnExample } from '#src/playgrounds/intents/spec.ts';
import { createTask, load, spec } from '#src/playgrounds/intents/task.ts';
import { PADDING, UNKNOWN } from '#src/playgrounds/intents/task/tokens.ts';
import type { NamedArrays } from '#src/training/journal.ts';
import { defaultValues, type Values } from '#src/training/spec.ts';
import type { Task } from '#src/training/task.ts';
import { network } from '../playgrounds/intents.ts';
import { readDataset } from '../readFile.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let data: Utterances;
beforeAll(async () => {
  data = await load(readDataset);
  await startBackend('wasm');
});
afterAll(() => stopBackend());

function create(values: Values = {}, seed = 7, own?: readonly OwnExample[]): Task {
  const all = { ...defaultValues(spec.hyperparameters), ...values };
  return createTask(data, all, seed, own && JSON.stringify(own));
}

async function train(task: Task, steps: number) {
  for (let step = 0; step < steps; step += 1) await task.step();
  await task.readMetrics();
}

async function measure(task: Task): Promise<Record<string, number>> {
  return Object.fromEntries((await task.evaluate()).map(({ metric, value }) => [metric, value]));
}

const classify = (task: Task, text: string) => task.answer({ type: 'classify', text });
const numbers = (arrays: NamedArrays, name: string) => Float64Array.from(arrays[name]?.values ?? []);
const texts = (arrays: NamedArrays, name: string) =>
  new TextDecoder().decode(Uint8Array.from(arrays[name]?.values ?? [])).split('\n');
/** The numbers of the sentence's tokens, without those of their kin and without padding. */
const tokensOf = (arrays: NamedArrays) =>
  [...numbers(arrays, 'tokens')].filter((number, at) => at % 2 === 0 && number !== PADDING);
const classOf = (arrays: NamedArrays) => {
  const probabilities = numbers(arrays, 'probabilities');
  return texts(arrays, 'classes')[probabilities.indexOf(Math.max(...probabilities))];
};

describe('on sentences that it has not learnt from', () => {
  // After 600 steps 94.5, 94 and 94 of 100 in English, 94, 92 and 94 in Chinese; the bag of words reads 92.5 and 92.
  it.each([
    ['en', 7],
    ['en', 1],
    ['en', 2],
    ['zh', 7],
    ['zh', 1],
    ['zh', 2],
  ])('the network (%s, seed %i) reads nine of ten, by default more than a bag of words', async (language, seed) => {
    const task = create({ language }, seed);
    await train(task, 600);
    const found = await measure(task);
    task.dispose();
    expect(found['unseen-accuracy']).toBeGreaterThanOrEqual(0.9);
    if (seed === 7) expect(found['unseen-accuracy']).toBeGreaterThan(found['baseline-accuracy'] ?? NaN);
  });

  it.each(['en', 'zh'])('the last state alone (%s) does worse than a bag of words', async (language) => {
    const task = create({ language, reads: 'state' });
    await train(task, 600);
    const found = await measure(task);
    task.dispose();
    expect(found['unseen-accuracy']).toBeGreaterThan(0.6);
    expect(found['unseen-accuracy']).toBeLessThan((found['baseline-accuracy'] ?? NaN) - 0.05);
  });
});

describe('what is shown', () => {
  const parts = ['inputGate', 'forgetGate', 'candidate', 'outputGate', 'cellState', 'hiddenState'];

  function expectClose(found: Float64Array, expected: ArrayLike<number> | undefined, what: string) {
    expect(found, what).toHaveLength(expected?.length ?? -1);
    const errors = found.map((value, at) => Math.abs(value - (expected?.[at] ?? NaN)));
    expect(Math.max(...errors), what).toBeLessThan(1e-5);
  }

  it.each([
    ['en', 'state', 'Where is my teapot, order 4471?'],
    ['zh', 'state-and-bag', '我的快递到哪儿了？'],
  ])('of gates, cells, states and scores (%s, %s) is what float64 computes', async (language, reads, text) => {
    const task = create({ language, reads, layers: 2 });
    await train(task, 30);
    const answer = await classify(task, text);
    const weights = Object.fromEntries(
      Object.entries(await task.checkpoint()).map(([name, { values }]) => [name, Float64Array.from(values)]),
    );
    task.dispose();
    const expected = network(Int32Array.from(numbers(answer, 'tokens')), 1, weights);
    for (const part of parts) {
      expectClose(numbers(answer, `lstm/${part}`), expected.lstm[part], `lstm/${part}`);
      expectClose(numbers(answer, `upper/${part}`), expected.upper?.[part], `upper/${part}`);
    }
    expectClose(numbers(answer, 'states'), expected.upper?.['hiddenState'], 'states');
    expectClose(numbers(answer, 'logits'), expected.logits, 'logits');
    expectClose(numbers(answer, 'probabilities'), softmax(expected.logits), 'probabilities');
  });

  it('after each word is what the network says of a sentence that ends there', async () => {
    const task = create();
    await train(task, 100);
    const words = ['I', 'want', 'my', 'money', 'back'];
    const course = numbers(await classify(task, words.join(' ')), 'course');
    const steps = course.length / 10;
    for (const count of words.keys()) {
      const said = await classify(task, words.slice(0, count + 1).join(' '));
      const row = steps - words.length + count;
      expectClose(course.slice(row * 10, (row + 1) * 10), numbers(said, 'probabilities'), `${count + 1} words`);
    }
    task.dispose();
  });

  it('marks words that no sentence had as unknown, and tells forms of a word by what they share', async () => {
    const task = create();
    const answer = await classify(task, 'Where is my ZEPPELIN');
    expect(texts(answer, 'words')).toEqual(['Where', 'is', 'my', 'ZEPPELIN']);
    const tokens = tokensOf(answer);
    expect(tokens.slice(0, 3).every((token) => token > UNKNOWN)).toBe(true);
    expect(tokens[3]).toBe(UNKNOWN);
    const kinOf = async (word: string) => numbers(await classify(task, word), 'tokens').at(-1);
    expect(await kinOf('refunds')).toBe(await kinOf('refund'));
    expect(await kinOf('refund')).not.toBe(await kinOf('return'));
    task.dispose();
  });
});

describe('a question', () => {
  it('changes neither weights nor what is learnt next', async () => {
    const run = async (isAsking: boolean) => {
      const task = create();
      for (let step = 0; step < 12; step += 1) {
        if (isAsking) await classify(task, `hello ${step}`);
        await task.step();
      }
      const checkpoint = await task.checkpoint();
      task.dispose();
      return checkpoint;
    };
    expect(await run(true)).toEqual(await run(false));
  });

  it.each([
    ['nothing', '', 0],
    ['spaces and line ends', ' \r\n\t ', 0],
    ['markup, as words and signs', '<b onclick="x()">hi</b>', 15],
    ['ten thousand characters', 'where '.repeat(1667), 1667],
    ['emoji, combining marks, a lone surrogate and Hebrew', '👍 é \ud800 שלום', 3],
  ])('about %s is answered with ten probabilities', async (_, text, length) => {
    for (const language of ['en', 'zh']) {
      const task = create({ language });
      const answer = await classify(task, text);
      const probabilities = numbers(answer, 'probabilities');
      expect(probabilities).toHaveLength(10);
      expect(probabilities.reduce((sum, value) => sum + value)).toBeCloseTo(1, 5);
      expect(numbers(answer, 'length')[0]).toBe(length);
      task.dispose();
    }
  });

  it('without a text is refused', async () => {
    const task = create();
    await expect(task.answer({ type: 'classify' })).rejects.toThrow(RangeError);
    task.dispose();
  });
});

describe('the reader’s own sentences', () => {
  const praise = (text: string): OwnExample => ({ language: 'en', text, label: '<b>praise</b>' });

  it('teach a new class, its name taken as it is, from a single one', async () => {
    const task = create({}, 7, [praise('your zeppelin is marvellous')]);
    await train(task, 300);
    const answer = await classify(task, 'a marvellous zeppelin');
    expect(texts(answer, 'classes')).toHaveLength(11);
    expect(classOf(answer)).toBe('<b>praise</b>');
    expect((await measure(task))['unseen-accuracy']).toBeGreaterThan(0.85);
    task.dispose();
  });

  it.each([
    ['in another language', 'zh', 'your zeppelin is marvellous'],
    ['that nobody can see', 'en', '\u200b'],
  ])('%s are left out', async (_, language, text) => {
    const task = create({ language }, 7, [praise(text)]);
    expect(texts(await classify(task, 'hello'), 'classes')).toHaveLength(10);
    task.dispose();
  });

  it('are learnt from the next step on when one is added, also after a checkpoint', async () => {
    const text = 'the zeppelin hums';
    const teach = async (isTaught: boolean) => {
      const task = create();
      await train(task, 100);
      if (isTaught) task.edit({ type: 'add-example', text, label: 6 });
      const { steps } = task;
      const checkpoint = await task.checkpoint();
      task.dispose();
      const resumed = create();
      resumed.restore(checkpoint, steps);
      await train(resumed, 150);
      const answer = await classify(resumed, text);
      resumed.dispose();
      return numbers(answer, 'probabilities')[6] ?? NaN;
    };
    const [taught, untaught] = [await teach(true), await teach(false)];
    expect(taught).toBeGreaterThan(0.8);
    expect(untaught).toBeLessThan(0.5);
  });

  it.each([
    ['no JSON', 'hello'],
    ['no list', '{}'],
    ['an empty text', JSON.stringify([praise(' ')])],
    ['no label', JSON.stringify([{ language: 'en', text: 'hello' }])],
    ['a sentence of 10,000 characters', JSON.stringify([praise('x'.repeat(10_000))])],
    ['a name that is too long', JSON.stringify([{ ...praise('hello'), label: 'x'.repeat(limits.name + 1) }])],
    ['too many sentences', JSON.stringify(Array.from({ length: limits.examples + 1 }, () => praise('hello')))],
    [
      'too many classes',
      JSON.stringify(Array.from({ length: limits.classes + 1 }, (_, at) => ({ ...praise('hello'), label: `c${at}` }))),
    ],
    ['a name with a line end', JSON.stringify([{ ...praise('hello'), label: 'one\ntwo' }])],
  ])('with %s are refused', (_, own) => {
    expect(() => createTask(data, defaultValues(spec.hyperparameters), 7, own)).toThrow(RangeError);
  });
});
