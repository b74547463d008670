import { useId, useState } from 'react';
import { limits, type SessionFile, type SessionProblem } from '#src/math/sessionCsv.ts';
import { useTranslate, type Translate } from '#src/i18n/translate.ts';
import type { Run } from '#src/training/run.ts';
import { Button } from '#src/ui/Button.tsx';
import { formatCount, formatFixed } from '#src/ui/numbers.ts';
import { texts } from '../texts.ts';
import styles from './OwnLog.module.css';
import { readOnce, short } from './useItems.ts';

export interface OwnLogProps {
  run: Run;
  /** What is learnt from now, if it is the reader's. */
  file: SessionFile | undefined;
}

type Words = Translate<Parameters<Translate>[0] | keyof typeof texts.en>;

type Read = SessionFile | SessionProblem | { problem: 'large-file'; bytes: number } | { problem: 'unreadable' };

/** More than this is not shown in the field, where it would be slow to draw and of no use. */
const MOST_SHOWN = 20_000;

/** A reader's own log: pasted or from a file, counted before anything is learnt from it. */
export function OwnLog({ run, file }: OwnLogProps) {
  const t: Words = useTranslate(texts);
  const id = useId();
  const [given, setGiven] = useState<{ text: string; read?: Read | undefined }>({ text: '' });
  const [isReading, setIsReading] = useState(false);
  const { text, read } = given;
  const isLong = text.length > MOST_SHOWN;
  const isUsable = read !== undefined && !('problem' in read);
  const take = (taken: string) => setGiven({ text: taken, read: taken === '' ? undefined : readOnce(taken) });

  async function choose(chosen: File | undefined) {
    if (!chosen) return;
    setIsReading(true);
    try {
      // A character takes at most four bytes: what is larger need not be read.
      if (chosen.size > 4 * limits.characters)
        setGiven({ text: '', read: { problem: 'large-file', bytes: chosen.size } });
      else take(await chosen.text());
    } catch {
      setGiven({ text: '', read: { problem: 'unreadable' } });
    }
    setIsReading(false);
  }

  return (
    <details className={styles.own}>
      <summary>{t('own.label')}</summary>
      <p className={styles.note}>{t('own.help')}</p>
      <label className={styles.label} htmlFor={`${id}-text`}>
        {t('own.text')}
      </label>
      <textarea
        id={`${id}-text`}
        className={styles.text}
        rows={5}
        spellCheck={false}
        placeholder={t('own.example')}
        readOnly={isLong}
        value={isLong ? `${text.slice(0, 2000)}…` : text}
        onChange={({ target }) => take(target.value)}
      />
      <label className={styles.label} htmlFor={`${id}-file`}>
        {t('own.file')}
      </label>
      <input
        id={`${id}-file`}
        type="file"
        accept=".csv,.tsv,.txt,text/*"
        onChange={({ target }) => void choose(target.files?.[0])}
      />
      <div className={styles.facts} role="status">
        {isReading && <p>{t('own.reading')}</p>}
        {read && 'problem' in read && <p className={styles.problem}>{problemText(read, t)}</p>}
        {isUsable && factsOf(read, t).map((fact) => <p key={fact}>{fact}</p>)}
      </div>
      <div className={styles.buttons}>
        <Button isBlocked={!isUsable} onPress={() => run.setOwn(text)}>
          {t('own.use')}
        </Button>
        {given.text !== '' && <Button onPress={() => take('')}>{t('own.clear')}</Button>}
        {file && <Button onPress={() => run.setOwn(undefined)}>{t('own.back')}</Button>}
      </div>
      <p className={styles.note} role="status">
        {file && t('own.used', { sessions: formatCount(file.sessions.length), items: formatCount(file.items.length) })}
      </p>
    </details>
  );
}

function factsOf(file: SessionFile, t: Words): string[] {
  const { sessions, clicks, items, otherItems, skippedRows, skippedSessions, isTimed } = file;
  const counts = { sessions: sessions.length, clicks, items: items.length + otherItems };
  const words = Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, formatCount(count)]));
  return [
    t('own.facts', words),
    t(isTimed ? 'own.order.time' : 'own.order.file'),
    t('own.most', {
      items: items
        .slice(0, 8)
        .map((item) => short(item))
        .join(t('next-item.separator')),
    }),
    ...(otherItems > 0 ? [t('own.other', { count: formatCount(otherItems) })] : []),
    ...(skippedRows > 0 ? [t('own.skipped-rows', { count: formatCount(skippedRows) })] : []),
    ...(skippedSessions > 0 ? [t('own.skipped-sessions', { count: formatCount(skippedSessions) })] : []),
  ];
}

function problemText(problem: Extract<Read, { problem: string }>, t: Words): string {
  switch (problem.problem) {
    case 'too-large':
      return t('own.problem.too-large', {
        characters: formatCount(problem.characters),
        most: formatCount(problem.most),
      });
    case 'large-file':
      return t('own.problem.large-file', {
        size: formatFixed(problem.bytes / 1e6, 1),
        most: formatCount(limits.characters),
      });
    case 'no-such-columns':
      return t('own.problem.no-such-columns', { found: short(problem.found, 120) });
    case 'too-few-sessions':
      return t('own.problem.too-few-sessions', { sessions: problem.sessions, least: problem.least });
    default:
      return t(`own.problem.${problem.problem}`);
  }
}
