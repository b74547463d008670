import type { Run } from '#src/training/run.ts';
import type { RunState } from '#src/training/runState.ts';
import { Badge } from './Badge.tsx';

/** What computes this run, and the choice of another. */
export function RunBadge({ run, state }: { run: Run; state: RunState }) {
  const { backend, millisecondsPerStep, parameters, tensors, program } = state;
  return (
    <Badge
      {...{ backend, millisecondsPerStep, parameters, tensors, program }}
      choice={run.getBackendChoice()}
      onChoose={run.chooseBackend}
    />
  );
}
