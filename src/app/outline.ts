import type { Language } from '#src/i18n/languages.ts';
import { pages as writtenPages, type Page } from './pages.ts';
import { sections as plannedSections, type Section } from './sections.ts';

/** One line of the contents. Without an address it is not written yet, in this language at least. */
export interface Entry {
  number: string;
  title: string;
  promise?: string;
  address?: string;
  /** The pages below it; none where the section is a page itself. */
  entries: readonly Entry[];
}

/** The contents in one language: what is planned, joined with what is written; appendices after all sections. */
export function outline(
  language: Language,
  pages: readonly Page[] = writtenPages,
  sections: readonly Section[] = plannedSections,
): Entry[] {
  const planned = sections.map((section, index) => {
    const number = String(index + 1);
    const names = section.pages.map(({ name }) => `${section.name}/${name}`);
    const unplanned = pages.filter(({ address }) => address.startsWith(`${section.name}/`) && !names.includes(address));
    const entries = [
      ...section.pages.map(({ titles }, place) =>
        entryOf(language, pages, names[place] ?? '', `${number}.${place + 1}`, titles[language]),
      ),
      ...unplanned.map((page) => entryOf(language, pages, page.address, page.number, page.address)),
    ];
    return { ...entryOf(language, pages, section.name, number, section.titles[language]), entries };
  });
  const appendices = pages.filter(({ number }) => /^[A-Z]$/.test(number));
  return [...planned, ...appendices.map((page) => entryOf(language, pages, page.address, page.number, page.address))];
}

function entryOf(language: Language, pages: readonly Page[], address: string, number: string, planned: string): Entry {
  const words = pages.find((page) => page.address === address)?.words[language];
  if (words === undefined) return { number, title: planned, entries: [] };
  return {
    number,
    title: words.title ?? planned,
    address,
    entries: [],
    ...(words.description === undefined ? {} : { promise: words.description }),
  };
}

/** The entries that are pages, in reading order. */
export function pageEntries(entries: readonly Entry[]): Entry[] {
  return entries.flatMap((entry) => (entry.entries.length === 0 ? [entry] : [...pageEntries(entry.entries)]));
}
