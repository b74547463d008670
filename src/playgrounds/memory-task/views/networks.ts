import type { LineShape } from '#src/ui/LineChart.tsx';
import type { spec } from '../spec.ts';

export const networks = ['rnn', 'gru', 'lstm'] as const;
export type Network = (typeof networks)[number];

export const letterNames = [...'ABCDEFGH'];

/** Lines of the three, told apart by shape. */
export const shapes: Readonly<Record<Network, LineShape>> = { rnn: 'circle', gru: 'square', lstm: 'triangle' };

/** One picture of a network's inside. */
export interface Layer {
  tensor: string;
  symbol: keyof typeof spec.symbols;
  /** Of its words. */
  name: 'hidden' | 'cell' | 'candidate' | 'input' | 'forget' | 'output' | 'update' | 'reset';
  /** Gates lie between 0 and 1, states between -1 and 1; a cell has no bound of its own. */
  kind: 'gate' | 'state' | 'cell';
  /** Row of its gradient in `gradientNorms`. */
  gradient?: number;
}

/** What each network shows of itself below its answer, and beside it where one column is not enough. */
export const columns: Readonly<Record<Network, readonly [readonly Layer[], (readonly Layer[])?]>> = {
  rnn: [[{ tensor: 'rnn/hiddenState', symbol: 's', name: 'hidden', kind: 'state', gradient: 0 }]],
  gru: [
    [
      { tensor: 'gru/hiddenState', symbol: 'g', name: 'hidden', kind: 'state', gradient: 1 },
      { tensor: 'gru/updateGate', symbol: 'z', name: 'update', kind: 'gate' },
      { tensor: 'gru/resetGate', symbol: 'r', name: 'reset', kind: 'gate' },
      { tensor: 'gru/candidate', symbol: 'n', name: 'candidate', kind: 'state' },
    ],
  ],
  lstm: [
    [
      { tensor: 'lstm/hiddenState', symbol: 'h', name: 'hidden', kind: 'state', gradient: 2 },
      { tensor: 'lstm/cellState', symbol: 'c', name: 'cell', kind: 'cell', gradient: 3 },
    ],
    [
      { tensor: 'lstm/forgetGate', symbol: 'f', name: 'forget', kind: 'gate' },
      { tensor: 'lstm/inputGate', symbol: 'i', name: 'input', kind: 'gate' },
      { tensor: 'lstm/outputGate', symbol: 'o', name: 'output', kind: 'gate' },
      { tensor: 'lstm/candidate', symbol: 'k', name: 'candidate', kind: 'state' },
    ],
  ],
};

export const layersOf = (network: Network): readonly Layer[] => columns[network].flatMap((column) => column ?? []);

/** The sequence behind `x`, `[network, time, 10]`: that of one network. */
export interface SequenceShown {
  /** From 0 to 7; of the cue none. */
  letters: readonly number[];
  /** Step of the marked letter, from 0. */
  mark: number;
  /** Steps, the cue among them. */
  time: number;
}

export function readSequence(
  x: { shape: readonly number[]; values: ArrayLike<number> },
  network: number,
): SequenceShown {
  const [, time = 0, features = 10] = x.shape;
  const at = (step: number, feature: number) => x.values[(network * time + step) * features + feature] ?? 0;
  const letters = Array.from({ length: Math.max(0, time - 1) }, (_, step) =>
    letterNames.findIndex((_name, letter) => at(step, letter) > 0.5),
  );
  return { letters, mark: letters.findIndex((_, step) => at(step, letterNames.length) > 0.5), time };
}
