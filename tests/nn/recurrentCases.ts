/** The cases that every backend's recurrent layers are tried with. */
import { createRandom } from '#src/nn/random.ts';
import type { Given, Layer, Sequence } from './recurrentReference.ts';
import { shapesOf } from './recurrentReference.ts';

export const layers: readonly Layer[] = ['lstm', 'gru', 'tanh', 'relu', 'sigmoid'];

/** Odd numbers of units, one sequence, one time step, one feature; and a usual size. */
export const sequences: readonly Sequence[] = [
  { batch: 3, time: 4, features: 5, units: 7 },
  { batch: 1, time: 6, features: 1, units: 5 },
  { batch: 5, time: 1, features: 3, units: 4 },
  { batch: 2, time: 3, features: 2, units: 1 },
  { batch: 4, time: 3, features: 4, units: 8 },
];

/** Numbers of the size that training meets, exact in float32. */
export function givenFor(layer: Layer, size: Sequence, options: { withState?: boolean } = {}): Given {
  const shapes = shapesOf(layer, size);
  const numbers = (name: keyof typeof shapes) => {
    const random = createRandom(11, name);
    const scale = name === 'x' ? 1 : 0.6;
    const count = shapes[name].reduce((product, length) => product * length, 1);
    return Float64Array.from({ length: count }, () => Math.fround(scale * random.normal()));
  };
  const given: Given = {
    x: numbers('x'),
    kernel: numbers('kernel'),
    recurrent: numbers('recurrent'),
    bias: numbers('bias'),
  };
  if (options.withState !== true) return given;
  return { ...given, hidden: numbers('hidden'), ...(layer === 'lstm' && { cell: numbers('cell') }) };
}

/** What the states are multiplied with to make a loss of them: the gradient that comes from above. */
export function upstreamFor({ batch, time, units }: Sequence): Float64Array {
  const random = createRandom(12, 'upstream');
  return Float64Array.from({ length: batch * time * units }, () => Math.fround(random.normal()));
}

/** What a trace calls a part of a layer. */
export function traceName(layer: Layer, part: string): string {
  return `${layer === 'lstm' || layer === 'gru' ? layer : 'rnn'}/${part}`;
}
