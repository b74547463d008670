import type { Edit, NamedArrays } from '#src/training/journal.ts';
import { limits } from '../spec.ts';
import type { Lesson, Lessons } from './lessons.ts';
import { PADDING, tokensOf } from './tokens.ts';

/** The sentence that an edit adds; undefined for what cannot be learnt from. */
export function addedLesson({ type, text, label }: Edit, lessons: Lessons): Lesson | undefined {
  if (type !== 'add-example' || typeof text !== 'string' || text.length > limits.sentence) return undefined;
  if (typeof label !== 'number' || lessons.classes[label] === undefined) return undefined;
  if (tokensOf(text, lessons.language).length === 0) return undefined;
  return { tokens: lessons.encode(text), label };
}

/** Sentences added on the way, for a checkpoint: a row each. Its name tells it from weights. */
export function rowsOfLessons(added: readonly Lesson[]): NamedArrays {
  const [first] = added;
  if (!first) return {};
  return {
    'added/tokens': {
      shape: [added.length, first.tokens.length],
      values: Float32Array.from(added.flatMap(({ tokens }) => [...tokens])),
    },
    'added/labels': { shape: [added.length], values: Float32Array.from(added, ({ label }) => label) },
  };
}

export function lessonsOfRows(checkpoint: NamedArrays, { vocabulary, classes }: Lessons): Lesson[] {
  const rows = checkpoint['added/tokens'];
  const time = rows?.shape[1] ?? 0;
  const whole = (value: number, count: number) => Math.min(count - 1, Math.max(0, Math.round(value)));
  return Array.from(checkpoint['added/labels']?.values ?? [], (label, row) => ({
    tokens: Int32Array.from({ length: time }, (_, at) =>
      whole(rows?.values[row * time + at] ?? PADDING, vocabulary.size),
    ),
    label: whole(label, classes.length),
  }));
}
