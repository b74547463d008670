import type { PointingStore } from '#src/training/pointing.ts';
import type { SymbolSpec } from '#src/training/spec.ts';

export type Vocabulary = Readonly<Record<string, SymbolSpec>>;

/** A symbol of one playground's run. */
interface Meant {
  of: string;
  symbol: string;
}

const places = '[data-symbol], [data-code], [data-node]';

/**
 * Makes the page speak one language: whatever carries `data-symbol`, `data-code` or `data-node` inside `[data-of]` can
 * be pointed at, focused or tapped. All places of the symbol then carry the class `lit`, those of the other symbols of
 * the same run `dimmed`. Left and right arrow keys go from one place of the symbol to the next; Escape ends it.
 *
 * @param vocabulary the symbols of a playground's instance; undefined for one that is not on the page.
 * @returns what takes it all back.
 */
export function installPointing(
  document: Document,
  store: PointingStore,
  vocabulary: (of: string) => Vocabulary | undefined,
): () => void {
  const removals = new AbortController();
  const listen = <Type extends keyof DocumentEventMap>(type: Type, listener: (event: DocumentEventMap[Type]) => void) =>
    document.addEventListener(type, listener, { signal: removals.signal });
  /** What was pointed at here; cells that others write into the store are theirs to end. */
  let own: Meant | undefined;

  const point = (target: EventTarget | null) => {
    const meant = meantBy(target, vocabulary);
    const { of, symbol } = store.get();
    if (!meant || (of === meant.of && symbol === meant.symbol)) return;
    own = meant;
    store.set(meant);
  };
  const leave = (next: EventTarget | null) => {
    const { of, symbol, cell } = store.get();
    if (!own || own.of !== of || own.symbol !== symbol || cell || meantBy(next, vocabulary)) return;
    // The pointer is gone, the focus may still be on a symbol.
    own = meantBy(document.activeElement, vocabulary);
    store.set(own ?? {});
  };

  listen('pointerover', ({ target, pointerType }) => pointerType !== 'touch' && point(target));
  listen('pointerout', ({ relatedTarget, pointerType }) => pointerType !== 'touch' && leave(relatedTarget));
  listen('focusin', ({ target }) => point(target));
  listen('focusout', ({ relatedTarget }) => leave(relatedTarget));
  listen('click', ({ target }) => (meantBy(target, vocabulary) ? point(target) : leave(target)));
  listen('keydown', (event) => {
    if (event.key === 'Escape' && store.get().symbol !== undefined) store.set({});
    const direction = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (direction === 0 || event.defaultPrevented) return;
    if (goToNextPlace(event.target, direction, vocabulary)) event.preventDefault();
  });

  const light = createLighting(document, vocabulary);
  const unsubscribe = store.subscribe(() => light(store.get()));
  return () => {
    removals.abort();
    unsubscribe();
    light({});
  };
}

/** Keeps the classes in step with the store; touches only elements whose class changes. */
function createLighting(document: Document, vocabulary: (of: string) => Vocabulary | undefined) {
  let lit = new Set<Element>();
  let dimmed = new Set<Element>();
  let before: Partial<Meant> = {};
  return ({ of, symbol }: Partial<Meant>) => {
    if (of === before.of && symbol === before.symbol) return;
    before = { ...(of !== undefined && { of }), ...(symbol !== undefined && { symbol }) };
    const nextLit = new Set<Element>();
    const nextDimmed = new Set<Element>();
    if (of !== undefined && symbol !== undefined) {
      for (const element of placesOf(document, of)) {
        const symbols = symbolsOf(element, vocabulary(of));
        if (symbols.includes(symbol)) {
          nextLit.add(element);
          giveHue(element, vocabulary(of)?.[symbol]);
        } else if (symbols.length > 0) nextDimmed.add(element);
      }
      // What lies inside or around a lit place would dim it too.
      for (const element of nextDimmed) if (touches(element, nextLit)) nextDimmed.delete(element);
    }
    exchange('lit', lit, nextLit);
    exchange('dimmed', dimmed, nextDimmed);
    lit = nextLit;
    dimmed = nextDimmed;
  };
}

/** A lit place shows its symbol's hue, a diagram's node that of the symbol that lights it. */
function giveHue(element: Element, spec: SymbolSpec | undefined): void {
  if (spec && (!element.hasAttribute('data-hue') || element.hasAttribute('data-node'))) {
    element.setAttribute('data-hue', spec.hue);
  }
}

function exchange(name: string, before: ReadonlySet<Element>, after: ReadonlySet<Element>): void {
  for (const element of before) if (!after.has(element)) element.classList.remove(name);
  for (const element of after) element.classList.add(name);
}

function touches(element: Element, others: ReadonlySet<Element>): boolean {
  for (const other of others) if (element.contains(other)) return true;
  return false;
}

function placesOf(document: Document, of: string): Element[] {
  const ofPlaces = [...document.querySelectorAll(places)];
  return ofPlaces.filter((element) => element.closest('[data-of]')?.getAttribute('data-of') === of);
}

/** The symbols that an element stands for, the one it names first; a diagram's node also for all that it computes. */
function symbolsOf(element: Element, vocabulary: Vocabulary | undefined): string[] {
  if (!vocabulary) return [];
  const symbol = element.getAttribute('data-symbol');
  const code = element.getAttribute('data-code');
  const node = element.getAttribute('data-node');
  const own = symbol === null ? [] : [symbol];
  if (symbol !== null && node === null) return own;
  const tied = Object.entries(vocabulary)
    .filter(([, spec]) => (code !== null ? spec.code.includes(code) : spec.node === node))
    .map(([name]) => name);
  return [...new Set([...own, ...tied])];
}

function meantBy(target: EventTarget | null, vocabulary: (of: string) => Vocabulary | undefined): Meant | undefined {
  if (!(target instanceof Element)) return undefined;
  const element = target.closest(places);
  const of = element?.closest('[data-of]')?.getAttribute('data-of');
  if (!element || of === null || of === undefined) return undefined;
  const [symbol] = symbolsOf(element, vocabulary(of));
  return symbol === undefined ? undefined : { of, symbol };
}

function goToNextPlace(
  target: EventTarget | null,
  direction: number,
  vocabulary: (of: string) => Vocabulary | undefined,
): boolean {
  // Arrow keys inside a picture or a slider that stands in a symbol's frame are its own.
  if (!(target instanceof Element) || !target.matches(places)) return false;
  const meant = meantBy(target, vocabulary);
  if (!meant) return false;
  const same = placesOf(target.ownerDocument, meant.of).filter((element) =>
    symbolsOf(element, vocabulary(meant.of)).includes(meant.symbol),
  );
  const next = same[(same.indexOf(target) + direction + same.length) % same.length];
  if (!(next instanceof HTMLElement || next instanceof SVGElement) || next === target) return false;
  if (!next.hasAttribute('tabindex')) next.setAttribute('tabindex', '-1');
  next.focus();
  return true;
}
