import type { Calls, Job, Result, Variant } from './job.ts';
import type { Options } from './options.ts';

/** Networks whose kernel calls are counted on every backend; of the others, the plain path's on WASM. */
export const countedWorkloads = ['cnn', 'dcgan', 'lstm64'] as const;

export const counted: readonly (Variant & { label: string })[] = [
  { label: 'tfjs wasm + composed', library: 'tfjs', device: 'wasm', how: 'composed' },
  { label: 'Livegrad wasm', library: 'own', device: 'wasm' },
  { label: 'Livegrad webgl', library: 'own', device: 'webgl' },
  { label: 'Livegrad webgpu', library: 'own', device: 'webgpu' },
];

export type Counts = { workload: string; label: string; calls: Result<Calls> }[];

export async function countAll(
  measure: (job: Job) => Promise<Result>,
  { seed, workloads }: Options,
  say: (line: string) => void,
): Promise<Counts> {
  const counts: Counts = [];
  const everywhere = new Set<string>(countedWorkloads);
  for (const workload of [...workloads, 'lstm64'] as const) {
    for (const { label, ...variant } of counted) {
      if (label !== 'Livegrad wasm' && !everywhere.has(workload)) continue;
      const calls = (await measure({ ...variant, measure: 'calls', workload, seed })) as Result<Calls>;
      counts.push({ workload, label, calls });
      say(`${workload}, ${label}: ${'error' in calls ? calls.error : `${kernelCalls(calls)} kernel calls`}`);
    }
  }
  return counts;
}

export function kernelCalls({ kernels }: Calls): number {
  return Object.values(kernels).reduce((sum, count) => sum + count, 0);
}
