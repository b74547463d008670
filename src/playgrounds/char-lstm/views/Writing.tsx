import { memo, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import type { NamedArrays } from '#src/training/journal.ts';
import type { Run } from '#src/training/run.ts';
import type { RunState } from '#src/training/runState.ts';
import { range } from '#src/training/spec.ts';
import { Button } from '#src/ui/Button.tsx';
import controls from '#src/ui/controls.module.css';
import { Slider } from '#src/ui/Slider.tsx';
import { texts } from '../texts.ts';
import { Alternatives } from './Alternatives.tsx';
import { charactersOf, toldIn, type Told } from './characters.ts';
import { CharacterText } from './CharacterText.tsx';
import { useWriting } from './useWriting.ts';
import styles from './Writing.module.css';

const temperatures = range(0.8, { min: 0, max: 2, scale: 'linear', step: 0.05, applies: 'next-step' });

export interface WritingProps {
  run: Run;
  status: RunState['status'];
  /** Those named by `writtenArrays`. */
  arrays: NamedArrays;
  weights: 'now' | 'best';
}

/** What is shown here of a snapshot. */
export const writtenArrays = [
  'written',
  'writtenProbability',
  'writtenAlternatives',
  'writtenAlternativeProbabilities',
  'vocabulary',
];

/** What the network writes, while it learns or as it is, with the probability of each character. */
export const Writing = memo(function Writing({ run, status, arrays, weights }: WritingProps) {
  const t = useTranslate(texts);
  const [temperature, setTemperature] = useState<number>(temperatures.default);
  const [opening, setOpening] = useState('');
  const [isOn, setIsOn] = useState(false);
  const [pointed, setPointed] = useState<number>();
  // It writes while it learns; what the reader wants otherwise holds until learning begins or ends.
  const [before, setBefore] = useState(status);
  const [runs, setRuns] = useState(0);
  if (before !== status) {
    setBefore(status);
    if (status === 'loading') setRuns(runs + 1);
    if (status === 'running' || before === 'running') setIsOn(status === 'running');
    setPointed(undefined);
  }
  const settings = { temperature, weights, opening };
  const writing = useWriting(run, isOn, settings, runs, () => setIsOn(false));
  const stored = useMemo(() => storedIn(arrays), [arrays]);
  const isFresh = writing.told.length > 0;
  const told = isFresh ? writing.told : stored;
  const shown = told[pointed ?? told.length - 1];
  const box = useFollowed(told.length > 0 ? told : undefined);

  return (
    <section className={styles.writing} aria-label={t('char-lstm.writing.title')}>
      <div className={styles.head}>
        <h3 className={styles.title}>{t('char-lstm.writing.title')}</h3>
        <p className={styles.note}>{t(isFresh ? 'char-lstm.writing.live' : 'char-lstm.writing.stored')}</p>
      </div>
      <CharacterText
        ref={box}
        className={styles.text}
        label={t('char-lstm.writing.title')}
        told={told}
        pointed={pointed}
        onPoint={setPointed}
      />
      <div className={styles.side}>
        <Alternatives told={shown} />
      </div>
      <div className={styles.controls}>
        <Button
          onPress={() => {
            setPointed(undefined);
            setIsOn(!isOn);
          }}
        >
          {t(isOn ? 'char-lstm.writing.stop' : 'char-lstm.writing.start')}
        </Button>
        <Opening
          onBegin={(text) => {
            setPointed(undefined);
            setOpening(text);
            writing.clear();
            setIsOn(true);
          }}
        />
      </div>
      <div className={styles.temperature}>
        <Slider
          label={t('char-lstm.writing.temperature')}
          help={t('char-lstm.writing.temperature.help')}
          range={temperatures}
          isImmediate
          value={temperature}
          onChange={setTemperature}
        />
      </div>
    </section>
  );
});

/** What was written at the last look at unseen text. */
function storedIn(arrays: NamedArrays): Told[] {
  const [symbols, probability, alternatives, alternativeProbabilities] = writtenArrays.map((name) => arrays[name]);
  if (!symbols || !probability || !alternatives || !alternativeProbabilities) return [];
  const told = { symbols, probability, alternatives, alternativeProbabilities };
  return toldIn(told, charactersOf(arrays['vocabulary']));
}

/** A text to begin with. */
function Opening({ onBegin }: { onBegin: (text: string) => void }) {
  const t = useTranslate(texts);
  const [text, setText] = useState('');
  return (
    <form
      className={styles.opening}
      onSubmit={(event) => {
        event.preventDefault();
        onBegin(text);
      }}
    >
      <input
        className={`${controls.field} ${styles.field}`}
        type="text"
        dir="auto"
        autoComplete="off"
        maxLength={200}
        aria-label={t('char-lstm.writing.opening')}
        placeholder={t('char-lstm.writing.opening')}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <button type="submit" className={controls.button}>
        {t('char-lstm.writing.begin')}
      </button>
    </form>
  );
}

/** The end stays in sight, unless the reader has gone back. */
function useFollowed(content: unknown) {
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = () => {
      isAtEnd.current = element.scrollTop + element.clientHeight > element.scrollHeight - 24;
    };
    element.addEventListener('scroll', look, { passive: true });
    return () => element.removeEventListener('scroll', look);
  }, []);
  useLayoutEffect(() => {
    if (box.current && isAtEnd.current) box.current.scrollTop = box.current.scrollHeight;
  }, [content]);
  return box;
}
