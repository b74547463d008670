import { webgpuSequence } from '#src/engine/kernels/sequenceWebgpu.ts';
import { readActivation } from '#src/engine/kernels/sequences.ts';
import { simpleRnnCell } from './cell.ts';

/** A plain recurrent network over a whole sequence. */
export const simpleRnnKernels = webgpuSequence('SimpleRnn', (params) => simpleRnnCell(readActivation(params)));
