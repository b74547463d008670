import { beforeAll, describe, expect, it } from 'vitest';
import { languages } from '#src/i18n/languages.ts';
import { spec as cell } from '#src/playgrounds/rnn-cell/spec.ts';
import { spec as memory } from '#src/playgrounds/memory-task/spec.ts';
import { spec as unrolled } from '#src/playgrounds/unrolled/spec.ts';
import { spec as writer } from '#src/playgrounds/char-lstm/spec.ts';
import { defaultValues, type PlaygroundSpec } from '#src/training/spec.ts';
import { attributesOf, renderPage } from './renderedPage.tsx';

/** The words around the playgrounds are what is looked at here. */
const nothing = () => null;
const replaced = { RnnCell: nothing, MemoryTask: nothing, Unrolled: nothing, CharLstm: nothing };

/** The symbols of one playground that the formulas or the diagrams of the page show. */
const shown = (page: Document, instance: string, selector: string, name: string) =>
  new Set(
    [...page.querySelectorAll(`[data-of="${instance}"] ${selector}`)].map((element) => element.getAttribute(name)),
  );

function promiseWellFormed(read: () => Document): void {
  it('draws every formula, with not one mistake of TeX in it', () => {
    const page = read();
    expect(page.querySelectorAll('.katex').length).toBeGreaterThan(20);
    expect(page.querySelectorAll('.katex-error')).toHaveLength(0);
    expect(page.body.textContent).not.toContain('$');
  });

  it('uses no id twice', () => {
    const ids = attributesOf(read(), 'id');
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('asks nothing of another host', () => {
    expect(read().querySelectorAll('script, iframe, img, [src], link')).toHaveLength(0);
  });
}

function promiseErrata(read: () => Document, rows: readonly number[]): void {
  it('corrects the article in the open, where it went wrong', () => {
    for (const row of rows) {
      const erratum = read().querySelector(`[data-source="erratum-${row}"]`);
      expect(erratum?.querySelectorAll('dt'), `erratum ${row}`).toHaveLength(3);
      expect(erratum?.querySelector('cite')?.textContent, `source of erratum ${row}`).toBeTruthy();
    }
  });
}

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

/** States of one unit that reads 1, 2, 3. */
function states(recurrent: number, activation: (z: number) => number): number[] {
  let state = 0;
  return [1, 2, 3].map((x) => (state = activation(recurrent * state + x)));
}

/** The text with numbers as they are typed: no thousands separators, no signs of typography. */
const plain = (page: Document) => (page.body.textContent ?? '').replace(/(\d),(\d{3})/g, '$1$2').replaceAll('−', '-');

describe.each(languages)('the page on RNNs in %s', (language) => {
  let page: Document;
  beforeAll(async () => {
    page = await renderPage('03-core-algorithms/02-rnn', language, replaced);
  }, 60_000);

  promiseWellFormed(() => page);
  promiseErrata(() => page, [9]);

  it('holds each diagram of the article that belongs here', () => {
    expect(attributesOf(page, 'data-source')).toEqual(expect.arrayContaining(['diagram-3.2.1', 'diagram-3.2.2']));
  });

  it.each<[string, PlaygroundSpec]>([
    ['memory', memory],
    ['cell', cell],
    ['unrolled', unrolled],
    ['writer', writer],
  ])('shows every symbol of %s in a formula and in a diagram', (instance, spec) => {
    const terms = shown(page, instance, '.katex-html [data-symbol]', 'data-symbol');
    const nodes = shown(page, instance, '[data-node]', 'data-node');
    for (const [name, symbol] of Object.entries(spec.symbols)) {
      expect([...nodes], `node of ${name}`).toContain(symbol.node);
      expect([...terms], `term of ${name}`).toContain(name);
    }
  });

  it('counts the parameters that the playground’s layers have by default', () => {
    const units = Number(defaultValues(memory.hyperparameters)['units']);
    const weights = units * (units + 10);
    for (const count of [weights + units, 3 * weights + 6 * units, 4 * weights + 4 * units]) {
      expect(plain(page)).toContain(String(count));
    }
  });

  it('prints the probabilities that its temperatures give', () => {
    for (const temperature of [0.5, 1, 2]) {
      const powers = [2, 1, 0].map((score) => Math.exp(score / temperature));
      const sum = powers.reduce((total, power) => total + power, 0);
      for (const power of powers) expect(plain(page)).toContain((power / sum).toFixed(3));
    }
  });
});

describe.each(languages)('the page on the mathematics of RNNs in %s', (language) => {
  let page: Document;
  beforeAll(async () => {
    page = await renderPage('04-mathematics/02-rnn', language, replaced);
  }, 60_000);

  promiseWellFormed(() => page);
  promiseErrata(() => page, [6, 7, 8, 10]);

  it('holds each formula of the article that belongs here', () => {
    const formulas = ['4.2.1-1', '4.2.1-2', '4.2.1-3', '4.2.1-4', '4.2.2-1', '4.2.2-2'];
    expect(attributesOf(page, 'data-source')).toEqual(expect.arrayContaining(formulas.map((id) => `formula-${id}`)));
  });

  it.each<[string, PlaygroundSpec]>([
    ['cell', cell],
    ['unrolled', unrolled],
  ])('shows every symbol of %s in a formula', (instance, spec) => {
    const terms = shown(page, instance, '.katex-html [data-symbol]', 'data-symbol');
    expect([...terms]).toEqual(expect.arrayContaining(Object.keys(spec.symbols)));
  });

  it('prints the states that its examples give', () => {
    const relu = (z: number) => Math.max(0, z);
    expect(states(1, relu)).toEqual([1, 3, 6]);
    expect(states(0.5, relu)).toEqual([1, 2.5, 4.25]);
    for (const state of [...states(1, Math.tanh), ...states(0.5, Math.tanh)]) {
      expect(plain(page)).toContain(state.toFixed(3));
    }
    for (const state of states(1, Math.tanh)) expect(plain(page)).toContain((1 - state ** 2).toFixed(3));
    expect(plain(page)).toContain((1.2 ** 19).toFixed(1));
  });

  it('prints the gradients that a small change of each weight gives', () => {
    const loss = (recurrent: number, kernel: number, bias: number) => {
      let state = 0;
      for (const x of [1, 2, 3]) state = Math.max(0, recurrent * state + kernel * x + bias);
      return (state - 4) ** 2 / 2;
    };
    const change = 1e-6;
    const slope = (at: (by: number) => number) => (at(change) - at(-change)) / (2 * change);
    const gradients = [
      slope((by) => loss(0.5 + by, 1, 0)),
      slope((by) => loss(0.5, 1 + by, 0)),
      slope((by) => loss(0.5, 1, by)),
    ].map((gradient) => Number(gradient.toFixed(6)));
    expect(gradients).toEqual([0.75, 1.0625, 0.4375]);
    expect([...page.querySelectorAll('table strong')].map((cell) => Number(cell.textContent))).toEqual(gradients);
    expect(plain(page)).toContain(loss(0.5, 1, 0).toFixed(5));
    expect(plain(page)).toContain(loss(0.47, 1, 0).toFixed(4));
  });

  it('prints what a forget gate leaves after thirty steps', () => {
    for (const [gate, digits] of [
      [0.5, 10],
      [sigmoid(1), 5],
      [0.9, 2],
      [0.99, 2],
    ] as const) {
      expect(plain(page)).toContain((gate ** 30).toFixed(digits));
    }
  });
});
