/** The numbers by which assembly/elementwise.ts and comparison.ts know their functions. */
export const unaryOperation = {
  linear: 0,
  relu: 1,
  relu6: 2,
  sigmoid: 3,
  tanh: 4,
  leakyRelu: 5,
  step: 6,
  square: 7,
  sqrt: 8,
  exp: 9,
  neg: 10,
} as const;

export const binaryOperation = { add: 0, sub: 1, mul: 2, div: 3 } as const;

export const comparison = { greater: 0, greaterEqual: 1, less: 2, lessEqual: 3, equal: 4 } as const;

/** Those activations by tfjs's names that can follow a product in the same call. */
const fusable: Readonly<Record<string, number>> = {
  linear: unaryOperation.linear,
  relu: unaryOperation.relu,
  relu6: unaryOperation.relu6,
  sigmoid: unaryOperation.sigmoid,
  leakyrelu: unaryOperation.leakyRelu,
};

/** @returns undefined for one that only tfjs has. */
export function fusableActivation(name: string): number | undefined {
  return fusable[name];
}
