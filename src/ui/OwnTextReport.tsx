import { memo } from 'react';
import { useTranslate, type Translate } from '#src/i18n/translate.ts';
import type { Vocabulary } from '#src/math/characters.ts';
import type { OwnText, OwnTextFacts, OwnTextProblem } from '#src/math/ownText.ts';
import { formatCount } from './numbers.ts';
import styles from './OwnText.module.css';

/** A text with what is known of it, why it cannot be learnt from, or the name of the file that is being read. */
export type Findings =
  OwnText | { problem: OwnTextProblem | { name: 'unreadable'; file: string } } | { reading: string };

/** What was found in a text: a sentence, then its numbers and its first lines if it can be learnt from. */
export const OwnTextReport = memo(function OwnTextReport({ findings }: { findings: Findings | undefined }) {
  const t = useTranslate();
  const isProblem = findings !== undefined && 'problem' in findings && findings.problem !== undefined;
  return (
    <div className={styles.report}>
      <p role="status" className={isProblem ? `${styles.sentence} ${styles.problem}` : styles.sentence}>
        {findings && describe(findings, t)}
      </p>
      {findings && 'text' in findings && (
        <>
          <Facts facts={findings.facts} />
          <Preview text={findings.text} vocabulary={findings.vocabulary} />
        </>
      )}
    </div>
  );
});

function describe(findings: Findings, t: Translate): string {
  if ('reading' in findings) return t('own-text.reading', { name: findings.reading });
  if (findings.problem === undefined) {
    const { characters, kinds, rareKinds } = findings.facts;
    return t('own-text.found', { characters: formatCount(characters), kinds: formatCount(kinds + rareKinds) });
  }
  const { problem } = findings;
  switch (problem.name) {
    case 'too-short':
      return t('own-text.problem.too-short', { characters: problem.characters, least: problem.least });
    case 'one-character': {
      const { character, characters } = problem;
      return t('own-text.problem.one-character', { character, characters: formatCount(characters) });
    }
    case 'too-large':
      return t('own-text.problem.too-large', { size: (Math.ceil((problem.bytes / 2 ** 20) * 100) / 100).toFixed(2) });
    case 'not-utf8':
      return t('own-text.problem.not-utf8', { line: formatCount(problem.line) });
    case 'unreadable':
      return t('own-text.problem.unreadable', { name: problem.file });
    default:
      return t(`own-text.problem.${problem.name}`);
  }
}

function Facts({ facts }: { facts: OwnTextFacts }) {
  const t = useTranslate();
  const { rareKinds, trainUnknown, unseenUnknown, joined, removed, direction } = facts;
  return (
    <>
      <dl className={styles.facts}>
        {(['train', 'unseen', 'lines'] as const).map((name) => (
          <div key={name}>
            <dt>{t(`own-text.${name}`)}</dt>
            <dd>{formatCount(facts[name])}</dd>
          </div>
        ))}
        <div>
          <dt>{t('own-text.direction')}</dt>
          <dd>{t(`own-text.direction.${direction}`)}</dd>
        </div>
      </dl>
      <ul className={styles.notes}>
        {rareKinds > 0 && (
          <li>{t('own-text.note.rare', { kinds: formatCount(rareKinds), count: formatCount(trainUnknown) })}</li>
        )}
        {unseenUnknown > 0 && <li>{t('own-text.note.unseen-unknown', { count: formatCount(unseenUnknown) })}</li>}
        {joined > 0 && <li>{t('own-text.note.joined', { count: formatCount(joined) })}</li>}
        {removed > 0 && <li>{t('own-text.note.removed', { count: formatCount(removed) })}</li>}
      </ul>
    </>
  );
}

const mostLines = 8;
const mostInLine = 160;

/** The first lines, each in its own direction; what is read as unknown stands in boxes. */
function Preview({ text, vocabulary }: { text: string; vocabulary: Vocabulary }) {
  const t = useTranslate();
  const lines = firstLines(text).map(({ line, isCut }) => ({ pieces: splitUnknown(line, vocabulary), isCut }));
  const hasUnknown = lines.some(({ pieces }) => pieces.some(({ isUnknown }) => isUnknown));
  return (
    <figure className={styles.preview}>
      <figcaption>
        <span>{t('own-text.preview')}</span>
        {hasUnknown && <span>{t('own-text.boxed')}</span>}
      </figcaption>
      <div className={styles.lines} tabIndex={0} role="region" aria-label={t('own-text.preview')}>
        {lines.map(({ pieces, isCut }, line) => (
          <p key={line} dir="auto">
            {pieces.map(({ text: piece, isUnknown }, index) =>
              isUnknown ? (
                <mark key={index} title={t('own-text.unknown', { character: piece })}>
                  {piece}
                </mark>
              ) : (
                <span key={index}>{piece}</span>
              ),
            )}
            {isCut && '…'}
          </p>
        ))}
      </div>
    </figure>
  );
}

/** At most so many lines of at most so many characters. */
function firstLines(text: string): { line: string; isCut: boolean }[] {
  const lines: { line: string; isCut: boolean }[] = [];
  for (let from = 0; from < text.length && lines.length < mostLines;) {
    const to = text.indexOf('\n', from);
    const line = [...text.slice(from, Math.min(to, from + 2 * mostInLine))].slice(0, mostInLine).join('');
    lines.push({ line, isCut: line.length < to - from });
    from = to + 1;
  }
  return lines;
}

/** The known stretches of a line in one piece each, every unknown character in its own. */
function splitUnknown(line: string, { symbols }: Vocabulary): { text: string; isUnknown: boolean }[] {
  const pieces: { text: string; isUnknown: boolean }[] = [];
  for (const character of line) {
    const last = pieces.at(-1);
    const isUnknown = !symbols.has(character);
    if (last && !isUnknown && !last.isUnknown) last.text += character;
    else pieces.push({ text: character, isUnknown });
  }
  return pieces;
}
