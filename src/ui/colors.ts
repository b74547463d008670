import { useSyncExternalStore } from 'react';

/** Red, green and blue, each 0 to 255. */
export type Rgb = readonly [number, number, number];

const cache = new Map<string, Rgb>();
const listeners = new Set<() => void>();
let version = 0;
let isWatching = false;
let probe: HTMLElement | undefined;

/**
 * The colour that a CSS variable has on the page now, for canvases. A canvas cannot read `light-dark()`, so an element
 * that nobody sees is given the colour and asked what became of it.
 *
 * @param variable such as `--ink`.
 * @returns mid grey where there are no styles.
 */
export function readColor(variable: string): Rgb {
  watchTheme();
  const known = cache.get(variable);
  if (known) return known;
  probe ??= createProbe();
  probe.style.color = `var(${variable})`;
  const color = parseRgb(getComputedStyle(probe).color) ?? [128, 128, 128];
  cache.set(variable, color);
  return color;
}

export function rgbText([red, green, blue]: Rgb, opacity = 1): string {
  return `rgb(${red} ${green} ${blue} / ${opacity})`;
}

/** Calls `listener` after each change of theme or view. Returns what ends it. */
export function onThemeChange(listener: () => void): () => void {
  watchTheme();
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A number that changes with the theme: a dependency for effects that draw. */
export function useThemeVersion(): number {
  return useSyncExternalStore(
    onThemeChange,
    () => version,
    () => 0,
  );
}

function createProbe(): HTMLElement {
  const element = document.createElement('span');
  element.hidden = true;
  element.setAttribute('aria-hidden', 'true');
  document.body.append(element);
  return element;
}

function watchTheme(): void {
  if (isWatching) return;
  isWatching = true;
  new MutationObserver(forgetColors).observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['data-theme', 'data-view'],
  });
  if (typeof window.matchMedia !== 'function') return;
  for (const query of ['(prefers-color-scheme: dark)', '(prefers-contrast: more)']) {
    window.matchMedia(query).addEventListener('change', forgetColors);
  }
}

function forgetColors(): void {
  cache.clear();
  version += 1;
  for (const listener of listeners) listener();
}

function parseRgb(text: string): Rgb | undefined {
  const numbers = text.match(/[\d.]+/g)?.map(Number);
  const [red, green, blue] = numbers ?? [];
  if (red === undefined || green === undefined || blue === undefined) return undefined;
  return text.startsWith('color(') ? [red * 255, green * 255, blue * 255] : [red, green, blue];
}
