import { useCallback } from 'react';
import type { Run } from '#src/training/run.ts';
import type { RunState } from '#src/training/runState.ts';
import type { Value } from '#src/training/spec.ts';
import { HyperparameterPanel } from './HyperparameterPanel.tsx';
import { RunControls } from './RunControls.tsx';

export interface TrainingControlsProps {
  run: Run;
  state: RunState;
  isSlowMotion: boolean;
  onSlowMotion: (isSlowMotion: boolean) => void;
}

/** Starts a run, stops it, steps it. */
export function TrainingControls({ run, state, isSlowMotion, onSlowMotion }: TrainingControlsProps) {
  return (
    <RunControls
      status={state.status}
      loading={state.loading}
      stepsPerSecond={state.stepsPerSecond}
      onRun={() => {
        onSlowMotion(false);
        run.run();
      }}
      onPause={run.pause}
      onStep={() => {
        onSlowMotion(false);
        run.stepOnce();
      }}
      onStartAgain={run.startAgain}
      onNewSeed={() => run.newSeed(crypto.getRandomValues(new Uint32Array(1))[0] ?? 1)}
      onSpeed={run.setSpeed}
      isSlowMotion={isSlowMotion}
      onSlowMotion={onSlowMotion}
    />
  );
}

/** The run's hyperparameters; the important ones stand open. */
export function TrainingSettings({
  run,
  state,
  important,
}: Pick<TrainingControlsProps, 'run' | 'state'> & { important: readonly string[] }) {
  const onChange = useCallback((name: string, value: Value) => run.setHyperparameters({ [name]: value }), [run]);
  return (
    <HyperparameterPanel
      hyperparameters={run.spec.hyperparameters}
      values={state.values}
      important={important}
      onChange={onChange}
    />
  );
}
