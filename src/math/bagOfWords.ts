/** The words that texts may hold, each with its feature: a whole number from 0. */
export type Bag = ReadonlyMap<string, number>;

/**
 * The words of a text, without their order: for scripts with spaces the words in lower case, for Chinese, which writes
 * none, each character and each pair of neighbouring ones. Punctuation is dropped.
 */
export function wordsOf(text: string): string[] {
  const runs = text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('’', "'")
    .match(/\p{Script=Han}+|[^\P{L}\p{Script=Han}]+(?:'\p{L}+)?|\p{N}+/gu);
  return (runs ?? []).flatMap((run) => (/^\p{Script=Han}/u.test(run) ? charactersAndPairs([...run]) : [run]));
}

function charactersAndPairs(characters: readonly string[]): string[] {
  return [...characters, ...characters.slice(1).map((next, place) => `${characters[place]}${next}`)];
}

/** A bag of all words of some texts, in the order in which they come. */
export function createBag(texts: readonly string[]): Bag {
  const words = new Set(texts.flatMap(wordsOf));
  return new Map([...words].map((word, feature) => [word, feature]));
}

/** The features of a text: those words of the bag that it holds, each once, in ascending order. Other words are lost. */
export function readFeatures(text: string, bag: Bag): Int32Array {
  const features = new Set(wordsOf(text).flatMap((word) => bag.get(word) ?? []));
  return Int32Array.from(features).sort();
}
