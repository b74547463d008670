import type { Values } from '#src/training/spec.ts';

const usual = { recurrentMatrix: 'random', inputScale: 0.3, clipNorm: 1, learningRate: 0.01 };

/** Settings worth a look: what becomes of a gradient on its way back. */
export const examples = {
  vanishing: { ...usual, activation: 'tanh', spectralRadius: 0.7, unrolledSteps: 40 },
  arriving: { ...usual, activation: 'linear', spectralRadius: 1, unrolledSteps: 40, recurrentMatrix: 'orthogonal' },
  exploding: {
    ...usual,
    activation: 'linear',
    spectralRadius: 1.2,
    unrolledSteps: 40,
    clipNorm: 0.3,
    learningRate: 0.0001,
  },
} as const satisfies Record<string, Values>;

export type Example = keyof typeof examples;

/** The example that these values are, if they are one. */
export function exampleOf(values: Values): Example | undefined {
  return (Object.keys(examples) as Example[]).find((name) =>
    Object.entries(examples[name]).every(([key, value]) => values[key] === value),
  );
}
