import { useCallback, useRef } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import type { Value, Values } from '#src/training/spec.ts';
import { useComputed, useFrames, usePreparation, useRun } from '#src/training/useRun.tsx';
import { useStoredFrame } from '#src/training/useTrained.ts';
import { Button } from '#src/ui/Button.tsx';
import { HyperparameterPanel } from '#src/ui/HyperparameterPanel.tsx';
import { LiveCode } from '#src/ui/LiveCode.tsx';
import { PlaygroundFrame } from '#src/ui/PlaygroundFrame.tsx';
import { RunBadge } from '#src/ui/RunBadge.tsx';
import { RunMessages } from '#src/ui/RunMessages.tsx';
import { Segments } from '#src/ui/Segments.tsx';
import { useOptionalText } from '#src/ui/texts.ts';
import { useIsLater } from '#src/ui/useIsLater.ts';
import modelCode from './model.ts?code';
import { spec } from './spec.ts';
import { texts } from './texts.ts';
import frameFile from './trained/frame.data?url';
import styles from './Unrolled.module.css';
import { Board } from './views/Board.tsx';
import { ClipTable } from './views/ClipTable.tsx';
import { exampleOf, examples, type Example } from './views/examples.ts';
import { NormsTable } from './views/NormsTable.tsx';
import { useWalk } from './views/useWalk.ts';
import { Verdict } from './views/Verdict.tsx';
import { WalkControls } from './views/WalkControls.tsx';

const pictures = import.meta.glob<string>('./trained/picture.*.png', { query: '?url', import: 'default', eager: true });

const { activation: activationChoice, ...others } = spec.hyperparameters;
const important = ['spectralRadius', 'unrolledSteps', 'clipNorm'];

export interface UnrolledProps {
  /** Instance on the page; formulas, diagrams and prose name it to be bound to its numbers. */
  id: string;
  /** What it shows first, where the address asks for nothing else. */
  example?: Example;
}

const starts = Object.fromEntries(Object.entries(examples).map(([name, values]) => [name, { values }]));

/** A recurrent layer unrolled over time, and what becomes of a gradient on its way back through it. */
export function Unrolled({ id, example }: UnrolledProps) {
  const t = useTranslate(texts);
  const text = useOptionalText(spec.id);
  const { run, state, complaints } = useRun(id, spec, example && starts[example]);
  const place = useRef<HTMLElement>(null);
  useFrames(run, place);
  useComputed(run, place);
  usePreparation(run, place);
  useStoredFrame(run, frameFile);
  const { values, snapshot } = state;
  const norms = snapshot?.['norms']?.values;
  const walk = useWalk(norms?.length ?? 1);
  const set = useCallback((changed: Values) => run.setHyperparameters(changed), [run]);
  const setOne = useCallback((name: string, value: Value) => run.setHyperparameters({ [name]: value }), [run]);
  const pull = useCallback((steps: number) => run.setHyperparameters({ unrolledSteps: steps }), [run]);
  const isWaiting = useIsLater(state.status === 'loading', 300);
  const shownExample = exampleOf(values);
  const radius = Number(values['spectralRadius']);
  const factor = snapshot?.['clipFactor']?.values[0] ?? 1;

  return (
    <PlaygroundFrame ref={place} id={id} spec={spec} state={state} label={t('unrolled.name')} pictures={pictures}>
      <RunMessages run={run} state={state} complaints={complaints} />
      <div className={styles.place}>
        <div className={styles.composition}>
          <div className={styles.choices}>
            <div role="group" aria-label={t('unrolled.examples')} className={styles.examples}>
              {(Object.keys(examples) as Example[]).map((name) => (
                <Button key={name} isPressed={name === shownExample} onPress={() => set(examples[name])}>
                  {t(`unrolled.example.${name}`)}
                </Button>
              ))}
              <Button onPress={() => run.newSeed(crypto.getRandomValues(new Uint32Array(1))[0] ?? 1)}>
                {t('run.new-seed')}
              </Button>
            </div>
            <Segments
              label={t('unrolled.activation')}
              options={activationChoice.options
                .map(String)
                .map((value) => ({ value, label: text(`option.${value}`, value) }))}
              value={String(values['activation'])}
              onChoose={(activation) => set({ activation })}
            />
          </div>
          <div className={styles.stage} data-picture="">
            <Board
              snapshot={snapshot}
              steps={Number(values['unrolledSteps'])}
              radius={radius}
              reached={walk.reached ?? 0}
              isWalking={walk.reached !== undefined}
              isWaiting={isWaiting}
              onPull={pull}
            />
          </div>
          <div className={styles.verdict}>
            <Verdict norms={norms} radius={radius} />
          </div>
          <div className={styles.walk}>
            <WalkControls walk={walk} norms={norms} />
            <NormsTable norms={norms} factor={factor} radius={radius} />
          </div>
          <div className={styles.clip}>
            <ClipTable
              snapshot={snapshot}
              clipNorm={Number(values['clipNorm'])}
              learningRate={Number(values['learningRate'])}
            />
          </div>
          <div className={styles.settings}>
            <HyperparameterPanel
              hyperparameters={others}
              values={values}
              important={important}
              isImmediate
              onChange={setOne}
            />
            <RunBadge run={run} state={state} />
          </div>
          <div className={styles.code}>
            <LiveCode html={modelCode} file="src/playgrounds/unrolled/model.ts" label={t('unrolled.code')} />
          </div>
        </div>
      </div>
    </PlaygroundFrame>
  );
}
