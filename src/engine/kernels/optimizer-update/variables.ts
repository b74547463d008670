import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';

/** Each optimizer, with what it remembers for each variable in the order of its slots. */
export const slotNames = {
  sgd: [],
  momentum: ['velocity'],
  rmsprop: ['meanSquare'],
  adam: ['mean', 'meanSquare'],
} as const;

export type Kind = keyof typeof slotNames;

/** One update of all variables. Every tensor of a variable has its shape; a new one is made for each that changes. */
export interface Update {
  kind: Kind;
  /** `[2]`: the rate, and what is added to a root mean square; `nn/updateRules` says how they come about. */
  settings: TensorInfo;
  variables: { weight: TensorInfo; gradient: TensorInfo; slots: TensorInfo[] }[];
}

/**
 * What the kernel `OptimizerUpdate` is called with: `inputs` is a list, the settings, then for each variable its weight,
 * its gradient and its slots. It gives for each variable the new weight and the new slots.
 */
export function readUpdate({ inputs, attrs }: Parameters<KernelFunc>[0]): Update {
  const { kind } = attrs as unknown as { kind: Kind };
  const [settings, ...tensors] = Object.values(inputs) as [TensorInfo, ...TensorInfo[]];
  const count = 2 + slotNames[kind].length;
  const variables = Array.from({ length: tensors.length / count }, (_, at) => {
    const [weight, gradient, ...slots] = tensors.slice(at * count, (at + 1) * count) as [TensorInfo, TensorInfo];
    return { weight, gradient, slots };
  });
  return { kind, settings, variables };
}
