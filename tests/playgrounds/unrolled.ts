import { FEATURES } from '#src/playgrounds/unrolled/spec.ts';
import type { Computed } from './playgrounds.ts';

export const computed: Computed = {
  small: { unrolledSteps: 3, stateSize: 8 },
  shapes: ({ unrolledSteps, stateSize }) => ({
    inputs: [Number(unrolledSteps), FEATURES],
    recurrent: [Number(stateSize), Number(stateSize)],
    states: [Number(unrolledSteps), Number(stateSize)],
    stateGradients: [Number(unrolledSteps), Number(stateSize)],
    norms: [Number(unrolledSteps)],
  }),
};
