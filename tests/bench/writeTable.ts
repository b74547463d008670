import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';

/** Writes a results page of one table. Rows are lists of cells, the head first. */
export async function writeTable(file: string, title: string, about: string, rows: readonly (readonly string[])[]) {
  const table = markdownTable(rows);
  await writeMarkdown(file, `# ${title}\n\n${about}\n\n${table}\n`);
  return table;
}

export function markdownTable([head = [], ...body]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...body.map(line)].join('\n');
}

/** As the repository's formatter wants it. */
export async function writeMarkdown(file: string, text: string) {
  const options = { ...(await resolveConfig(file)), parser: 'markdown' };
  writeFileSync(file, await format(text, options));
}

/** Puts a text between `<!-- name -->` and `<!-- /name -->`. */
export async function writeBetween(file: string, name: string, text: string) {
  const [before, , after] = readFileSync(file, 'utf8').split(new RegExp(`(?<=<!-- ${name} -->)|(?=<!-- /${name} -->)`));
  if (before === undefined || after === undefined) throw new Error(`${file} has no place for ${name}.`);
  await writeMarkdown(file, `${before}\n\n${text}\n\n${after}`);
}
