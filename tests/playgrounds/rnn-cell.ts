import { COMPARED, activations } from '#src/playgrounds/rnn-cell/spec.ts';
import type { Computed } from './playgrounds.ts';

export const computed: Computed = {
  small: {},
  shapes: () => ({
    inputs: [COMPARED],
    states: [activations.length, COMPARED],
    gradients: [activations.length, COMPARED],
  }),
};
