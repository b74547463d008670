import type { KernelConfig } from '@tensorflow/tfjs-core';
import { util } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { runOwn } from '#src/engine/kernels/heap.ts';
import type { OwnKernel } from '#src/engine/kernels/heap.ts';
import { readUpdate } from './variables.ts';
import type { Kind } from './variables.ts';

const ownKernels: Readonly<Record<Kind, OwnKernel>> = {
  sgd: 'updateBySgd',
  momentum: 'updateByMomentum',
  rmsprop: 'updateByRmsprop',
  adam: 'updateByAdam',
};

/** One update of all variables, in one own call each. */
export const optimizerUpdate: KernelConfig = {
  kernelName: 'OptimizerUpdate',
  backendName: 'wasm',
  kernelFunc(params) {
    const { kind, settings, variables } = readUpdate(params);
    const wasm = params.backend as BackendWasm;
    return variables.flatMap(({ weight, gradient, slots }) => {
      const outputs = [weight, ...slots].map(({ shape }) => wasm.makeOutput(shape, 'float32'));
      const count = util.sizeFromShape(weight.shape);
      runOwn(ownKernels[kind], count, settings, weight, gradient, ...slots, ...outputs);
      return outputs;
    });
  },
};
