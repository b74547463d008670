import { createElement, lazy, Suspense, type ComponentType } from 'react';

type View = ComponentType<Record<string, unknown>>;

const loads = Object.entries(import.meta.glob<Record<string, View>>('../playgrounds/*/[A-Z]*.tsx')).map(
  ([file, load]) => {
    const [, folder = '', name = ''] = /([\w-]+)\/(\w+)\.tsx$/.exec(file) ?? [];
    return { folder, name, load: async () => (await load())[name] as View };
  },
);

/** The code of each playground that has been asked for, or is there; one stays what it was at its first sight. */
const views = new Map<string, View>();
const coming: Promise<unknown>[] = [];
const waiting = new Set<() => void>();

/** The view of every playground by the name of its file: a chapter uses it without importing it. */
export const playgrounds: Readonly<Record<string, View>> = Object.fromEntries(
  loads.map(({ folder, name, load }) => {
    const bring = async () => {
      await near(folder);
      return { default: await load() };
    };
    const onceNear = lazy(() => {
      const view = bring();
      coming.push(view);
      return view;
    });
    function View(props: Record<string, unknown>) {
      const view = views.get(name) ?? onceNear;
      views.set(name, view);
      // Each by itself: a playground that waits further down would keep those above it from coming alive.
      return createElement(Suspense, null, createElement(view, props));
    }
    return [name, View];
  }),
);

/** Brings every playground of the page at once: in the other language they stand at the same places, and all are seen. */
export async function bringPlaygrounds(): Promise<void> {
  for (const found of waiting) found();
  await Promise.allSettled(coming);
}

/** Loads the views of all playgrounds that stand prerendered in the page, for a page that is drawn anew. */
export async function preloadPlaygrounds(): Promise<void> {
  const isThere = (folder: string) => document.querySelector(`[data-playground='${folder}']`) !== null;
  const there = loads.filter(({ folder }) => isThere(folder));
  await Promise.allSettled(there.map(async ({ name, load }) => views.set(name, await load())));
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
