import type { Calls, Job, Result, Variant } from './job.ts';
import type { Options } from './options.ts';
import { variants } from './variants.ts';

/** Networks whose kernel calls are counted on every backend; of the others, the plain path's on WASM. */
export const countedWorkloads = ['cnn', 'dcgan', 'lstm64'] as const;

export const counted: readonly (Variant & { label: string })[] = [
  { label: 'tfjs wasm + composed', library: 'tfjs', device: 'wasm', how: 'composed' },
  { label: 'Livegrad wasm', library: 'own', device: 'wasm' },
  { label: 'Livegrad webgl', library: 'own', device: 'webgl' },
  { label: 'Livegrad webgpu', library: 'own', device: 'webgpu' },
];

/** The program's memory is measured in the same way; it calls no kernel of tfjs's. */
const program = { label: 'Livegrad program', library: 'own', device: 'wasm', how: 'program' } as const;

export type Counts = { workload: string; label: string; calls: Result<Calls> }[];

export async function countAll(
  measure: (job: Job) => Promise<Result>,
  { seed, workloads, runs }: Options,
  say: (line: string) => void,
): Promise<Counts> {
  const counts: Counts = [];
  if (!runs.some((name) => variants[name].kind === 'own')) return counts;
  const everywhere = new Set<string>(countedWorkloads);
  for (const workload of [...workloads, 'lstm64'] as const) {
    for (const { label, ...variant } of [...counted, program]) {
      const isOwnOnWasm = variant.library === 'own' && variant.device === 'wasm';
      if (!isOwnOnWasm && !everywhere.has(workload)) continue;
      const calls = (await measure({ ...variant, measure: 'calls', workload, seed })) as Result<Calls>;
      counts.push({ workload, label, calls });
      say(`${workload}, ${label}: ${'error' in calls ? calls.error : told(calls)}`);
    }
  }
  return counts;
}

function told(calls: Calls): string {
  const memory = calls.peakBytes === undefined ? '' : `, at most ${(calls.peakBytes / 1e6).toPrecision(3)} MB`;
  return `${kernelCalls(calls)} kernel calls${memory}`;
}

export function kernelCalls({ kernels }: Calls): number {
  return Object.values(kernels).reduce((sum, count) => sum + count, 0);
}
