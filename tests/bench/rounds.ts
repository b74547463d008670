import { median } from '#src/math/median.ts';
import { complaint, programComplaint } from './check.ts';
import type { WorkloadName } from './data.ts';
import type { Job, Limits, ProgramTaken, Result, Timed } from './job.ts';
import type { Options } from './options.ts';
import { variants, type VariantName } from './variants.ts';

/** A workload by a variant, in milliseconds; each is the median over rounds. */
export interface Figure {
  /** A step: of each round its median. */
  step: number;
  rounds: number[];
  /** From the start until the first loss was read. */
  first: number;
  /** The longest of the steps after the first one, up to the 20th. */
  longest: number;
  losses: number[];
  program?: ProgramTaken;
}

export type Figures = Partial<Record<WorkloadName, Partial<Record<VariantName, Figure | { error: string }>>>>;

type Measure = (job: Job) => Promise<Result>;

/** Of ours, 70 steps are done singly: within these a program takes over, is compared with the plain path, and settles. */
const limitsOf = (isOwn: boolean, patience: number): Limits =>
  isOwn ? { losses: 70, patience: 2 * patience, timed: 1500 } : { losses: 6, patience, timed: 1500 };

/** What takes longer is measured in one round. */
const slow = 1000; // ms

/** Every variant in turn, round after round, so that a machine that gets slower does not favour one. */
export async function timeAll(measure: Measure, options: Options, say: (line: string) => void): Promise<Figures> {
  const figures: Figures = {};
  for (const workload of options.workloads) {
    const found = new Map<VariantName, Result<Timed>[]>();
    for (let round = 0; round < options.rounds; round++) {
      for (const name of options.runs) {
        const before = found.get(name) ?? [];
        if (before.some((timed) => 'error' in timed || median(timed.samples) > slow)) continue;
        const timed = await timeOne(measure, workload, name, options);
        found.set(name, [...before, timed]);
        const told = 'error' in timed ? timed.error : `${median(timed.samples).toPrecision(3)} ms`;
        say(`${workload}, round ${round + 1}, ${variants[name].label}: ${told}`);
      }
    }
    figures[workload] = summarize(found);
  }
  return figures;
}

async function timeOne(measure: Measure, workload: WorkloadName, name: VariantName, { seed, patience }: Options) {
  const { label, kind, ...variant } = variants[name];
  const limits = limitsOf(kind === 'own', patience);
  const timed = (await measure({ ...variant, measure: 'time', workload, seed, limits })) as Result<Timed>;
  if ('error' in timed) return timed;
  const wrong = complaint(variant, workload, timed, seed);
  return wrong === undefined ? timed : { error: `${label}: ${wrong}` };
}

function summarize(found: ReadonlyMap<VariantName, Result<Timed>[]>): Figures[WorkloadName] & object {
  const plain = found.get('plain')?.[0];
  const entries = [...found].map(([name, results]) => {
    const failed = results.find((timed) => 'error' in timed);
    if (failed) return [name, failed] as const;
    const good = results as Timed[];
    if (name === 'program' && plain && !('error' in plain)) {
      const wrong = good.map((timed) => programComplaint(timed, plain)).find((text) => text !== undefined);
      if (wrong !== undefined) return [name, { error: wrong }] as const;
    }
    return [name, figureOf(good)] as const;
  });
  return Object.fromEntries<Figure | { error: string }>(entries);
}

function figureOf(results: readonly Timed[]): Figure {
  const rounds = results.map(({ samples }) => median(samples));
  const program = results[0]?.program;
  return {
    step: median(rounds),
    rounds,
    first: median(results.map(({ singly }) => singly[0] ?? Number.NaN)),
    longest: median(results.map(({ singly }) => Math.max(...singly.slice(1, 20)))),
    losses: results[0]?.losses ?? [],
    ...(program && { program }),
  };
}
