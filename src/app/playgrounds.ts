import { lazy, type ComponentType } from 'react';

type View = ComponentType<Record<string, unknown>>;

const asked: Promise<unknown>[] = [];
const waiting = new Set<() => void>();
const loads = import.meta.glob<Record<string, View>>('../playgrounds/*/[A-Z]*.tsx');

/** The view of every playground by the name of its file: a chapter uses it without importing it. */
export const playgrounds: Readonly<Record<string, View>> = Object.fromEntries(
  Object.entries(loads).map(([file, load]) => {
    const [, folder = '', name = ''] = /([\w-]+)\/(\w+)\.tsx$/.exec(file) ?? [];
    const bring = async () => {
      await near(folder);
      const module = await load();
      return { default: module[name] as View };
    };
    const view = lazy(() => {
      const coming = bring();
      asked.push(coming);
      return coming;
    });
    return [name, view];
  }),
);

/** Brings every playground of the page at once: in the other language they stand at the same places, and all are seen. */
export async function bringPlaygrounds(): Promise<void> {
  for (const found of waiting) found();
  await Promise.allSettled(asked);
}

/**
 * Waits until a playground that stands in a prerendered page is about a screen away from being seen, or is asked for by
 * keyboard: until then its code would only hold up what is seen.
 */
function near(folder: string): Promise<void> {
  if (typeof document === 'undefined') return Promise.resolve();
  const places = document.querySelectorAll(`[data-playground='${folder}']`);
  if (places.length === 0) return Promise.resolve();
  return new Promise((resolve) => {
    const found = () => {
      waiting.delete(found);
      observer.disconnect();
      for (const place of places) place.removeEventListener('focusin', found);
      resolve();
    };
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) found();
      },
      { rootMargin: '150% 0px' },
    );
    waiting.add(found);
    for (const place of places) {
      observer.observe(place);
      place.addEventListener('focusin', found);
    }
  });
}
