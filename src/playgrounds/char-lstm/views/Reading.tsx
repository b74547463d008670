import { memo, useMemo, useState } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import type { NamedArrays } from '#src/training/journal.ts';
import type { Question } from '#src/training/protocol.ts';
import type { Run } from '#src/training/run.ts';
import { useAnswer } from '#src/training/useAnswer.ts';
import { choice, range } from '#src/training/spec.ts';
import { Button } from '#src/ui/Button.tsx';
import { Choice } from '#src/ui/Choice.tsx';
import controls from '#src/ui/controls.module.css';
import { limitOf } from '#src/ui/colorScale.ts';
import { ScaleLegend } from '#src/ui/ScaleLegend.tsx';
import { Segments } from '#src/ui/Segments.tsx';
import { Slider } from '#src/ui/Slider.tsx';
import { UnitsOverTime, type UnitAtStep } from '#src/ui/UnitsOverTime.tsx';
import { parts, spec, type Part } from '../spec.ts';
import { texts } from '../texts.ts';
import { Alternatives } from './Alternatives.tsx';
import { charactersOf, toldIn } from './characters.ts';
import { CharacterText } from './CharacterText.tsx';
import styles from './Reading.module.css';

const partChoice = choice('cellState', { options: [...parts], applies: 'next-step' });
const { passage: passages } = spec.view;
const nothing: NamedArrays = {};

export interface ReadingProps {
  run: Run;
  snapshot: NamedArrays | undefined;
  /** Whether there is a run that can be changed. */
  isRun: boolean;
  weights: 'now' | 'best';
  /** A traced step's arrays, which are then shown instead; on the way back a gradient is in the place of its values. */
  traced: { arrays: NamedArrays; isGradient: boolean } | undefined;
  unit: number;
  part: Part;
  onUnit: (unit: number) => void;
  onPart: (part: Part) => void;
}

type Colouring = 'probability' | 'unit' | 'influence';

