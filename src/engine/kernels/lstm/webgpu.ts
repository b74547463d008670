import { webgpuSequence } from '#src/engine/kernels/sequenceWebgpu.ts';
import { lstmCell } from './cell.ts';

/** Long short-term memory over a whole sequence. */
export const lstmKernels = webgpuSequence('Lstm', () => lstmCell);
