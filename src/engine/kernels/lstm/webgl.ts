import { webglSequence } from '#src/engine/kernels/sequenceWebgl.ts';
import { lstmCell } from './cell.ts';

/** Long short-term memory over a whole sequence. */
export const lstmKernels = webglSequence('Lstm', () => lstmCell);
