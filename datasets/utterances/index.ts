import { loadContents } from '#datasets/dataset.ts';
import type { Description, ReadFile, Split } from '#datasets/dataset.ts';

/** What a customer wrote, and which intent it has: a place in the list of intents. */
export interface Utterance {
  text: string;
  label: number;
}

/** The intents of one language by name, with utterances to learn from and unseen ones. */
export interface UtteranceSplits extends Readonly<Record<Split, readonly Utterance[]>> {
  intents: readonly string[];
}

export type Utterances = Readonly<Record<'en' | 'zh', UtteranceSplits>>;

/** An intent as the file holds it: its name, and its wordings in the order of the source. */
export interface Intent {
  name: string;
  wordings: readonly string[];
}

export const description: Description = {
  id: 'utterances',
  makers: 'Written for this book',
  source: 'datasets/utterances/sources',
  file: 'utterances/utterances.data',
  bytes: 31_539,
  crc32: 0xbeeaca48,
};

/** One wording of so many, the last of them, is never learnt from. */
export const heldOutEvery = 5;

/**
 * What people write to customer service, in English and in Chinese: ten intents with a hundred wordings each. They come
 * in turn: utterance i has intent `i % 10`, so that any few neighbours show them all.
 *
 * @throws DatasetError
 */
export async function load(readFile: ReadFile): Promise<Utterances> {
  const contents = await loadContents(description, readFile);
  const { en, zh } = JSON.parse(new TextDecoder().decode(contents)) as Record<'en' | 'zh', readonly Intent[]>;
  return { en: split(en), zh: split(zh) };
}

function split(intents: readonly Intent[]): UtteranceSplits {
  const wordings = Math.max(...intents.map((intent) => intent.wordings.length));
  const utterances = (isTaken: (wording: number) => boolean): Utterance[] =>
    Array.from({ length: wordings }, (_, wording) => wording)
      .filter(isTaken)
      .flatMap((wording) => intents.map((intent, label) => ({ text: intent.wordings[wording] ?? '', label })))
      .filter(({ text }) => text !== '');
  const isHeldOut = (wording: number) => wording % heldOutEvery === heldOutEvery - 1;
  return {
    intents: intents.map(({ name }) => name),
    train: utterances((wording) => !isHeldOut(wording)),
    unseen: utterances(isHeldOut),
  };
}
