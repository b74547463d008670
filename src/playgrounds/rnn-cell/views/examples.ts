import type { Values } from '#src/training/spec.ts';

const worked = {
  activation: 'relu',
  initialState: 0,
  recurrentWeight: 1,
  inputWeight: 1,
  bias: 0,
  inputCount: 3,
  input0: 1,
  input1: 2,
  input2: 3,
} as const;

/** Settings worth a look: the worked example of the page, and what becomes of it when one thing is changed. */
export const examples = {
  /** [1 1] and ReLU: 1, 3, 6. */
  adding: worked,
  /** [0.5 1]: 1, 2.5, 4.25. */
  fading: { ...worked, recurrentWeight: 0.5 },
  bounded: { ...worked, activation: 'tanh' },
  exploding: { ...worked, recurrentWeight: 1.2 },
} as const satisfies Record<string, Values>;

export type Example = keyof typeof examples;

/** The example that these values are, if they are one. */
export function exampleOf(values: Values): Example | undefined {
  return (Object.keys(examples) as Example[]).find((name) =>
    Object.entries(examples[name]).every(([key, value]) => values[key] === value),
  );
}
