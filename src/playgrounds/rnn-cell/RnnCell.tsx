import { useCallback, useEffect, useRef, type ReactNode } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import type { NamedArrays } from '#src/training/journal.ts';
import type { Explanation } from '#src/training/pointing.ts';
import type { Value, Values } from '#src/training/spec.ts';
import { useComputed, useFrames, usePointingStore, usePreparation, useRun } from '#src/training/useRun.tsx';
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
import { useSameArrays } from '#src/ui/useSameArrays.ts';
import modelCode from './model.ts?code';
import styles from './RnnCell.module.css';
import { activations, spec } from './spec.ts';
import { texts } from './texts.ts';
import frameFile from './trained/frame.data?url';
import { CellStage } from './views/CellStage.tsx';
import { Comparison } from './views/Comparison.tsx';
import { exampleOf, examples, type Example } from './views/examples.ts';
import { formatState, formatTerm, subscript } from './views/numbers.ts';
import { SequenceTable } from './views/SequenceTable.tsx';

const pictures = import.meta.glob<string>('./trained/picture.*.png', { query: '?url', import: 'default', eager: true });

const compared = ['states', 'gradients'] as const;

export interface RnnCellProps {
  /** Instance on the page; formulas, diagrams and prose name it to be bound to its numbers. */
  id: string;
  /** What it shows first, where the address asks for nothing else. */
  example?: Example;
}

const starts = Object.fromEntries(Object.entries(examples).map(([name, values]) => [name, { values }]));

/** One recurrent cell with one unit: every number of a time step can be seen, and most of them set. */
export function RnnCell({ id, example }: RnnCellProps) {
  const t = useTranslate(texts);
  const text = useOptionalText(spec.id);
  const { run, state, complaints } = useRun(id, spec, example && starts[example]);
  const place = useRef<HTMLElement>(null);
  useFrames(run, place);
  useComputed(run, place);
  usePreparation(run, place);
  useStoredFrame(run, frameFile);
  const { values, snapshot } = state;
  useExplained(id, snapshot);
  const set = useCallback((changed: Values) => run.setHyperparameters(changed), [run]);
  const setOne = useCallback((name: string, value: Value) => run.setHyperparameters({ [name]: value }), [run]);
  const isWaiting = useIsLater(state.status === 'loading', 300);
  const comparison = useSameArrays(snapshot, compared);

  const count = Number(values['inputCount']);
  const time = Math.min(Number(run.getView()['time']), count - 1);
  const activation = String(values['activation']);
  const states = comparison['states'];
  const row = activations.findIndex((name) => name === activation) * (states?.shape[1] ?? 0);
  const shownExample = exampleOf(values);

  /** The bias with which the sum is this one. */
  function dragTo(z: number) {
    const number = (name: string) => snapshot?.[name]?.values[0] ?? 0;
    set({ bias: z - (number('z') - number('bias')) });
  }

  return (
    <PlaygroundFrame ref={place} id={id} spec={spec} state={state} label={t('rnn-cell.name')} pictures={pictures}>
      <RunMessages run={run} state={state} complaints={complaints} />
      <div className={styles.place}>
        <div className={styles.composition}>
          <div className={styles.choices}>
            <div role="group" aria-label={t('rnn-cell.examples')} className={styles.examples}>
              {(Object.keys(examples) as Example[]).map((name) => (
                <Button key={name} isPressed={name === shownExample} onPress={() => set(examples[name])}>
                  {t(`rnn-cell.example.${name}`)}
                </Button>
              ))}
            </div>
            <Segments
              label={t('rnn-cell.activation')}
              options={activations.map((value) => ({ value, label: text(`option.${value}`, value) }))}
              value={activation as (typeof activations)[number]}
              onChoose={(chosen) => set({ activation: chosen })}
            />
          </div>
          <div className={styles.stage} data-picture="">
            <CellStage
              snapshot={snapshot}
              activation={text(`option.${activation}`, activation)}
              isLast={time === count - 1}
              isWaiting={isWaiting}
              onDrag={dragTo}
            />
            <InNumbers snapshot={snapshot} activation={activation} />
          </div>
          <div className={styles.sequence}>
            <SequenceTable
              values={values}
              states={states?.values.subarray(row, row + count)}
              time={time}
              onTime={(next) => run.setView({ time: next })}
              onChange={set}
            />
          </div>
          <div className={styles.settings}>
            <HyperparameterPanel
              hyperparameters={settings(time)}
              values={values}
              important={Object.keys(settings(time))}
              isImmediate
              onChange={setOne}
            />
            <RunBadge run={run} state={state} />
          </div>
          <div className={styles.comparison}>
            <Comparison states={states} gradients={comparison['gradients']} chosen={activation} />
          </div>
          <div className={styles.code}>
            <LiveCode html={modelCode} file="src/playgrounds/rnn-cell/model.ts" label={t('rnn-cell.code')} />
          </div>
        </div>
      </div>
    </PlaygroundFrame>
  );
}

/** What a slider sets; of the inputs the one that is read now. */
function settings(time: number) {
  const { initialState, recurrentWeight, inputWeight, bias } = spec.hyperparameters;
  const input = `input${time}`;
  return { initialState, recurrentWeight, [input]: spec.hyperparameters.input0, inputWeight, bias };
}

/** Formulas of the page show the sum of the time step in numbers. */
function useExplained(id: string, snapshot: NamedArrays | undefined) {
  const pointing = usePointingStore();
  useEffect(() => {
    if (!snapshot) return;
    const number = (name: string) => snapshot[name]?.values[0] ?? Number.NaN;
    const explanation: Explanation = {
      kind: 'sum',
      symbol: 'z',
      place: `z${subscript(number('time'))}`,
      result: number('z'),
      bias: number('bias'),
      terms: [
        { weight: number('recurrent'), input: number('before') },
        { weight: number('kernel'), input: number('x') },
      ],
    };
    pointing.explain(id, explanation);
  }, [id, pointing, snapshot]);
}

/** The formula of the cell with the numbers of this time step in it. */
function InNumbers({ snapshot, activation }: { snapshot: NamedArrays | undefined; activation: string }) {
  const t = useTranslate(texts);
  const text = useOptionalText(spec.id);
  const number = (name: string) => snapshot?.[name]?.values[0] ?? Number.NaN;
  const term = (symbol: keyof typeof spec.symbols, write = formatTerm): ReactNode => (
    <span data-symbol={symbol} className={styles.term}>
      {snapshot ? write(number(spec.symbols[symbol].tensor)) : '–'}
    </span>
  );
  const time = snapshot ? number('time') : 0;
  const sigma = text(`option.${activation}`, activation);
  return (
    <p className={styles.formula} aria-label={t('rnn-cell.formula')} role="group">
      <span>
        <i>h{subscript(time)}</i> = {sigma}({term('W_h')} × {term('h')} + {term('W_x')} × {term('x')} + {term('b')})
      </span>{' '}
      <span>
        = {sigma}({term('z', formatState)})
      </span>{' '}
      <span>= {term('h_t', formatState)}</span>
    </p>
  );
}