/** Unseen text, or the reader's, coloured by what the network made of each character. */
export const Reading = memo(function Reading(props: ReadingProps) {
  const { run, snapshot, isRun, weights, traced, unit, part, onUnit, onPart } = props;
  const t = useTranslate(texts);
  const [colouring, setColouring] = useState<Colouring>('unit');
  const [typed, setTyped] = useState('');
  const [pointed, setPointed] = useState<number>();
  const question = useMemo<Question | undefined>(
    () => (typed === '' ? undefined : { type: 'read', text: typed, weights }),
    [typed, weights],
  );
  const answer = useAnswer(run, question, snapshot);
  const arrays = traced?.arrays ?? (question ? answer : snapshot) ?? nothing;
  const vocabulary = useMemo(() => charactersOf(snapshot?.['vocabulary']), [snapshot]);
  const told = useMemo(() => toldIn(arrays, vocabulary), [arrays, vocabulary]);
  const place = pointed === undefined ? undefined : Math.min(pointed, told.length - 1);
  const influence = useInfluence(run, snapshot, told.map(({ character }) => character).join(''), weights, {
    at: place,
    isWanted: colouring === 'influence' && traced === undefined,
  });

  const values = arrays[part];
  const [time = 0, units = 0] = values?.shape ?? [];
  const scale = part.endsWith('Gate') && !traced?.isGradient ? 'unsigned' : 'signed';
  const limit = traced?.isGradient ? limitOf(values?.values ?? []) : part === 'cellState' ? 2 : 1;
  const chosen = Math.min(unit, Math.max(0, units - 1));
  const shares = useMemo(() => {
    if (colouring === 'influence') return influence ?? new Float32Array(told.length);
    if (colouring === 'probability') return undefined;
    const own = Float32Array.from({ length: time }, (_, step) => values?.values[step * units + chosen] ?? 0);
    return own.map((value) => Math.max(-1, Math.min(1, value / limit)));
  }, [colouring, influence, told.length, values, time, units, chosen, limit]);
  const onPoint = (at: UnitAtStep | null) => {
    if (!at) return;
    onUnit(at.unit);
    setPointed(at.step);
  };

  return (
    <section className={styles.reading} aria-label={t('char-lstm.reading.title')}>
      <div className={styles.head}>
        <h3 className={styles.title}>{t('char-lstm.reading.title')}</h3>
        <Segments
          label={t('char-lstm.reading.colour')}
          options={[
            { value: 'unit', label: t('char-lstm.reading.colour.unit') },
            { value: 'probability', label: t('char-lstm.reading.colour.probability') },
            { value: 'influence', label: t('char-lstm.reading.colour.influence') },
          ]}
          value={colouring}
          onChoose={setColouring}
        />
      </div>
      <div className={styles.main}>
        <CharacterText
          className={styles.text}
          label={t('char-lstm.reading.title')}
          told={told}
          shares={shares}
          pointed={place}
          onPoint={setPointed}
        />
        <p className={styles.note}>{t(`char-lstm.reading.note.${traced?.isGradient ? 'gradient' : colouring}`)}</p>
        <UnitsOverTime
          values={values?.values}
          time={time}
          units={units}
          scale={scale}
          limit={limit}
          step={place}
          label={t('char-lstm.reading.map', { part: t(`option.${part}`) })}
          onPoint={onPoint}
        />
        <ScaleLegend scale={scale} limit={limit} />
      </div>
      <div className={styles.side}>
        <Alternatives told={told[place ?? -1]} />
        <Choice
          label={t('char-lstm.reading.part')}
          choice={partChoice}
          isImmediate
          value={part}
          onChange={(value) => onPart(parts.find((known) => known === value) ?? part)}
        />
        <Slider
          label={t('char-lstm.reading.unit')}
          range={range(0, { min: 1, max: Math.max(2, units), scale: 'linear', step: 1, applies: 'next-step' })}
          value={chosen + 1}
          isImmediate
          onChange={(value) => onUnit(value - 1)}
        />
        <Silence run={run} isBlocked={!isRun} unit={chosen} />
      </div>
      <div className={styles.source}>
        <Button
          onPress={() => {
            setTyped('');
            setPointed(undefined);
            run.setView({ passage: (Number(run.getView()['passage']) + 1) % (passages.max + 1) });
          }}
        >
          {t('char-lstm.reading.another')}
        </Button>
        <input
          className={`${controls.field} ${styles.field}`}
          type="text"
          dir="auto"
          autoComplete="off"
          maxLength={300}
          aria-label={t('char-lstm.reading.own')}
          placeholder={t('char-lstm.reading.own')}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
      </div>
    </section>
  );
});

/** How much each character before counts for the one that is pointed at, the most being 1. */
function useInfluence(
  run: Run,
  snapshot: NamedArrays | undefined,
  text: string,
  weights: 'now' | 'best',
  { at, isWanted }: { at: number | undefined; isWanted: boolean },
): Float32Array | undefined {
  const question = useMemo<Question | undefined>(
    () => (isWanted && at !== undefined && at > 0 ? { type: 'influence', text, at, weights } : undefined),
    [isWanted, at, text, weights],
  );
  const values = useAnswer(run, question, snapshot)?.['influence']?.values;
  return useMemo(() => {
    if (!values) return undefined;
    const most = Math.max(...values) || 1;
    return Float32Array.from(values, (value) => value / most);
  }, [values]);
}

function Silence({ run, isBlocked, unit }: { run: Run; isBlocked: boolean; unit: number }) {
  const t = useTranslate(texts);
  return (
    <div>
      <Button isBlocked={isBlocked} onPress={() => run.edit({ type: 'silence-unit', unit })}>
        {t('char-lstm.reading.silence', { unit: unit + 1 })}
      </Button>
      <p className={styles.note}>
        {t(isBlocked ? 'char-lstm.reading.silence.blocked' : 'char-lstm.reading.silence.help')}
      </p>
    </div>
  );
}
