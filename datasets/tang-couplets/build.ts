/** Makes `tang-couplets.data` from its sources: `node build/run.mjs datasets/tang-couplets/build.ts`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { readPackage, writeContents } from '#datasets/source.ts';
import { description } from '#datasets/tang-couplets/index.ts';

const poems = 'chinese-poetry@1.4.1';
const converter = 'opencc-js@1.4.2';
const contentsSha256 = '390af81b20cdcbeec791b7b8e9db6a89aeededc4273ac347da3696f119e4155b';
const files = 58;
const poemsInFile = 1000;
const commonest = 800;
const couplet = /^\p{Script=Han}{5}，\p{Script=Han}{5}。$/u;

interface OpenCC {
  Converter(options: { from: 't'; to: 'cn' }): (text: string) => string;
}

/** Every paragraph of every poem in file order, in traditional characters. */
function readParagraphs(folder: string): string[] {
  return Array.from({ length: files }, (_, index) => {
    const file = join(folder, 'chinese-poetry', 'json', `poet.tang.${index * poemsInFile}.json`);
    const poems = JSON.parse(readFileSync(file, 'utf8')) as { paragraphs: string[] }[];
    return poems.flatMap(({ paragraphs }) => paragraphs);
  }).flat();
}

/** The Han characters of the couplets, the commonest first; of equally common ones that which comes first. */
function rankCharacters(couplets: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const character of couplets.join('').replace(/[，。]/g, '')) {
    counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([character]) => character);
}

const traditional = await readPackage(poems, readParagraphs);
const simplified = await readPackage(converter, async (folder) => {
  const file = pathToFileURL(join(folder, 'dist', 'esm', 'full.js')).href;
  const { Converter } = (await import(/* @vite-ignore */ file)) as OpenCC;
  return Converter({ from: 't', to: 'cn' })(traditional.join('\n')).split('\n');
});
const couplets = [...new Set(simplified.filter((paragraph) => couplet.test(paragraph)))];
const allowed = rankCharacters(couplets).slice(0, commonest);
const isAllowed = new Set([...allowed, '，', '。']);
const kept = couplets.filter((line) => [...line].every((character) => isAllowed.has(character)));
console.log(`${couplets.length} couplets in all, ${kept.length} of the ${commonest} commonest characters`);
writeContents(description, Buffer.from([allowed.join(''), ...kept, ''].join('\n')), contentsSha256);
