import { useCallback } from 'react';
import type { Run } from '#src/training/run.ts';
import type { RunState } from '#src/training/runState.ts';
import type { Value } from '#src/training/spec.ts';
import { HyperparameterPanel } from './HyperparameterPanel.tsx';
import { RunControls } from './RunControls.tsx';

export interface TrainingControlsProps {
  run: Run;
  state: RunState;
  /** Hyperparameters that stand open; the rest is folded. */
  important: readonly string[];
  isSlowMotion: boolean;
  onSlowMotion: (isSlowMotion: boolean) => void;
}

/** Everything a reader does to a run: start it, stop it, change it. */
export function TrainingControls({ run, state, important, isSlowMotion, onSlowMotion }: TrainingControlsProps) {
  const onChange = useCallback((name: string, value: Value) => run.setHyperparameters({ [name]: value }), [run]);
  return (
    <>
      <RunControls
        status={state.status}
        loading={state.loading}
        stepsPerSecond={state.stepsPerSecond}
        onRun={() => {
          onSlowMotion(false);
          run.run();
        }}
        onPause={run.pause}
        onStep={() => run.stepOnce()}
        onStartAgain={run.startAgain}
        onNewSeed={() => run.newSeed(crypto.getRandomValues(new Uint32Array(1))[0] ?? 1)}
        onSpeed={run.setSpeed}
        isSlowMotion={isSlowMotion}
        onSlowMotion={onSlowMotion}
      />
      <HyperparameterPanel
        hyperparameters={run.spec.hyperparameters}
        values={state.values}
        important={important}
        onChange={onChange}
      />
    </>
  );
}
