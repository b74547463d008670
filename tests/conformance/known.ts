import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Backend, Result } from './suite.ts';

/** Tests of tfjs that fail on a backend for one reason, by their file. */
export interface Known {
  backend: Backend;
  reason: string;
  /** Those that take their whole time limit to fail: only the long run waits for them. */
  hangs?: true;
  tests: Readonly<Record<string, readonly string[]>>;
}

/** Every test of tfjs that fails here. Who makes one pass takes it off the list: a test that is on it must fail. */
export const known = JSON.parse(readFileSync(join(import.meta.dirname, 'known.json'), 'utf8')) as readonly Known[];

/** Tests, by file and name. */
export function listed(entries: readonly Known[]): string[] {
  return entries.flatMap(({ tests }) =>
    Object.entries(tests).flatMap(([file, names]) => names.map((name) => `${file}: ${name}`)),
  );
}

/** Titles of tests, without their files. */
export function titles(entries: readonly Known[]): string[] {
  return entries.flatMap(({ tests }) => Object.values(tests).flat());
}

export interface Difference {
  /** Tests that fail and are not on the list, with what they say. */
  failing: string[];
  /** Tests on the list that pass. */
  passing: string[];
  /** Tests on the list that are not there, though their file was run. */
  missing: string[];
}

/** How a run differs from the list. */
export function compare(results: readonly Result[], entries: readonly Known[]): Difference {
  const expected = new Set(listed(entries));
  const failures = new Map<string, string>();
  const ran = new Set<string>();
  for (const { file, test, failure } of results) {
    ran.add(`${file}: ${test}`);
    if (failure !== undefined) failures.set(`${file}: ${test}`, failure);
  }
  const files = new Set(results.map(({ file }) => file));
  const due = [...expected].filter((name) => files.has(name.split(': ')[0] ?? ''));
  return {
    failing: [...failures]
      .filter(([name]) => !expected.has(name))
      .map(([name, why]) => `${name}\n${why.slice(0, 300)}`),
    passing: due.filter((name) => ran.has(name) && !failures.has(name)),
    missing: due.filter((name) => !ran.has(name)),
  };
}
