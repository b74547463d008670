import { memo, useState, type KeyboardEvent, type PointerEvent, type Ref } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import { formatPercent } from '#src/ui/numbers.ts';
import hidden from '#src/ui/visuallyHidden.module.css';
import { texts } from '../texts.ts';
import { surpriseOf, visible, type Told } from './characters.ts';
import styles from './CharacterText.module.css';

export interface CharacterTextProps {
  label: string;
  told: readonly Told[];
  /** A value for each character, -1 to 1, as its colour; absent: how unlikely each was, as a line below it. */
  shares?: ArrayLike<number> | undefined;
  pointed: number | undefined;
  onPoint: (place: number | undefined) => void;
  className?: string | undefined;
  ref?: Ref<HTMLDivElement>;
}

/** Text whose every character can be pointed at, by mouse, finger and arrow keys. */
export const CharacterText = memo(function CharacterText(props: CharacterTextProps) {
  const { label, told, shares, pointed, onPoint, className = '', ref } = props;
  const t = useTranslate(texts);
  const [words, setWords] = useState('');
  const point = (place: number | undefined) => {
    if (place === pointed) return;
    const { character, probability } = told[place ?? -1] ?? {};
    const values = { character: visible(character ?? ''), probability: formatPercent(probability ?? 0) };
    setWords(
      character === undefined
        ? ''
        : t(probability === undefined ? 'char-lstm.text.first' : 'char-lstm.text.told', values),
    );
    onPoint(place);
  };
  const pointAt = ({ target }: PointerEvent) => {
    const place = target instanceof HTMLElement ? target.dataset['place'] : undefined;
    if (place !== undefined) point(Number(place));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === 'Escape') point(undefined);
    if (move === undefined || told.length === 0) return;
    event.preventDefault();
    const from = pointed ?? (move > 0 ? -1 : told.length);
    point(Math.min(told.length - 1, Math.max(0, from + move)));
  };
  return (
    <div
      ref={ref}
      role="group"
      aria-label={`${label}. ${t('char-lstm.text.keys')}`}
      tabIndex={0}
      dir="auto"
      className={`${styles.text} ${className}`}
      onPointerMove={pointAt}
      onPointerDown={pointAt}
      onKeyDown={onKeyDown}
    >
      {told.map((one, place) => (
        <Character
          key={place}
          place={place}
          character={one.character}
          surprise={shares ? 0 : surpriseOf(one.probability)}
          share={Math.round(50 * (shares?.[place] ?? 0)) / 50}
          isPointed={place === pointed}
        />
      ))}
      <span className={hidden.visuallyHidden} role="status">
        {words}
      </span>
    </div>
  );
});

const surprises = ['', styles.little, styles.some, styles.great];

/** Drawn again only if something of it is another: a page has hundreds. */
const Character = memo(function Character(props: {
  place: number;
  character: string;
  surprise: 0 | 1 | 2 | 3;
  share: number;
  isPointed: boolean;
}) {
  const { place, character, surprise, share, isPointed } = props;
  const colour = share > 0 ? '--scale-positive' : '--scale-negative';
  const mixed = `color-mix(in srgb, var(${colour}) ${Math.round(Math.abs(share) * 62)}%, var(--scale-zero))`;
  return (
    <span
      data-place={place}
      className={`${surprises[surprise]} ${isPointed ? styles.pointed : ''}`}
      {...(share !== 0 && { style: { background: mixed } })}
    >
      {character === '\n' ? <span aria-hidden="true" className={styles.end} data-place={place} /> : null}
      {character}
    </span>
  );
});
