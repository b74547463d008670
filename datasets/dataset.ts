import { crc32 } from '#src/math/crc32.ts';

/** Reads a file of a data set by its name in this folder, such as `digits/digits.data`; rejects if there is none. */
export type ReadFile = (file: string) => Promise<ArrayBuffer>;

/** Examples to learn from, and examples that are never learnt from: they tell what was understood. */
export type Split = 'train' | 'unseen';

/** Pictures of one size with their classes. */
export interface ImageSet {
  count: number;
  height: number;
  width: number;
  /** `[count, height, width]`, 0 (paper) to 255 (ink). */
  pixels: Uint8Array;
  /** `[count]`, the class of each. */
  labels: Uint8Array;
}

export type ImageSplits = Readonly<Record<Split, ImageSet>>;

/** Running text, its characters in the order of reading. */
export type TextSplits = Readonly<Record<Split, string>>;

/** What is known of a data set without reading it. */
export interface Description {
  /** Its folder. */
  id: string;
  makers: string;
  /** Where it was first published. */
  source: string;
  /** The name of each class, by label, if its examples have labels. */
  classes?: readonly string[];
  /** The one file, gzip inside: its name here, its size and CRC-32 as committed. */
  file: string;
  bytes: number;
  crc32: number;
}

/** What a data set's `index.ts` offers. */
export interface Dataset<Examples> {
  description: Description;
  /** @throws DatasetError if the file is missing or is not the one that was committed. */
  load(readFile: ReadFile): Promise<Examples>;
}

/** A data set that cannot be read. The message says which file, and what was expected and found. */
export class DatasetError extends Error {
  override name = 'DatasetError';

  constructor(
    readonly code: 'data-missing' | 'data-damaged',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * The contents of a data set's file.
 *
 * @throws DatasetError `data-missing` if it cannot be read, `data-damaged` if size or checksum are not the committed.
 */
export async function loadContents(description: Description, readFile: ReadFile): Promise<Uint8Array<ArrayBuffer>> {
  const { file } = description;
  const packed = await readFile(file).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DatasetError('data-missing', `${file} could not be read: ${reason}`, { cause: error });
  });
  const fault = findFault(new Uint8Array(packed), description);
  if (fault !== undefined) throw new DatasetError('data-damaged', `${file} is damaged: ${fault}`);
  const contents = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(contents).arrayBuffer());
}

/** What is wrong with the file, in words; undefined if it is the one that was committed. */
function findFault(packed: Uint8Array, { bytes, crc32: expected }: Description): string | undefined {
  if (packed.length !== bytes) {
    const isPage = /^\s*</.test(String.fromCharCode(...packed.subarray(0, 64)));
    return `expected ${bytes} bytes, found ${packed.length}${isPage ? ' of a web page' : ''}`;
  }
  const found = crc32(packed);
  return found === expected ? undefined : `expected CRC-32 ${hexadecimal(expected)}, found ${hexadecimal(found)}`;
}

function hexadecimal(checksum: number): string {
  return checksum.toString(16).padStart(8, '0');
}

/**
 * The first examples of each class, class by class in turn: example i is of class `i % classes`, so that any few
 * neighbours show them all.
 *
 * @param perClass how many of each class.
 * @throws RangeError if a class has fewer.
 */
export function firstOfEachClass(set: ImageSet, classes: number, perClass: number): ImageSet {
  const size = set.height * set.width;
  const ofClass = Array.from({ length: classes }, (): number[] => []);
  set.labels.forEach((label, example) => ofClass[label]?.push(example));
  const count = classes * perClass;
  const pixels = new Uint8Array(count * size);
  const labels = new Uint8Array(count);
  for (let place = 0; place < count; place++) {
    const label = place % classes;
    const example = ofClass[label]?.[Math.floor(place / classes)];
    if (example === undefined) throw new RangeError(`class ${label} has fewer than ${perClass} examples`);
    pixels.set(set.pixels.subarray(example * size, (example + 1) * size), place * size);
    labels[place] = label;
  }
  return { ...set, count, pixels, labels };
}
