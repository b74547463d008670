import { describe, expect, it } from 'vitest';
import { spec } from '#src/playgrounds/digit-cnn/spec.ts';
import { DEFAULT_SEED, readAddress } from '#src/training/address.ts';

const defaults = readAddress('', spec).values;
const read = (name: string, asked: string) => readAddress(`?${name}=${encodeURIComponent(asked)}`, spec);

describe('an address', () => {
  it('without settings asks for the defaults, and complains of nothing', () => {
    expect(readAddress('', spec)).toEqual({ values: defaults, complaints: [] });
    expect(defaults).toMatchObject({ learningRate: 0.002, batchSize: 64, optimizer: 'adam', dropout: 0.25 });
  });

  it('sets hyperparameters, seed and backend', () => {
    const { values, seed, backend, complaints } = readAddress(
      '?learningRate=0.01&optimizer=sgd&filters1=16&batchSize=32&seed=123&backend=webgl',
      spec,
    );
    expect(values).toEqual({ ...defaults, learningRate: 0.01, optimizer: 'sgd', filters1: 16, batchSize: 32 });
    expect({ seed, backend, complaints }).toEqual({ seed: 123, backend: 'webgl', complaints: [] });
  });

  it('ignores names it does not know', () => {
    const asked = '?utm_source=x&learningrate=9&__proto__=1&constructor=2&learningRate[]=3&=4&view=projector';
    expect(readAddress(asked, spec)).toEqual({ values: defaults, complaints: [] });
  });
});

describe('what is allowed is taken without a word', () => {
  it.each([
    ['learningRate', '0.01', 0.01],
    ['learningRate', '1e-2', 0.01],
    ['learningRate', '1E-2', 0.01],
    ['learningRate', ' 0.010 ', 0.01],
    ['filters1', '16', 16],
    ['filters1', '16.0', 16],
    ['filters1', '0x10', 16],
    ['batchSize', '1.6e1', 16],
    ['dropout', '0.15', 0.15],
    ['l2', '0.0003', 0.0003],
    ['l2', '-0', 0],
    ['activation', 'leakyRelu', 'leakyRelu'],
  ])('%s=%s', (name, asked, used) => {
    expect(read(name, asked)).toMatchObject({ values: { [name]: used }, complaints: [] });
  });

  it('every step of every range, as it is written', () => {
    for (let twentieth = 0; twentieth <= 18; twentieth += 1) {
      const asked = (twentieth * 0.05).toFixed(2);
      expect(read('dropout', asked)).toMatchObject({ values: { dropout: Number(asked) }, complaints: [] });
    }
  });
});

describe('the nearest sensible value is taken, and said', () => {
  it.each([
    ['learningRate', '2', 1],
    ['learningRate', '0', 1e-5],
    ['learningRate', '-0', 1e-5],
    ['learningRate', '-5', 1e-5],
    ['learningRate', '1e999', 1],
    ['learningRate', '-1e999', 1e-5],
    ['learningRate', 'Infinity', 1],
    ['learningRate', '0x10', 1],
    ['learningRate', 'NaN', 0.002],
    ['learningRate', '', 0.002],
    ['learningRate', '  ', 0.002],
    ['learningRate', '０.０１', 0.002],
    ['learningRate', '0,01', 0.002],
    ['learningRate', '[1,2]', 0.002],
    ['learningRate', '{"a":1}', 0.002],
    ['filters1', '2.4', 2],
    ['filters1', '１６', 8],
    ['filters1', '1e3', 16],
    ['batchSize', '60', 64],
    ['batchSize', '10', 8],
    ['batchSize', '1e999', 128],
    ['batchSize', '-1', 8],
    ['batchSize', 'many', 64],
    ['batchSize', '', 64],
    ['optimizer', 'ADAM', 'adam'],
    ['optimizer', 'lion', 'adam'],
    ['optimizer', '3', 'adam'],
    ['optimizer', 'toString', 'adam'],
    ['l2', '0.00034', 0.0003],
    ['dropout', '0.99', 0.9],
  ])('%s=%s', (name, asked, used) => {
    expect(read(name, asked)).toMatchObject({ values: { [name]: used }, complaints: [{ name, asked, used }] });
  });

  it.each([
    ['-1', 0],
    ['1.5', 2],
    ['1e999', 0xffffffff],
    ['4294967296', 0xffffffff],
    ['NaN', DEFAULT_SEED],
    ['', DEFAULT_SEED],
    ['七', DEFAULT_SEED],
  ])('seed=%s', (asked, used) => {
    expect(read('seed', asked)).toMatchObject({ seed: used, complaints: [{ name: 'seed', asked, used }] });
  });

  it.each(['gpu', '', 'webgpu,webgl', '__proto__'])('backend=%s', (asked) => {
    expect(read('backend', asked)).toMatchObject({ backend: 'auto', complaints: [{ name: 'backend', used: 'auto' }] });
  });

  it('for a name that stands there twice', () => {
    const { values, complaints } = readAddress('?learningRate=0.1&learningRate=0.2', spec);
    expect(values['learningRate']).toBe(0.002);
    expect(complaints).toEqual([{ name: 'learningRate', asked: '0.1,0.2', used: 0.002 }]);
  });

  it('for a value of 100 kB, of which a reader is shown no more than a line', () => {
    for (const name of ['learningRate', 'batchSize', 'optimizer', 'seed', 'backend']) {
      for (const letter of ['9', 'x', '０', '-']) {
        const { values, seed, complaints } = read(name, letter.repeat(100_000));
        expect(complaints).toHaveLength(1);
        expect(complaints[0]?.asked.length).toBeLessThan(40);
        expect(Number.isFinite(values['learningRate'])).toBe(true);
        expect(seed === undefined || Number.isInteger(seed)).toBe(true);
      }
    }
  });

  it('for an address that is cut in the middle of a letter', () => {
    expect(readAddress('?learningRate=%E7%&seed=%', spec).complaints).toHaveLength(2);
  });
});
