import type { KernelConfig } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { runOwn, scratch } from '#src/engine/kernels/heap.ts';
import { packedBytes, readBackward, readForward } from '#src/engine/kernels/sequences.ts';

/** A gated recurrent unit over a whole sequence in one own call each way. */
export const gruKernels: readonly KernelConfig[] = [
  {
    kernelName: 'GruSequence',
    backendName: 'wasm',
    kernelFunc(params) {
      const { batch, time, units, projected, recurrent, bias, hidden = null } = readForward(params);
      const wasm = params.backend as BackendWasm;
      const states = wasm.makeOutput([batch, time, units], 'float32');
      const inside = wasm.makeOutput([batch, time, 4 * units], 'float32');
      runOwn(
        'gruForward',
        ...[batch, time, units],
        ...[projected, recurrent, bias, hidden],
        ...[states, inside],
        scratch(4 * batch * 3 * units),
        scratch(packedBytes(units, 3 * units)),
      );
      return [states, inside];
    },
  },
  {
    kernelName: 'GruSequenceGrad',
    backendName: 'wasm',
    kernelFunc(params) {
      const { batch, time, units, recurrent, hidden = null, states, inside = null, dy } = readBackward(params);
      const wasm = params.backend as BackendWasm;
      const gates = 3 * units;
      const dProjected = wasm.makeOutput([batch, time, gates], 'float32');
      const dRecurrent = wasm.makeOutput([units, gates], 'float32');
      const dBias = wasm.makeOutput([2, gates], 'float32');
      runOwn(
        'gruBackward',
        ...[batch, time, units],
        ...[recurrent, hidden, states, inside, dy],
        ...[dProjected, dRecurrent, dBias],
        scratch(4 * batch * units),
        scratch(4 * batch * time * gates),
        scratch(4 * batch * time * units),
        scratch(Math.max(packedBytes(batch * time, gates), packedBytes(gates, units))),
      );
      return [dProjected, dRecurrent, dBias];
    },
  },
];
