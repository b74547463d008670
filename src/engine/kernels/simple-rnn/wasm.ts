import type { KernelConfig } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { runOwn, scratch } from '#src/engine/kernels/heap.ts';
import { activations, packedBytes, readActivation, readBackward, readForward } from '#src/engine/kernels/sequences.ts';

/** A plain recurrent network over a whole sequence in one own call each way. */
export const simpleRnnKernels: readonly KernelConfig[] = [
  {
    kernelName: 'SimpleRnnSequence',
    backendName: 'wasm',
    kernelFunc(params) {
      const { batch, time, units, projected, recurrent, bias, hidden = null } = readForward(params);
      const states = (params.backend as BackendWasm).makeOutput([batch, time, units], 'float32');
      runOwn(
        'simpleRnnForward',
        ...[activations.indexOf(readActivation(params)), batch, time, units],
        ...[projected, recurrent, bias, hidden, states],
        scratch(packedBytes(units, units)),
      );
      return [states];
    },
  },
  {
    kernelName: 'SimpleRnnSequenceGrad',
    backendName: 'wasm',
    kernelFunc(params) {
      const { batch, time, units, recurrent, hidden = null, states, dy } = readBackward(params);
      const wasm = params.backend as BackendWasm;
      const dProjected = wasm.makeOutput([batch, time, units], 'float32');
      const dRecurrent = wasm.makeOutput([units, units], 'float32');
      const dBias = wasm.makeOutput([units], 'float32');
      runOwn(
        'simpleRnnBackward',
        ...[activations.indexOf(readActivation(params)), batch, time, units],
        ...[recurrent, hidden, states, dy],
        ...[dProjected, dRecurrent, dBias],
        scratch(4 * batch * units),
        scratch(4 * batch * time * units),
        scratch(packedBytes(Math.max(batch * time, units), units)),
      );
      return [dProjected, dRecurrent, dBias];
    },
  },
];
