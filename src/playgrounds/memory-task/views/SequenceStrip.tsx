import { memo, useId, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import { Button } from '#src/ui/Button.tsx';
import controls from '#src/ui/controls.module.css';
import { texts } from '../texts.ts';
import { letterNames, type SequenceShown } from './networks.ts';
import styles from './SequenceStrip.module.css';

export interface SequenceStripProps {
  sequence: SequenceShown;
  /** The step that is pointed at in a picture. */
  step: number | undefined;
  /** Of a traced step: nothing can be changed. */
  isTraced: boolean;
  /** From the mark to the cue, as the reader has set it; the picture of that may be still to come. */
  delay: number;
  /** The reader's own letters, as typed. */
  own: string;
  onMark: (delay: number) => void;
  onLetters: (letters: string) => void;
  onAnother: () => void;
}

/** More letters than this are too narrow to be read in a row. */
const READABLE = 60;

/** The letters, one of them marked, and the cue: click to move the mark, type other letters, or take another sequence. */
export const SequenceStrip = memo(function SequenceStrip(props: SequenceStripProps) {
  const { sequence, isTraced, own, onLetters, onAnother } = props;
  const t = useTranslate(texts);
  const { letters, time } = sequence;
  const mark = markOf(props);
  const letter = letterNames[letters[mark] ?? -1] ?? '–';
  return (
    <div className={styles.sequence} data-symbol="x">
      <p className={styles.caption}>
        <b>{t('memory-task.sequence')}</b>{' '}
        <span className={styles.help}>{t(isTraced ? 'memory-task.sequence.traced' : 'memory-task.sequence.help')}</span>
      </p>
      <Letters {...props} />
      <p className={styles.now}>{t('memory-task.mark.now', { letter, step: mark, delay: time - 1 - mark })}</p>
      <div className={styles.row}>
        <Button isBlocked={isTraced} onPress={onAnother}>
          {t('memory-task.another')}
        </Button>
        <OwnLetters own={own} count={time - 1} onLetters={onLetters} />
      </div>
    </div>
  );
});

/** The step whose letter is marked. */
function markOf({ sequence: { mark, time }, isTraced, delay }: SequenceStripProps): number {
  return isTraced ? mark : time - 1 - Math.min(time - 2, Math.max(1, delay));
}

function Letters(props: SequenceStripProps) {
  const t = useTranslate(texts);
  const { sequence, step, isTraced, onMark } = props;
  const { letters, time } = sequence;
  const mark = markOf(props);
  const letter = letterNames[letters[mark] ?? -1] ?? '';
  const isReadable = time <= READABLE;
  const markStep = (at: number) => {
    if (!isTraced) onMark(time - 1 - Math.min(time - 2, Math.max(1, at)));
  };
  const onPointer = (event: PointerEvent<HTMLDivElement>) => {
    if (event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    markStep(Math.floor(((event.clientX - box.left) / (box.width || 1)) * time));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const moved: Readonly<Record<string, number>> = {
      ArrowLeft: mark - 1,
      ArrowDown: mark - 1,
      ArrowRight: mark + 1,
      ArrowUp: mark + 1,
      PageDown: mark - 5,
      PageUp: mark + 5,
      Home: 1,
      End: time - 2,
    };
    const next = moved[event.key];
    if (next === undefined) return;
    event.preventDefault();
    markStep(next);
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={t('memory-task.mark')}
      aria-valuemin={1}
      aria-valuemax={time - 2}
      aria-valuenow={mark}
      aria-valuetext={t('memory-task.mark.value', { step: mark, letter, delay: time - 1 - mark })}
      aria-disabled={isTraced || undefined}
      className={isReadable ? styles.letters : `${styles.letters} ${styles.narrow}`}
      style={{ gridTemplateColumns: `repeat(${time}, minmax(0, 1fr))` }}
      onPointerDown={onPointer}
      onPointerMove={onPointer}
      onKeyDown={onKeyDown}
    >
      {letters.map((shown, at) => (
        <span
          key={at}
          className={[styles.letter, at === mark && styles.marked, at === step && styles.pointed]
            .filter(Boolean)
            .join(' ')}
        >
          {isReadable ? letterNames[shown] : ''}
        </span>
      ))}
      <span className={`${styles.letter} ${styles.cue} ${step === time - 1 ? styles.pointed : ''}`}>
        {isReadable ? t('memory-task.cue') : ''}
      </span>
    </div>
  );
}

/** Letters by hand; what the networks do not know is left out, and said. */
function OwnLetters({ own, count, onLetters }: { own: string; count: number; onLetters: (letters: string) => void }) {
  const t = useTranslate(texts);
  const id = useId();
  const [complaint, setComplaint] = useState('');
  const type = (typed: string) => {
    const asked = [...typed.normalize('NFKC').toUpperCase().replace(/\s/g, '')];
    const known = asked.filter((letter) => letterNames.includes(letter));
    const stranger = asked.find((letter) => !letterNames.includes(letter));
    setComplaint(
      stranger
        ? t('memory-task.letters.wrong', { letter: stranger })
        : known.length > count
          ? t('memory-task.letters.long', { count })
          : '',
    );
    onLetters(known.slice(0, count).join(''));
  };
  return (
    <div className={styles.own}>
      <label htmlFor={id}>{t('memory-task.letters')}</label>
      <input
        id={id}
        className={`${controls.field} ${styles.field}`}
        type="text"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={1000}
        value={own}
        aria-describedby={`${id}-note`}
        onChange={({ target }) => type(target.value)}
      />
      <span id={`${id}-note`} className={styles.note}>
        <span role="alert" className={styles.complaint}>
          {complaint}
        </span>
        {!complaint && t('memory-task.letters.help')}
      </span>
    </div>
  );
}
