import { writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';

/** Writes a results page as the repository's formatter wants it. */
export async function writeTable(file: string, title: string, about: string, rows: readonly (readonly string[])[]) {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const [head = [], ...body] = rows;
  const table = [line(head), line(head.map(() => '---')), ...body.map(line)].join('\n');
  const options = { ...(await resolveConfig(file)), parser: 'markdown' };
  writeFileSync(file, await format(`# ${title}\n\n${about}\n\n${table}\n`, options));
  return table;
}
