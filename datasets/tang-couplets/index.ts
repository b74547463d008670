import { loadContents } from '#datasets/dataset.ts';
import type { Description, ReadFile, TextSplits } from '#datasets/dataset.ts';

export const description: Description = {
  id: 'tang-couplets',
  makers: '唐代诗人 (poets of the Tang dynasty)',
  source: '全唐诗 (Complete Tang Poems, 1705)',
  file: 'tang-couplets/tang-couplets.data',
  bytes: 351_450,
  crc32: 0x43e38d11,
};

/** How many of the commonest characters the couplets may use: all that the file holds, or a smaller, easier world. */
export type Characters = 400 | 800;

/** Couplets of each split. */
export const counts = {
  400: { train: 3198, unseen: 355 },
  800: { train: 17_842, unseen: 1982 },
} as const satisfies Readonly<Record<Characters, unknown>>;

/**
 * Couplets of five-character verse, one a line with its line end, `五字，五字。`, in simplified characters. Every tenth
 * couplet is unseen.
 *
 * @param characters couplets made only of so many of the commonest characters of all five-character couplets.
 * @throws DatasetError
 */
export async function load(readFile: ReadFile, characters: Characters = 800): Promise<TextSplits> {
  const contents = await loadContents(description, readFile);
  const [commonest = '', ...couplets] = new TextDecoder().decode(contents).trimEnd().split('\n');
  const allowed = new Set([...commonest.slice(0, characters), '，', '。']);
  const kept = couplets.filter((couplet) => [...couplet].every((character) => allowed.has(character)));
  const isUnseen = (index: number) => index % 10 === 9;
  return {
    train: joinLines(kept.filter((_, index) => !isUnseen(index))),
    unseen: joinLines(kept.filter((_, index) => isUnseen(index))),
  };
}

function joinLines(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
