import { webgpuSequence } from '#src/engine/kernels/sequenceWebgpu.ts';
import { gruCell } from './cell.ts';

/** A gated recurrent unit over a whole sequence. */
export const gruKernels = webgpuSequence('Gru', () => gruCell);
