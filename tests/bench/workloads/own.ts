import { createOptimizer } from '#src/nn/optimizers.ts';
import { stock } from './stock.ts';
import type { Pieces } from './workload.ts';

/** As the book writes it: the optimizer and the recurrent layers of `nn`. */
export const own: Pieces = {
  createAdam(variables, learningRate) {
    const adam = createOptimizer('adam', variables);
    return { ...adam, apply: (gradients) => adam.apply(gradients, learningRate) };
  },
  lstm: stock.lstm,
};
