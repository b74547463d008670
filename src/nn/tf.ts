/**
 * The parts of tfjs the book uses, with the gradient of every operation: the one file of `nn` that names tfjs.
 * Models write `import * as tf from '#src/nn/tf.ts'`.
 */
import { variable as createVariable } from '@tensorflow/tfjs-core';
import type { Tensor, Variable } from '@tensorflow/tfjs-core';

export {
  add,
  argMax,
  avgPool,
  cast,
  clone,
  concat,
  conv2d,
  conv2dTranspose,
  customGrad,
  dispose,
  div,
  exp,
  gather,
  keep,
  leakyRelu,
  log,
  logSoftmax,
  matMul,
  max,
  maxPool,
  mean,
  mul,
  neg,
  oneHot,
  pad,
  relu,
  reshape,
  scalar,
  sigmoid,
  slice,
  softmax,
  split,
  sqrt,
  square,
  stack,
  sub,
  sum,
  tanh,
  tensor,
  tensor1d,
  tensor2d,
  tensor4d,
  tidy,
  transpose,
  unstack,
  variableGrads,
  zeros,
  zerosLike,
} from '@tensorflow/tfjs-core';
export type {
  Scalar,
  Tensor,
  Tensor1D,
  Tensor2D,
  Tensor3D,
  Tensor4D,
  TensorLike,
  Variable,
} from '@tensorflow/tfjs-core';

// After tfjs itself, whose settings it reads.
import '@tensorflow/tfjs-core/dist/register_all_gradients';

/**
 * A variable that starts with what `initial` holds. It takes the tensor over: unlike tfjs's own, which leaves it to be
 * disposed, `initial` is gone afterwards.
 */
export function variable(initial: Tensor, trainable = true): Variable {
  const made = createVariable(initial, trainable);
  initial.dispose();
  return made;
}
