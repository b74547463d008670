import * as tf from '@tensorflow/tfjs-core';
import type { _FusedMatMulAttrs, TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { fusableActivation } from '#src/engine/kernels/operations.ts';
import { isPlainProduct, product } from '#src/engine/kernels/product.ts';
import type { FasterKernel } from '#src/engine/kernels/register.ts';

interface Inputs {
  a: TensorInfo;
  b: TensorInfo;
  bias?: TensorInfo;
  preluActivationWeights?: TensorInfo;
}

/**
 * The product of matrices with a bias and an activation, equal to the last bit to the three operations after one
 * another. tfjs's own adds the bias several times where a factor is transposed and the inner size is above 48.
 */
export const fusedMatMul: FasterKernel = {
  kernelName: tf._FusedMatMul,
  canRun({ inputs, attrs }) {
    const { a, b, bias } = inputs as unknown as Inputs;
    const { transposeA, transposeB, activation } = attrs as unknown as _FusedMatMulAttrs;
    const columns = b.shape.at(transposeB ? -2 : -1);
    const isRow =
      bias === undefined || bias === null || (bias.dtype === 'float32' && String(bias.shape) === String(columns));
    return isRow && isPlainProduct({ a, b, transposeA, transposeB }) && fusableActivation(activation) !== undefined;
  },
  kernelFunc({ inputs, attrs, backend }) {
    const { a, b, bias } = inputs as unknown as Inputs;
    const { transposeA, transposeB, activation, leakyreluAlpha } = attrs as unknown as _FusedMatMulAttrs;
    const alpha = leakyreluAlpha ?? 0;
    const after = { bias, activation: fusableActivation(activation) ?? 0, alpha };
    return product(backend as BackendWasm, { a, b, transposeA, transposeB, ...after });
  },
};
