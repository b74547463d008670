import { memo, useId } from 'react';
import { useLanguage, useTranslate } from '#src/i18n/translate.ts';
import controls from '#src/ui/controls.module.css';
import { formatCount } from '#src/ui/numbers.ts';
import { useSentenceGap } from '#src/ui/texts.ts';
import { texts } from '../texts.ts';
import type { Reading } from './reading.ts';
import styles from './SentenceBox.module.css';
import { MOST_TYPED } from './useSentence.ts';

export interface SentenceBoxProps {
  /** What stands in the box. */
  text: string;
  reading: Reading;
  /** Whether it is an unseen sentence of the book, whose class is known. */
  isUnseen: boolean;
  /** Whether a traced step is walked through: what is read is then a sentence that it learns from. */
  isTraced: boolean;
  /** The token that is pointed at. */
  step: number | undefined;
  onType: (text: string) => void;
  /** Asks for another unseen sentence. */
  onAnother: () => void;
  onPoint: (step: number | undefined) => void;
}

/** A sentence to be typed, and the tokens that the network reads of it. */
export const SentenceBox = memo(function SentenceBox(props: SentenceBoxProps) {
  const { text, isUnseen, isTraced, onType, onAnother } = props;
  const t = useTranslate(texts);
  const id = useId();
  const isTooLong = text.length > MOST_TYPED;
  return (
    <div className={styles.box}>
      <label className={styles.label} htmlFor={id}>
        {t('sentence.label')}
      </label>
      <textarea
        id={id}
        className={styles.text}
        rows={2}
        spellCheck={false}
        placeholder={t('sentence.placeholder')}
        aria-describedby={`${id}-note`}
        value={text}
        onChange={({ target }) => onType(target.value)}
      />
      <div className={styles.buttons}>
        <button type="button" className={controls.button} onClick={onAnother}>
          {t('sentence.another')}
        </button>
        <button type="button" className={controls.button} aria-disabled={text === ''} onClick={() => onType('')}>
          {t('sentence.clear')}
        </button>
      </div>
      <p id={`${id}-note`} className={styles.note}>
        {isTraced
          ? t('sentence.traced')
          : isTooLong
            ? t('sentence.too-long', { characters: formatCount(text.length), most: formatCount(MOST_TYPED) })
            : isUnseen
              ? t('sentence.unseen')
              : text.trim() === ''
                ? t('sentence.empty')
                : t('sentence.own')}
      </p>
      <Tokens {...props} />
    </div>
  );
});

/** The sentence as the network gets it: a box a token, a dashed one with a question mark where it is unknown. */
function Tokens({ reading, step, onPoint }: SentenceBoxProps) {
  const t = useTranslate(texts);
  const separator = useLanguage() === 'zh' ? '、' : ', ';
  const gap = useSentenceGap();
  const { tokens, length } = reading;
  const unknown = [...new Set(tokens.filter(({ isUnknown }) => isUnknown).map(({ text }) => text))];
  const facts = [
    length > tokens.length
      ? t('tokens.last', { count: formatCount(length), read: tokens.length })
      : t('tokens.count', { count: length }),
    unknown.length > 0 ? t('tokens.unknown', { tokens: unknown.slice(0, 6).map(short).join(separator) }) : '',
  ];
  return (
    <div data-symbol="x">
      <p className={styles.facts}>{facts.join(gap)}</p>
      <ol className={styles.tokens} aria-label={t('tokens.label')}>
        {tokens.map(({ text, isUnknown }, at) => (
          <li
            key={at}
            className={isUnknown ? `${styles.token} ${styles.unknown}` : styles.token}
            data-pointed={at === step}
            onPointerEnter={() => onPoint(at)}
            onPointerLeave={() => onPoint(undefined)}
          >
            {isUnknown && (
              <span className={styles.mark} title={t('tokens.mark')}>
                ?
              </span>
            )}
            {short(text)}
          </li>
        ))}
      </ol>
    </div>
  );
}

function short(text: string): string {
  return text.length > 24 ? `${text.slice(0, 24)}…` : text;
}
