import { limits, type OwnExample } from '../spec.ts';
import { BOOK_CLASSES } from './useClasses.ts';

/** Why a sentence cannot be added to those that are learnt from; each is a text `own.problem.<problem>`. */
export type OwnProblem =
  | 'no-sentence'
  | 'long-sentence'
  | 'known'
  | 'no-name'
  | 'long-name'
  | 'many-classes'
  | 'many-sentences'
  | 'no-classes';

/** The reader's sentences from what a run holds. */
export function ownExamplesOf(own: string | undefined): readonly OwnExample[] {
  if (own === undefined) return noExamples;
  try {
    return JSON.parse(own) as OwnExample[];
  } catch {
    return noExamples; // such a run is refused before it begins
  }
}

const noExamples: readonly OwnExample[] = [];

/** A name or sentence as it is kept: in one line, without halves of characters and what turns a line round. */
export function tidied(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, '')
    .trim();
}

/**
 * What speaks against adding an example to others.
 *
 * @param classes names of the run's classes.
 */
export function problemOf(
  example: OwnExample,
  examples: readonly OwnExample[],
  classes: readonly string[],
): OwnProblem | undefined {
  const { language, text, label } = example;
  if (classes.length === 0) return 'no-classes';
  if (!canBeSeen(text)) return 'no-sentence';
  if (text.length > limits.sentence) return 'long-sentence';
  if (!canBeSeen(label)) return 'no-name';
  if (label.length > limits.name) return 'long-name';
  if (examples.some((other) => other.language === language && other.text === text && other.label === label)) {
    return 'known';
  }
  if (examples.length >= limits.examples) return 'many-sentences';
  const own = new Set(ownClassesOf(examples, language, classes));
  if (!classes.slice(0, BOOK_CLASSES).includes(label) && !own.has(label) && own.size >= limits.classes) {
    return 'many-classes';
  }
  return undefined;
}

function canBeSeen(text: string): boolean {
  return /[^\s\p{C}]/u.test(text);
}

/** Classes that are not the book's, in the order in which they were made. */
export function ownClassesOf(
  examples: readonly OwnExample[],
  language: string,
  classes: readonly string[],
): readonly string[] {
  const book = classes.slice(0, BOOK_CLASSES);
  const labels = examples.filter((example) => example.language === language).map(({ label }) => label);
  return [...new Set(labels)].filter((label) => !book.includes(label));
}
