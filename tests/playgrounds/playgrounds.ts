import { readdirSync } from 'node:fs';
import type { Edit, NamedArrays } from '#src/training/journal.ts';
import type { Question } from '#src/training/protocol.ts';
import {
  defaultValues,
  type Hyperparameter,
  type PlaygroundSpec,
  type Value,
  type Values,
} from '#src/training/spec.ts';
import type { TaskModule } from '#src/training/task.ts';
import { readDataset } from '../readFile.ts';

/** What a playground's own file here, `tests/playgrounds/<id>.ts`, says of it: as `computed` if it trains nothing. */
export interface Computed {
  /** Settings under which a step takes about a millisecond. */
  small: Values;
  /** One question it can answer, one edit it knows. */
  question?: Question;
  edit?: Edit;
  /** The shape of each tensor of the snapshot that depends on hyperparameters. */
  shapes(values: Values): Readonly<Record<string, readonly number[]>>;
}

/** The same of one that trains, as `expectations`. */
export interface Expectations extends Computed {
  /** What "it learns" means: after so many steps from the seed, the metric is above or below the bound. */
  learns: { seed: number; steps: number; metric: string } & ({ above: number } | { below: number });
  question: Question;
  edit: Edit;
  /** Edits of a known kind that no network can take: they change nothing. */
  strayEdits: readonly Edit[];
  /** Two other values of hyperparameters that apply at the next step. */
  changes: readonly [Values, Values];
  reference: Reference;
}

/** The same network computed elsewhere: in float64, without tfjs. */
export interface Reference {
  /** Hyperparameters under which both are compared. */
  cases: readonly Values[];
  /**
   * @param steps done before the one that is computed.
   * @param weights float64, in the order of the tensors' own numbers; read, not kept.
   * @returns the loss that `model.ts` names, and the total that is differentiated, penalties included.
   */
  lossOf(
    data: unknown,
    values: Values,
    seed: number,
    steps: number,
    weights: Readonly<Record<string, Float64Array>>,
  ): { loss: number; total: number };
  /** One update of one number; `slots` holds what the optimizer remembers, before and after. */
  update(values: Values, weight: number, gradient: number, slots: Record<string, number>, step: number): number;
}

export interface Playground {
  id: string;
  spec: PlaygroundSpec;
  module: TaskModule;
  model: string;
  expectations: Expectations | undefined;
  /** What is expected of any. */
  computed: Computed | undefined;
}

const tasks = import.meta.glob<TaskModule>('/src/playgrounds/*/task.ts');
const models = import.meta.glob<string>('/src/playgrounds/*/model.ts', { query: '?raw', import: 'default' });
const own = import.meta.glob<{ expectations?: Expectations; computed?: Computed }>(['./*.ts', '!./*.test.ts']);

export const folders = readdirSync('src/playgrounds', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

export async function playground(id: string): Promise<Playground> {
  const module = await tasks[`/src/playgrounds/${id}/task.ts`]?.();
  if (!module) throw new Error(`src/playgrounds/${id} has no task.ts.`);
  const model = (await models[`/src/playgrounds/${id}/model.ts`]?.()) ?? '';
  const { expectations, computed = expectations } = (await own[`./${id}.ts`]?.()) ?? {};
  return { id, spec: module.spec, module, model, expectations, computed };
}

const loaded = new Map<string, Promise<unknown>>();

export function dataOf({ id, module }: Playground): Promise<unknown> {
  const known = loaded.get(id) ?? module.load(readDataset);
  loaded.set(id, known);
  return known;
}

export async function createTask(of: Playground, values: Values = {}, seed = 7) {
  return of.module.createTask(await dataOf(of), { ...defaultValues(of.spec.hyperparameters), ...values }, seed);
}

/** Settings that are quick to compute, the defaults for a playground that names none. */
export function smallValues({ spec, computed }: Playground): Values {
  return { ...defaultValues(spec.hyperparameters), ...computed?.small };
}

/** Whether the metric is on the good side of what "it learns" means. */
export function hasLearnt({ learns }: Expectations, value = Number.NaN): boolean {
  return 'above' in learns ? value > learns.above : value < learns.below;
}

/** A value that the hyperparameter allows and that is not this one. */
export function anotherValue(hyperparameter: Hyperparameter, value: Value | undefined): Value {
  if (hyperparameter.kind === 'choice') return hyperparameter.options.find((option) => option !== value) ?? '';
  const { min, max, step, scale } = hyperparameter;
  if (step !== undefined) return value === min ? min + step : min;
  const middle = scale === 'log' ? Math.sqrt(min * max) : (min + max) / 2;
  return value === middle ? max : middle;
}

/** Names of the hyperparameters that apply then. */
export function applying(spec: PlaygroundSpec, applies: 'next-step' | 'restart'): string[] {
  return Object.keys(spec.hyperparameters).filter((name) => spec.hyperparameters[name]?.applies === applies);
}

/** The tensors that are learnt, without what the optimizer remembers of them. */
export function weightsOf(checkpoint: NamedArrays): NamedArrays {
  return Object.fromEntries(Object.entries(checkpoint).filter(([name]) => !name.includes('/')));
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, along) => product * along, 1);
}
