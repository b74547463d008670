import { useId, useState } from 'react';
import { useTranslate, type Translate } from '#src/i18n/translate.ts';
import type { Run } from '#src/training/run.ts';
import type { RunState } from '#src/training/runState.ts';
import controls from '#src/ui/controls.module.css';
import { formatCount } from '#src/ui/numbers.ts';
import { limits, type OwnExample } from '../spec.ts';
import { texts } from '../texts.ts';
import { ownClassesOf, ownExamplesOf, problemOf, tidied, type OwnProblem } from './ownExamples.ts';
import { OwnList } from './OwnList.tsx';
import styles from './OwnSentences.module.css';
import { BOOK_CLASSES } from './useClasses.ts';

export interface OwnSentencesProps {
  run: Run;
  state: RunState;
  /** What stands in the box. */
  sentence: string;
  /** What the run learns to read. */
  language: string;
  /** The classes of the run as it names them, and as they are shown. */
  classes: readonly string[];
  names: readonly string[];
}

type Words = Translate<Parameters<Translate>[0] | keyof typeof texts.en>;

const NEW_CLASS = 'new';

/** The reader's own sentences and classes: gathered first, then learnt from, in a run that begins anew. */
export function OwnSentences({ run, state, sentence, language, classes, names }: OwnSentencesProps) {
  const t: Words = useTranslate(texts);
  const id = useId();
  const { own, status, seed, journal } = state;
  const [examples, setExamples] = useState(() => ownExamplesOf(own));
  const [used, setUsed] = useState(own);
  const [wanted, setChoice] = useState('0');
  const [newName, setNewName] = useState('');
  const [said, setSaid] = useState('');
  if (used !== own) {
    setUsed(own);
    setExamples(ownExamplesOf(own));
  }

  const ownClasses = ownClassesOf(examples, language, classes);
  const shownClasses = [...names.slice(0, BOOK_CLASSES), ...ownClasses];
  const options = shownClasses.map((_, at) => (at < BOOK_CLASSES ? String(at) : `own ${at - BOOK_CLASSES}`));
  const choice = [...options, NEW_CLASS].includes(wanted) ? wanted : '0';
  const label = labelOf(choice, newName, classes, ownClasses);
  const example: OwnExample = { language, text: tidied(sentence), label };
  const problem = problemOf(example, examples, classes);
  const changed = JSON.stringify(examples) !== JSON.stringify(ownExamplesOf(own));
  const nowAt = classes.indexOf(label);
  const canLearnNow = nowAt >= 0 && (status === 'running' || status === 'paused') && example.text !== '';
  const isLong = example.text.length > limits.sentence;

  function add() {
    if (problem) return setSaid(problemText(problem, example, t));
    const siblings = examples.filter((other) => other.language === language && other.label === label).length;
    setExamples([...examples, example]);
    if (choice === NEW_CLASS) {
      const known = [...classes.slice(0, BOOK_CLASSES), ...ownClasses, label].indexOf(label);
      setChoice(known < BOOK_CLASSES ? String(known) : `own ${known - BOOK_CLASSES}`);
      setNewName('');
    }
    const isOwnClass = !classes.slice(0, BOOK_CLASSES).includes(label);
    setSaid(isOwnClass && siblings === 0 ? t('own.added-first', { class: label }) : t('own.added'));
  }
  function learnNow() {
    if (!canLearnNow) return setSaid(t('own.now.blocked'));
    if (isLong) return setSaid(problemText('long-sentence', example, t));
    run.edit({ type: 'add-example', text: example.text, label: nowAt });
    setSaid(t('own.now.done'));
  }
  function begin() {
    if (!changed) return setSaid(t('own.use.blocked'));
    run.setOwn(examples.length === 0 ? undefined : JSON.stringify(examples));
    setSaid(t('own.used', { seed, count: examples.filter((one) => one.language === language).length }));
  }
  const learntNow = journal.filter((entry) => entry.type === 'edit').length;

  return (
    <details className={styles.own}>
      <summary>{t('own.label')}</summary>
      <p className={styles.note}>{t('own.help')}</p>
      <p className={styles.sentence}>
        <q>{example.text === '' ? '…' : example.text.slice(0, 120)}</q>
        {example.text.length > 120 && '…'}
      </p>
      <div className={styles.row}>
        <label htmlFor={`${id}-class`}>{t('own.class')}</label>
        <select
          id={`${id}-class`}
          className={controls.select}
          value={choice}
          onChange={({ target }) => setChoice(target.value)}
        >
          {shownClasses.map((name, at) => (
            <option key={at} value={options[at]}>
              {name}
            </option>
          ))}
          <option value={NEW_CLASS}>{t('own.class.new')}</option>
        </select>
        {choice === NEW_CLASS && (
          <>
            <label htmlFor={`${id}-name`}>{t('own.name')}</label>
            <input
              id={`${id}-name`}
              className={styles.name}
              value={newName}
              placeholder={t('own.name.example')}
              onChange={({ target }) => setNewName(target.value)}
            />
          </>
        )}
      </div>
      <div className={styles.row}>
        <button type="button" className={controls.button} aria-disabled={problem !== undefined} onClick={add}>
          {t('own.add')}
        </button>
        <button type="button" className={controls.button} aria-disabled={!canLearnNow || isLong} onClick={learnNow}>
          {t('own.now')}
        </button>
      </div>
      <p className={styles.said} role="status">
        {said || (learntNow > 0 ? t('own.now.count', { count: learntNow }) : '')}
      </p>
      <OwnList
        examples={examples}
        language={language}
        nameOf={(one) => shownClasses[classes.slice(0, BOOK_CLASSES).indexOf(one)] ?? one}
        onRemove={(removed) => setExamples(examples.filter((one) => one !== removed))}
      />
      <div className={styles.row}>
        <button type="button" className={controls.button} aria-disabled={!changed} onClick={begin}>
          {t('own.use')}
        </button>
        {own !== undefined && (
          <button type="button" className={controls.button} onClick={() => run.setOwn(undefined)}>
            {t('own.back')}
          </button>
        )}
      </div>
      <p className={styles.note}>{changed ? t('own.changed', { seed }) : t('own.unchanged')}</p>
    </details>
  );
}

/** The class that is chosen, as the run names it. */
function labelOf(choice: string, newName: string, classes: readonly string[], own: readonly string[]): string {
  if (choice === NEW_CLASS) {
    const name = tidied(newName);
    const same = [...classes, ...own].find((known) => known.toLowerCase() === name.toLowerCase());
    return same ?? name;
  }
  const [, place] = choice.split(' ');
  return (place === undefined ? classes[Number(choice)] : own[Number(place)]) ?? '';
}

function problemText(problem: OwnProblem, { text, label }: OwnExample, t: Words): string {
  return t(`own.problem.${problem}`, {
    characters: formatCount(problem === 'long-name' ? label.length : text.length),
    most:
      {
        'long-sentence': limits.sentence,
        'long-name': limits.name,
        'many-classes': limits.classes,
        'many-sentences': limits.examples,
      }[problem as string] ?? 0,
  });
}
