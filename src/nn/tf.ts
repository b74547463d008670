/**
 * The parts of tfjs the book uses, with the gradient of every operation: the one file of `nn` that names tfjs.
 * Models write `import * as tf from '#src/nn/tf.ts'`.
 *
 * A step that is recorded becomes a program of these calls. A plain number in a call is a part of the program; one that
 * is another at each step (a rate, a noise level) must come as a tensor: `tf.scalar(rate)`.
 */
import * as core from '@tensorflow/tfjs-core';
import { dispatched } from './dispatch.ts';

export type {
  GradSaveFunc as GradSaver,
  NamedAttrMap,
  NamedTensorMap,
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

const operation = <F>(name: string, run: F) => dispatched('operation', name, run);
const source = <F>(name: string, run: F) => dispatched('source', name, run);

export const add = operation('add', core.add);
export const argMax = operation('argMax', core.argMax);
export const avgPool = operation('avgPool', core.avgPool);
export const cast = operation('cast', core.cast);
export const clone = operation('clone', core.clone);
export const concat = operation('concat', core.concat);
export const conv2d = operation('conv2d', core.conv2d);
export const conv2dTranspose = operation('conv2dTranspose', core.conv2dTranspose);
export const div = operation('div', core.div);
export const exp = operation('exp', core.exp);
export const gather = operation('gather', core.gather);
export const leakyRelu = operation('leakyRelu', core.leakyRelu);
export const log = operation('log', core.log);
export const logSoftmax = operation('logSoftmax', core.logSoftmax);
export const matMul = operation('matMul', core.matMul);
export const max = operation('max', core.max);
export const maxPool = operation('maxPool', core.maxPool);
export const mean = operation('mean', core.mean);
export const mul = operation('mul', core.mul);
export const neg = operation('neg', core.neg);
export const oneHot = operation('oneHot', core.oneHot);
export const pad = operation('pad', core.pad);
export const relu = operation('relu', core.relu);
export const reshape = operation('reshape', core.reshape);
export const sigmoid = operation('sigmoid', core.sigmoid);
export const slice = operation('slice', core.slice);
export const softmax = operation('softmax', core.softmax);
export const softplus = operation('softplus', core.softplus);
export const split = operation('split', core.split);
export const sqrt = operation('sqrt', core.sqrt);
export const square = operation('square', core.square);
export const stack = operation('stack', core.stack);
export const step = operation('step', core.step);
export const sub = operation('sub', core.sub);
export const sum = operation('sum', core.sum);
export const tanh = operation('tanh', core.tanh);
export const transpose = operation('transpose', core.transpose);
export const unstack = operation('unstack', core.unstack);
export const zeros = operation('zeros', core.zeros);
export const zerosLike = operation('zerosLike', core.zerosLike);

export const scalar = source('scalar', core.scalar);
export const tensor = source('tensor', core.tensor);
export const tensor1d = source('tensor1d', core.tensor1d);
export const tensor2d = source('tensor2d', core.tensor2d);
export const tensor4d = source('tensor4d', core.tensor4d);

export const tidy = dispatched('scope', 'tidy', core.tidy);
export const variableGrads = dispatched('gradients', 'variableGrads', core.variableGrads);
export const dispose = dispatched('release', 'dispose', core.dispose);
export const keep = dispatched('release', 'keep', core.keep);

/** An operation with its own gradient. What is inside it is one call: numbers that it encloses are part of the program. */
export const customGrad: typeof core.customGrad = (f) => operation('customGrad', core.customGrad(f));

/** Runs a kernel by the name it is registered with; it has no gradient unless one is registered. */
export const runKernel = operation(
  'runKernel',
  (name: string, inputs: core.NamedTensorMap | core.Tensor[], attributes?: core.NamedAttrMap): unknown =>
    core.engine().runKernel(name, inputs as core.NamedTensorMap, attributes),
);

/** Whether the backend that runs has a kernel of this name. */
export function hasKernel(name: string): boolean {
  return core.getKernel(name, core.getBackend()) !== undefined;
}

const createVariable = operation('variable', core.variable);

/**
 * A variable that starts with what `initial` holds. It takes the tensor over: unlike tfjs's own, which leaves it to be
 * disposed, `initial` is gone afterwards.
 */
export function variable(initial: core.Tensor, trainable = true): core.Variable {
  const made = createVariable(initial, trainable);
  initial.dispose();
  return made;
}
