/** Where the reader is: past which heading, and how far on the way to the next one. It is the same in every language. */
export interface ReadingPlace {
  id: string;
  fraction: number;
}

/** Where reading begins: below the header, in pixels from the window's top. */
function readingLine([heading]: readonly HTMLElement[]): number {
  return heading === undefined ? 0 : Number.parseFloat(getComputedStyle(heading).scrollMarginTop) || 0;
}

function headings(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('main h1[id], main h2[id], main h3[id]')];
}

/** The stretch of the page from a heading to the next, in pixels from the window's top. */
function stretch(all: readonly HTMLElement[], index: number): { start: number; length: number } {
  const start = all[index]?.getBoundingClientRect().top ?? 0;
  const end = all[index + 1]?.getBoundingClientRect().top ?? document.documentElement.getBoundingClientRect().bottom;
  return { start, length: Math.max(1, end - start) };
}

/** `undefined` above the first heading: there the top of the page is the place. */
export function readPlace(): ReadingPlace | undefined {
  if (window.scrollY <= 0) return undefined;
  const all = headings();
  const top = readingLine(all);
  const index = all.findLastIndex((heading) => heading.getBoundingClientRect().top <= top + 2);
  const id = all[index]?.id;
  if (id === undefined) return undefined;
  const { start, length } = stretch(all, index);
  return { id, fraction: (top - start) / length };
}

export function scrollToPlace({ id, fraction }: ReadingPlace): void {
  const all = headings();
  const index = all.findIndex((heading) => heading.id === id);
  if (index < 0) return;
  const { start, length } = stretch(all, index);
  window.scrollBy({ top: start + fraction * length - readingLine(all), behavior: 'instant' });
}
