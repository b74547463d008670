/** A playground described as data: both programs, page and worker, read it; neither side's code is in it. */

/** When a change takes effect: between two steps of the same run, or in a new run from the same seed. */
export type Applies = 'next-step' | 'restart';

export interface Range {
  kind: 'range';
  default: number;
  min: number;
  max: number;
  scale: 'linear' | 'log';
  /** Distance of two neighbouring values; absent: continuous. */
  step?: number;
  applies: Applies;
}

export interface Choice {
  kind: 'choice';
  default: string | number;
  options: readonly (string | number)[];
  applies: Applies;
}

export type Hyperparameter = Range | Choice;
export type Value = string | number;
export type Values = Readonly<Record<string, Value>>;

/** What one symbol ties together: a term of the formula, a node of the diagram, identifiers of the code, a tensor. */
export interface SymbolSpec {
  /** As KaTeX writes it; the formula's term carries `data-symbol` with this symbol's key. */
  tex: string;
  /** Id of the node in the page's diagram. */
  node: string;
  /** Identifiers in `model.ts` that stand for it. */
  code: readonly string[];
  /** Key of the tensor in the snapshot. */
  tensor: string;
  /** Which hue it has in prose, formula, diagram, code and picture (`ui/colors.css`). */
  hue: Hue;
}

export type Hue =
  'input' | 'weight' | 'bias' | 'pre-activation' | 'activation' | 'gate' | 'cell' | 'output' | 'loss' | 'gradient';

/** What is trained in advance, so that a page has something to show before the first Run. */
export interface Trained {
  steps: number;
  /** The metric that tells how good it is. */
  metric: string;
  /** Other start values that have a trained state of their own, by the name in its files. */
  variants?: Readonly<Record<string, Values>>;
}

export interface PlaygroundSpec {
  id: string;
  kind: 'trains' | 'computes';
  hyperparameters: Readonly<Record<string, Hyperparameter>>;
  /** The parts of a step, in order; a trace is walked through in these. */
  phases: readonly string[];
  /** Names, the same in spec, run and `data-metric`. */
  metrics: readonly string[];
  /** What the reader may look at; it shapes snapshots and changes nothing. */
  view: Readonly<Record<string, Hyperparameter>>;
  /** Asked of the current weights; changes nothing. Axes by name. */
  questions: Readonly<Record<string, { takes: readonly string[]; gives: readonly string[] }>>;
  /** Changes of the run by hand; they go into the journal. */
  edits: Readonly<Record<string, readonly string[]>>;
  symbols: Readonly<Record<string, SymbolSpec>>;
  /** Axes of each tensor of the snapshot, by name. */
  snapshot: Readonly<Record<string, readonly string[]>>;
  /** Of those that only a traced step has, as large weights. */
  traced?: Readonly<Record<string, readonly string[]>>;
  /** A loss above this (in nats) counts as diverged, as one that is not finite does. */
  divergesAbove?: number;
  /** Of a playground that trains. */
  trained?: Trained;
}

export function definePlayground<const S extends PlaygroundSpec>(spec: S): S {
  return spec;
}

export function range(
  value: number,
  options: { min: number; max: number; scale: 'linear' | 'log'; step?: number; applies: Applies },
): Range {
  return { kind: 'range', default: value, ...options };
}

export function choice(
  value: string | number,
  options: { options: readonly (string | number)[]; applies: Applies },
): Choice {
  return { kind: 'choice', default: value, ...options };
}

/** A whole number from 0 to `count - 1`. */
export function index(count: number): Range {
  return range(0, { min: 0, max: count - 1, scale: 'linear', step: 1, applies: 'next-step' });
}

/** The value nearest to what was asked that the hyperparameter allows; its default for what is no value at all. */
export function nearestValue(hyperparameter: Hyperparameter, asked: unknown): Value {
  if (hyperparameter.kind === 'choice') return nearestOption(hyperparameter, asked);
  const number = numberOf(asked);
  if (Number.isNaN(number)) return hyperparameter.default;
  const { min, max, step } = hyperparameter;
  const clamped = Math.min(max, Math.max(min, number));
  if (step === undefined) return clamped;
  // Without the dust of binary fractions: 3 steps of 0.05 are 0.15.
  return Math.min(max, Number((min + Math.round((clamped - min) / step) * step).toPrecision(12)));
}

/** A word must be that of an option; of options that are numbers the nearest is taken. */
function nearestOption({ options, default: standard }: Choice, asked: unknown): Value {
  const same = options.find((option) => String(option) === String(asked));
  if (same !== undefined) return same;
  const numbers = options.filter((option) => typeof option === 'number');
  const number = Math.min(Math.max(...numbers), Math.max(Math.min(...numbers), numberOf(asked)));
  if (Number.isNaN(number) || numbers.length === 0) return standard;
  return numbers.reduce((best, option) => (Math.abs(option - number) < Math.abs(best - number) ? option : best));
}

/** NaN for what is neither a number nor the text of one. */
function numberOf(asked: unknown): number {
  if (typeof asked === 'number') return asked;
  return typeof asked === 'string' && asked.trim() !== '' ? Number(asked) : Number.NaN;
}

export function defaultValues(hyperparameters: Readonly<Record<string, Hyperparameter>>): Values {
  return Object.fromEntries(Object.entries(hyperparameters).map(([name, { default: value }]) => [name, value]));
}

/** Every hyperparameter with a value that is allowed: those given, clamped; defaults for the rest. */
export function allowedValues(hyperparameters: Readonly<Record<string, Hyperparameter>>, given: Values): Values {
  return Object.fromEntries(
    Object.entries(hyperparameters).map(([name, hyperparameter]) => {
      const value = given[name];
      return [name, value === undefined ? hyperparameter.default : nearestValue(hyperparameter, value)];
    }),
  );
}

/** Whether going from `before` to `after` needs a new run. */
export function needsRestart(spec: PlaygroundSpec, before: Values, after: Values): boolean {
  return Object.entries(spec.hyperparameters).some(
    ([name, { applies }]) => applies === 'restart' && before[name] !== after[name],
  );
}
