import { setWhere } from '#src/nn/variables.ts';
import type { Edit } from '#src/training/journal.ts';
import { type gruInside, type lstmGates, type Weights } from '../model.ts';

type Gate = keyof typeof lstmGates | Exclude<keyof typeof gruInside, 'gruHidden'>;

/** Whose bias a gate's is a part of, and where in it: gates stand side by side, in the order of `nn/lstm` and `nn/gru`. */
const places: Readonly<Record<Gate, { bias: 'lstmBias' | 'gruBias'; place: number; parts: number }>> = {
  inputGate: { bias: 'lstmBias', place: 0, parts: 4 },
  forgetGate: { bias: 'lstmBias', place: 1, parts: 4 },
  outputGate: { bias: 'lstmBias', place: 3, parts: 4 },
  updateGate: { bias: 'gruBias', place: 0, parts: 6 },
  resetGate: { bias: 'gruBias', place: 1, parts: 6 },
};

/**
 * Pushes a gate open or shut by hand: the bias of all its units is set. What no network can take
 * changes nothing.
 */
export function setGateBias(weights: Weights, edit: Edit): void {
  const known = Object.entries(places).find(([gate]) => gate === edit['gate'])?.[1];
  const value = Number(edit['value']);
  if (!known || typeof edit['value'] !== 'number' || !Number.isFinite(value)) return;
  const bias = weights[known.bias];
  const units = bias.size / known.parts;
  const isChosen = new Float32Array(bias.size);
  isChosen.fill(1, known.place * units, (known.place + 1) * units);
  setWhere(bias, isChosen, value);
}
