/** What `404.html` knows of the book: the addresses in each language. */
export type KnownPages = Readonly<Record<string, readonly string[]>>;

/** Where an address that leads nowhere was meant to lead. */
export interface Nearest {
  /** Below the book's root, such as `zh/core-algorithms/cnn/`. */
  path: string;
  /** The same page, written in another way: nothing to explain. */
  isSame: boolean;
}

/**
 * The page nearest to what was asked, or `undefined` where nothing is near. It is sent as text into `404.html`, which
 * stands alone: it uses nothing from outside itself.
 *
 * @param asked path below the book's root.
 * @param preferred language for an address that names none of the book's.
 */
export function nearestPage(asked: string, known: KnownPages, preferred: string): Nearest | undefined {
  const LONGEST = 200; // characters looked at; an address may be 100 kB long
  /** Edits that turn one name into the other (Levenshtein's distance). */
  function distance(from: string, to: string): number {
    let row = Array.from({ length: to.length + 1 }, (_, column) => column);
    for (let line = 1; line <= from.length; line++) {
      const next = [line];
      for (let column = 1; column <= to.length; column++) {
        const replaced = (row[column - 1] ?? 0) + (from[line - 1] === to[column - 1] ? 0 : 1);
        next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
      }
      row = next;
    }
    return row[to.length] ?? 0;
  }
  function nearestAddress(address: string, addresses: readonly string[]): string | undefined {
    const name = (path: string): string => path.split('/').pop() ?? '';
    const ranked = addresses
      .filter((candidate) => candidate !== '')
      .map((candidate) => {
        const whole = distance(address, candidate);
        return { candidate, whole, edits: Math.min(whole, distance(name(address), name(candidate))) };
      })
      .sort((one, other) => one.edits - other.edits || (address.includes('/') ? one.whole - other.whole : 0));
    const [best] = ranked;
    return best && best.edits <= Math.max(1, name(best.candidate).length / 3) ? best.candidate : undefined;
  }
  function pathTo(language: string, address: string): string {
    return language + '/' + (address === '' ? '' : address + '/');
  }

  const parts = asked
    .slice(0, LONGEST)
    .toLowerCase()
    .split('/')
    .filter((part) => part !== '' && part !== 'index.html' && part !== 'index.htm')
    .map((part) => part.replace(/\.html?$/, ''));
  const first = parts[0] ?? '';
  const named =
    known[first] === undefined
      ? known[first.slice(0, 2)] && /^..-/.test(first)
        ? first.slice(0, 2)
        : undefined
      : first;
  const language = named ?? preferred;
  const addresses = known[language] ?? [];
  if (named !== undefined) {
    const address = parts.slice(1).join('/');
    if (addresses.includes(address)) return { path: pathTo(language, address), isSame: named === first };
    return { path: pathTo(language, nearestAddress(address, addresses) ?? ''), isSame: false };
  }
  // Another language's name in front, or none at all.
  const candidates = [parts.slice(1).join('/'), parts.join('/')].filter((address) => address !== '');
  const exact = candidates.find((address) => addresses.includes(address));
  const near =
    exact ?? candidates.map((address) => nearestAddress(address, addresses)).find((found) => found !== undefined);
  if (near !== undefined) return { path: pathTo(language, near), isSame: false };
  return parts.length === 1 && /^[a-z]{2}(-\w+)?$/.test(first)
    ? { path: pathTo(language, ''), isSame: false }
    : undefined;
}
