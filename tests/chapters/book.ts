import type { PlaygroundSpec } from '#src/training/spec.ts';

const texts = import.meta.glob<string>('/chapters/**/*.mdx', { query: '?raw', import: 'default', eager: true });
const specs = import.meta.glob<{ spec: PlaygroundSpec }>('/src/playgrounds/*/spec.ts', { eager: true });

/** One page of the book as it is written: its text by language, and the specs of the playgrounds on it by instance. */
export interface WrittenPage {
  folder: string;
  texts: Readonly<Record<string, string>>;
}

/** Every page, by folder. */
export const writtenPages: readonly WrittenPage[] = [...new Set(Object.keys(texts).map(folderOf))].map((folder) => ({
  folder,
  texts: Object.fromEntries(
    Object.entries(texts).flatMap(([file, text]) => (folderOf(file) === folder ? [[languageOf(file), text]] : [])),
  ),
}));

function folderOf(file: string): string {
  return file.replace(/\/[^/]+$/, '');
}

function languageOf(file: string): string {
  return /(\w+)\.mdx$/.exec(file)?.[1] ?? '';
}

/** What stands between the two ends of a pattern's first group, each time it is found. */
export function found(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? '');
}

/** The spec of each playground of a page, by the id it has there. */
export function playgroundsOf(text: string): Map<string, PlaygroundSpec> {
  return new Map(
    Object.values(specs).flatMap(({ spec }) => {
      const component = spec.id.replace(/(^|-)(\w)/g, (_, _dash, letter: string) => letter.toUpperCase());
      const ids = found(text, new RegExp(`<${component}\\s[^>]*?\\bid="([\\w-]+)"`, 'g'));
      return ids.map((id) => [id, spec] as const);
    }),
  );
}
