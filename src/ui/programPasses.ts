import type { ProgramCall, ProgramReport } from '#src/training/protocol.ts';

/** What is made of a recorded step, in this order; `recorded` is the step itself. */
export const passes = ['recorded', 'alias', 'constant', 'unused', 'copied', 'fused', 'memory'] as const;

export type Pass = (typeof passes)[number];

export type Fate = ProgramCall['becomes'];

export const fates: readonly Fate[] = ['called', 'copied', 'alias', 'constant', 'unused', 'fused'];

/** What became of a call once the passes up to `pass` were made. */
export function fateAfter({ becomes }: ProgramCall, pass: Pass): Fate {
  return becomes !== 'called' && passes.indexOf(becomes) <= passes.indexOf(pass) ? becomes : 'called';
}

/** Whether something is still run for a call that became this. */
export function isRun(fate: Fate): boolean {
  return fate === 'called' || fate === 'copied';
}

/** How many calls are still run after a pass. */
export function callsAfter({ calls }: ProgramReport, pass: Pass): number {
  return calls.filter((call) => isRun(fateAfter(call, pass))).length;
}

/** The calls that a pass deals with, by place; those of `memory` are the ones whose results have a place in it. */
export function placesOf({ calls }: ProgramReport, pass: Pass): number[] {
  return calls.flatMap(({ becomes, offset }, place) => {
    const isMeant = pass === 'memory' ? offset !== undefined : becomes === pass;
    return isMeant ? [place] : [];
  });
}

const BYTES = 4; // of a number

/** A result's place in memory, and how long it is its own. */
export interface Block {
  place: number;
  bytes: number;
  /** In bytes: as planned, and if no place were used twice. */
  offset: number;
  offsetApart: number;
  /** The calls during which it is needed, both included. */
  from: number;
  to: number;
}

/** The first result of every call that has a place in the program's memory, in the order of the calls. */
export function blocksOf({ calls }: ProgramReport): Block[] {
  let offsetApart = 0;
  return calls.flatMap(({ bytes: all, shape, offset, lives }, place) => {
    if (offset === undefined || lives === undefined) return [];
    const bytes = Math.min(all, BYTES * shape.reduce((product, size) => product * size, 1));
    const [from, to] = [Math.max(0, lives[0]), Math.min(calls.length - 1, lives[1])];
    const block = { place, bytes, offset, offsetApart, from, to };
    offsetApart += bytes;
    return [block];
  });
}

/** What a list of calls can be narrowed to. */
export interface CallFilter {
  fate: Fate | 'all';
  kernel: string;
  isSlowestFirst: boolean;
}

export const noFilter: CallFilter = { fate: 'all', kernel: '', isSlowestFirst: false };

export interface ListedCall extends ProgramCall {
  place: number;
  fate: Fate;
}

/** The calls that pass the filter, after a pass: in the order in which they are run, or the slowest first. */
export function listCalls(
  { calls }: ProgramReport,
  pass: Pass,
  { fate, kernel, isSlowestFirst }: CallFilter,
): ListedCall[] {
  const listed = calls
    .map((call, place) => ({ ...call, place, fate: fateAfter(call, pass) }))
    .filter((call) => (fate === 'all' || call.fate === fate) && (kernel === '' || call.kernel === kernel));
  return isSlowestFirst ? listed.sort((one, other) => other.microseconds - one.microseconds) : listed;
}

/** Each kernel of the step with the number of its calls, by name. */
export function kernelsOf({ calls }: ProgramReport): [kernel: string, count: number][] {
  const counts = new Map<string, number>();
  for (const { kernel } of calls) counts.set(kernel, (counts.get(kernel) ?? 0) + 1);
  return [...counts].sort(([one], [other]) => one.localeCompare(other, 'en'));
}
