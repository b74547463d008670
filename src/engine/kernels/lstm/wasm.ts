import type { KernelConfig } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { runOwn, scratch } from '#src/engine/kernels/heap.ts';
import { packedBytes, readBackward, readForward } from '#src/engine/kernels/sequences.ts';

/** A long short-term memory over a whole sequence in one own call each way. */
export const lstmKernels: readonly KernelConfig[] = [
  {
    kernelName: 'LstmSequence',
    backendName: 'wasm',
    kernelFunc(params) {
      const { batch, time, units, projected, recurrent, bias, hidden = null, cell = null } = readForward(params);
      const wasm = params.backend as BackendWasm;
      const states = wasm.makeOutput([batch, time, units], 'float32');
      const inside = wasm.makeOutput([batch, time, 5 * units], 'float32');
      const packed = scratch(packedBytes(units, 4 * units));
      runOwn('lstmForward', batch, time, units, projected, recurrent, bias, hidden, cell, states, inside, packed);
      return [states, inside];
    },
  },
  {
    kernelName: 'LstmSequenceGrad',
    backendName: 'wasm',
    kernelFunc(params) {
      const { batch, time, units, recurrent, states, dy, ...given } = readBackward(params);
      const { hidden = null, cell = null, inside = null } = given;
      const wasm = params.backend as BackendWasm;
      const gates = 4 * units;
      const dProjected = wasm.makeOutput([batch, time, gates], 'float32');
      const dRecurrent = wasm.makeOutput([units, gates], 'float32');
      const dBias = wasm.makeOutput([gates], 'float32');
      runOwn(
        'lstmBackward',
        ...[batch, time, units],
        ...[recurrent, hidden, cell, states, inside, dy],
        ...[dProjected, dRecurrent, dBias],
        scratch(4 * 2 * batch * units),
        scratch(4 * batch * time * units),
        scratch(Math.max(packedBytes(batch * time, gates), packedBytes(gates, units))),
      );
      return [dProjected, dRecurrent, dBias];
    },
  },
];
