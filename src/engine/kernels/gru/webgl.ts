import { webglSequence } from '#src/engine/kernels/sequenceWebgl.ts';
import { gruCell } from './cell.ts';

/** A gated recurrent unit over a whole sequence. */
export const gruKernels = webglSequence('Gru', () => gruCell);
