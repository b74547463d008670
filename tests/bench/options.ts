import { parseArgs } from 'node:util';
import { workloadNames, type WorkloadName } from './data.ts';
import { variantNames, variants, type Shown, type VariantName } from './variants.ts';

export interface Options {
  workloads: readonly WorkloadName[];
  runs: readonly VariantName[];
  rounds: number;
  seed: number;
  /** Milliseconds for the first steps of a slow library. */
  patience: number;
  /** Whether WebGL and WebGPU run on a graphics card instead of in software. */
  gpu: boolean;
  /** Where the figures go. */
  json: string | undefined;
  /** Whether the tables go to tests/bench/speed.md and the README. */
  isWritten: boolean;
}

const usage = `npm run bench -- [options]
  --workloads a,b   of ${workloadNames.join(', ')}; all without it
  --runs a,b        of ${variantNames.join(', ')};
                    without it all but ours on a GPU
  --rounds n        every run so often, in turn; 3 without it
  --seed n          of weights and batches; 7 without it. Losses are stored for 7 alone
  --patience n      seconds for the first six steps of a slow library; 10 without it
  --gpu             WebGL and WebGPU on this machine's graphics card, ours among them
  --json FILE       writes every figure
  --write           writes tests/bench/speed.md and the README's table: for a quiet machine`;

/** Ends the process with the usage where an option is none. */
export function readOptions(): Options {
  try {
    const { values } = parseArgs({
      args: process.argv.slice(3), // after build/run.mjs and this file
      options: {
        workloads: { type: 'string' },
        runs: { type: 'string' },
        rounds: { type: 'string', default: '3' },
        seed: { type: 'string', default: '7' },
        patience: { type: 'string', default: '10' },
        gpu: { type: 'boolean', default: false },
        json: { type: 'string' },
        write: { type: 'boolean', default: false },
      },
    });
    return {
      workloads: chosen(values.workloads, workloadNames),
      runs: values.runs ? chosen(values.runs, variantNames) : usual(values.gpu),
      rounds: wholeNumber(values.rounds, 1),
      seed: wholeNumber(values.seed, 0),
      patience: 1000 * wholeNumber(values.patience, 1),
      gpu: values.gpu,
      json: values.json,
      isWritten: values.write,
    };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exit(1);
  }
}

function usual(gpu: boolean): readonly VariantName[] {
  const needsGpu = (name: VariantName) => (variants[name] as Shown).needsGpu === true;
  return variantNames.filter((name) => gpu || !needsGpu(name));
}

function chosen<Name extends string>(list: string | undefined, known: readonly Name[]): readonly Name[] {
  const names = list?.split(',');
  const unknown = names?.find((name) => !known.some((other) => other === name));
  if (unknown !== undefined) throw new RangeError(`"${unknown}" is none of ${known.join(', ')}.`);
  return known.filter((name) => names === undefined || names.includes(name));
}

function wholeNumber(text: string, least: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least) throw new RangeError(`"${text}" is no whole number from ${least} on.`);
  return value;
}
