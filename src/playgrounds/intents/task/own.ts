import { limits, type OwnExample } from '../spec.ts';

/**
 * The reader's sentences from their JSON.
 *
 * @throws RangeError that says what is wrong with them.
 */
export function parseOwn(own: string | undefined): OwnExample[] {
  if (own === undefined) return [];
  const list = parse(own);
  if (!Array.isArray(list) || !list.every(isExample)) {
    throw new RangeError('Own examples are a JSON list of { language, text, label }, all texts and none empty.');
  }
  if (list.length > limits.examples) throw new RangeError(`There are more than ${limits.examples} own examples.`);
  for (const { text, label } of list) {
    if (/[\r\n]/.test(label)) throw new RangeError("A class's name is one line of text.");
    if (text.length > limits.sentence) throw new RangeError(`A sentence has more than ${limits.sentence} characters.`);
    if (label.length > limits.name) throw new RangeError(`A class's name has more than ${limits.name} characters.`);
  }
  return list;
}

function parse(own: string): unknown {
  try {
    return JSON.parse(own);
  } catch {
    throw new RangeError('Own examples are no JSON.');
  }
}

function isExample(value: unknown): value is OwnExample {
  const { language, text, label } = (value ?? {}) as Record<string, unknown>;
  return [language, text, label].every((part) => typeof part === 'string' && part.trim() !== '');
}
