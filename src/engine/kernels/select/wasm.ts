import * as tf from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { runOwn } from '#src/engine/kernels/heap.ts';
import type { FasterKernel } from '#src/engine/kernels/register.ts';

type Inputs = Record<'condition' | 't' | 'e', TensorInfo>;

/** Number by number one of two tensors, float32, where all three have one shape. */
export const select: FasterKernel = {
  kernelName: tf.Select,
  canRun({ inputs }) {
    const { condition, t, e } = inputs as Inputs;
    const isPlain = [condition, e].every(({ shape }) => String(shape) === String(t.shape));
    return isPlain && t.dtype === 'float32' && e.dtype === 'float32' && tf.util.sizeFromShape(t.shape) > 0;
  },
  kernelFunc({ inputs, backend }) {
    const { condition, t, e } = inputs as Inputs;
    const out = (backend as BackendWasm).makeOutput(t.shape, 'float32');
    runOwn('select', tf.util.sizeFromShape(t.shape), condition, t, e, out);
    return out;
  },
};
