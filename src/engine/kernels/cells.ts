/**
 * One time step of a recurrent layer for one unit, as formulas that read the same in WGSL and GLSL. The shaders of
 * WebGPU and WebGL are made of them; the symbols are those of `src/nn`.
 */
export interface Cell {
  /** Its kernels are `<name>Sequence` and `<name>SequenceGrad`. */
  name: string;
  /** Tells its shaders from others. */
  key: string;
  /** g: how many products with the input, and with the state before, each unit has. */
  gates: number;
  /** 2 where the products with the state have a bias of their own. */
  biasRows: 1 | 2;
  /** From `x0…` (input's share and bias), `y0…` (state's share), `stateBefore` and `cellBefore` on. */
  forward: readonly Formula[];
  /** What a step leaves, side by side, `units` of each; the state last. */
  row: readonly string[];
  /** From the names of `row`, `stateBefore`, `cellBefore` and the gradients `dh` and `dc` on. */
  backward: readonly Formula[];
  /** What a step backward leaves: first the gradients by `x0…`, the last gate's by its `y` at `lastProduct`. */
  backwardRow: readonly string[];
  lastProduct: number;
  /** The columns of `backwardRow` that are a part of the step before's `dh` and its `dc`. */
  carried: Readonly<{ state?: number; cell?: number }>;
}

/** A name and what it stands for. */
export type Formula = readonly [name: string, expression: string];

/** Declares what the formulas name. */
export function declare(formulas: readonly Formula[], keyword: 'let' | 'float'): string {
  return formulas.map(([name, expression]) => `${keyword} ${name} = ${expression};`).join('\n');
}

/** Whether the way back needs a state from before the step. */
export function looksBack(cell: Cell, at: 'stateBefore' | 'cellBefore'): boolean {
  return cell.backward.some(([, expression]) => expression.includes(at));
}

/** Which column of a `backwardRow` holds the gradient by product number `n` of the state with recurrent weights. */
export function productColumn({ gates, lastProduct }: Cell, units: number): string {
  const shift = lastProduct - (gates - 1);
  return shift === 0 ? 'n' : `n + n / ${(gates - 1) * units} * ${shift * units}`;
}

export function times(count: number, text: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => text(index)).join('\n');
}
