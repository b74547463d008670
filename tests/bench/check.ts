import type { WorkloadName } from './data.ts';
import type { Timed, Variant } from './job.ts';
import { expectedLosses } from './losses.ts';

/** Losses differ by float32's rounding, which six updates of Adam magnify; on WebGL ten times as much. */
const toleranceOf = ({ device }: Variant) => (device === 'webgl' ? 1e-2 : 1e-3);

/** How a run is told to be wrong; nothing if its losses are what they must be. */
export function complaint(
  variant: Variant,
  workload: WorkloadName,
  { losses, samples }: Timed,
  seed: number,
): string | undefined {
  if (losses.some((loss) => !Number.isFinite(loss)) || samples.length === 0) return 'a loss is not finite';
  const { library } = variant;
  // Weights of its own and a loss of its own: it must learn.
  if (library === 'brain') return (losses.at(-1) ?? 0) < (losses[0] ?? 0) ? undefined : 'the loss does not fall';
  if (seed !== expectedLosses.seed) return undefined;
  // Another optimizer: only the loss before its first update is the same.
  const compared = library === 'convnet' ? 1 : losses.length;
  const expected = expectedLosses[workload].slice(0, compared);
  const wrong = expected.findIndex(
    (loss, step) => !(Math.abs((losses[step] ?? loss) - loss) <= toleranceOf(variant) * loss),
  );
  if (wrong < 0) return undefined;
  return `the loss of step ${wrong + 1} is ${losses[wrong]}, not ${expected[wrong]}`;
}

/** The program's losses against the plain path's, on the same kernels: equal to the last bit. */
export function programComplaint(program: Timed, plain: Timed): string | undefined {
  const wrong = program.losses.findIndex((loss, step) => loss !== (plain.losses[step] ?? loss));
  if (wrong < 0) return undefined;
  return `the loss of step ${wrong + 1} is ${program.losses[wrong]}, the plain path’s ${plain.losses[wrong]}`;
}
