import { lstm } from '#src/nn/lstm.ts';
import { createOptimizer } from '#src/nn/optimizers.ts';
import type { Pieces } from './workload.ts';

/** As the book writes it: the optimizer and the recurrent layers of `nn`. */
export const own: Pieces = {
  createAdam(variables, learningRate) {
    const adam = createOptimizer('adam', variables);
    return { ...adam, apply: (gradients) => adam.apply(gradients, learningRate) };
  },
  lstm: (x, kernel, recurrent, bias) => lstm(x, { kernel, recurrent, bias }).states,
};
