import { webglSequence } from '#src/engine/kernels/sequenceWebgl.ts';
import { readActivation } from '#src/engine/kernels/sequences.ts';
import { simpleRnnCell } from './cell.ts';

/** A plain recurrent network over a whole sequence. */
export const simpleRnnKernels = webglSequence('SimpleRnn', (params) => simpleRnnCell(readActivation(params)));
