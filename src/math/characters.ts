/** Which symbol stands for which character. */
export interface Vocabulary {
  /** `[size]`, the character of each symbol; that of `unknown` is `�`. */
  characters: readonly string[];
  /** The symbol of each character that is known. */
  symbols: ReadonlyMap<string, number>;
}

/** The symbol of every character that is not in the vocabulary: it can be read, and even be predicted. */
export const unknown = 0;

/** How the unknown symbol is written. */
export const unknownCharacter = '�';

/**
 * The characters of a text as symbols: 0 for the unknown, then the characters in the order of their code points.
 *
 * @param text itself, or how often each of its characters occurs.
 * @param limit how many symbols there may be, the unknown among them: only the commonest characters are kept, of equally
 *   common ones those that come first.
 */
export function createVocabulary(text: string | ReadonlyMap<string, number>, limit = Infinity): Vocabulary {
  const counts = new Map(typeof text === 'string' ? countCharacters(text) : text);
  counts.delete(unknownCharacter);
  const commonest = [...counts].sort(([, a], [, b]) => b - a).slice(0, limit - 1);
  const known = commonest.map(([character]) => character).sort((a, b) => codePoint(a) - codePoint(b));
  const characters = [unknownCharacter, ...known];
  return { characters, symbols: new Map(known.map((character, index) => [character, index + 1])) };
}

/** How often each character occurs, in the order in which they come. A million characters take some milliseconds. */
export function countCharacters(text: string): Map<string, number> {
  const counts = new Uint32Array(0x110000);
  const kinds: number[] = [];
  for (let index = 0; index < text.length; index++) {
    const code = text.codePointAt(index) ?? 0;
    if (code > 0xffff) index++;
    const before = counts[code] ?? 0;
    if (before === 0) kinds.push(code);
    counts[code] = before + 1;
  }
  return new Map(kinds.map((code) => [String.fromCodePoint(code), counts[code] ?? 0]));
}

/** The symbols of a text's characters, one for each code point. */
export function encode(text: string, { symbols }: Vocabulary): Int32Array {
  const encoded = new Int32Array(text.length);
  let length = 0;
  for (const character of text) encoded[length++] = symbols.get(character) ?? unknown;
  return encoded.slice(0, length);
}

/** The text of symbols, `�` for the unknown. */
export function decode(symbols: Iterable<number>, { characters }: Vocabulary): string {
  return Array.from(symbols, (symbol) => characters[symbol] ?? unknownCharacter).join('');
}

/** Whether a character is a Han character: no punctuation, no line end. */
export function isHan(character: string): boolean {
  return /^\p{Script=Han}$/u.test(character);
}

function codePoint(character: string): number {
  return character.codePointAt(0) ?? 0;
}
