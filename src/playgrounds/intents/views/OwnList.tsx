import { useTranslate } from '#src/i18n/translate.ts';
import type { OwnExample } from '../spec.ts';
import { texts } from '../texts.ts';
import styles from './OwnSentences.module.css';

export interface OwnListProps {
  examples: readonly OwnExample[];
  language: string;
  nameOf: (label: string) => string;
  onRemove: (example: OwnExample) => void;
}

/** The reader's sentences by class; one of another language is kept for that. */
export function OwnList({ examples, language, nameOf, onRemove }: OwnListProps) {
  const t = useTranslate(texts);
  const mine = examples.filter((example) => example.language === language);
  const labels = [...new Set(mine.map(({ label }) => label))];
  return (
    <div className={styles.list} role="group" aria-label={t('own.list')}>
      {mine.length === 0 && <p className={styles.note}>{t('own.list.empty')}</p>}
      {labels.map((label) => {
        const sentences = mine.filter((example) => example.label === label);
        return (
          <section key={label} className={styles.class} aria-label={nameOf(label)}>
            <p className={styles.className}>{t('own.list.class', { class: nameOf(label), count: sentences.length })}</p>
            <ul>
              {sentences.map((example) => (
                <li key={example.text}>
                  <span>{example.text}</span>
                  <button
                    type="button"
                    className={styles.remove}
                    aria-label={t('own.remove', { sentence: example.text.slice(0, 60) })}
                    onClick={() => onRemove(example)}
                  >
                    ×
                  </button>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
