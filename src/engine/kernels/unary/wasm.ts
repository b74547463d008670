import * as tf from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { runOwn } from '#src/engine/kernels/heap.ts';
import { unaryOperation } from '#src/engine/kernels/operations.ts';
import type { FasterKernel } from '#src/engine/kernels/register.ts';

/** Functions of each number by itself, four at once: most of tfjs's own compute one, and `tanh` takes 30 times as long. */
export const unary: readonly FasterKernel[] = (
  [
    [tf.Relu, unaryOperation.relu],
    [tf.Relu6, unaryOperation.relu6],
    [tf.Sigmoid, unaryOperation.sigmoid],
    [tf.Tanh, unaryOperation.tanh],
    [tf.LeakyRelu, unaryOperation.leakyRelu],
    [tf.Step, unaryOperation.step],
    [tf.Square, unaryOperation.square],
    [tf.Sqrt, unaryOperation.sqrt],
    [tf.Exp, unaryOperation.exp],
    [tf.Neg, unaryOperation.neg],
  ] as const
).map(([kernelName, operation]) => ({
  kernelName,
  canRun({ inputs }) {
    const { dtype, shape } = (inputs as { x: TensorInfo }).x;
    return dtype === 'float32' && tf.util.sizeFromShape(shape) > 0;
  },
  kernelFunc({ inputs, attrs, backend }) {
    const { x } = inputs as { x: TensorInfo };
    const { alpha = 0 } = (attrs ?? {}) as { alpha?: number };
    const out = (backend as BackendWasm).makeOutput(x.shape, 'float32');
    runOwn('unary', operation, tf.util.sizeFromShape(x.shape), x, alpha, out);
    return out;
  },
}));
