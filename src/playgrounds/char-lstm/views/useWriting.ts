import { useEffect, useRef, useState } from 'react';
import type { Question } from '#src/training/protocol.ts';
import type { Run } from '#src/training/run.ts';
import { charactersOf, toldIn, type Told } from './characters.ts';

/** Characters at a time, and how often: 24 a second. */
const COUNT = 8;
const EVERY = 333; // ms
/** Kept on the page. */
const KEPT = 480;
/** Left out at once, so that what stays is seldom moved. */
const LEFT_OUT = 160;
/** While nothing is learnt, writing stops by itself after so many. */
const ENOUGH = 400;
/** After a question that nobody answered. */
const PATIENCE = 1000; // ms

export interface WritingSettings {
  temperature: number;
  /** The network as it is, or as it was at its best. */
  weights: 'now' | 'best';
  /** What it begins with. */
  opening: string;
}

/** The network's memory between two questions. */
interface Memory {
  place: number;
  hidden?: Float32Array;
  cell?: Float32Array;
  symbol?: number;
}

/**
 * Lets the network write on and on, a few characters a question, the next one asked when the last is answered.
 *
 * @param key another one begins a new text: the run is another.
 * @param onEnough called when enough has been written by a network that does not learn meanwhile.
 */
export function useWriting(run: Run, isOn: boolean, settings: WritingSettings, key: number, onEnough: () => void) {
  const [told, setTold] = useState<readonly Told[]>([]);
  const memory = useRef<Memory>({ place: 0 });
  const latest = useRef({ settings, onEnough });
  useEffect(() => {
    latest.current = { settings, onEnough };
  });
  useEffect(() => {
    memory.current = { place: 0 };
    setTold([]);
  }, [key, settings.opening]);

  useEffect(() => {
    if (!isOn) return;
    let isWanted = true;
    let written = 0;
    async function write() {
      const before = memory.current;
      const { temperature, weights, opening } = latest.current.settings;
      const question: Question = { type: 'sample', count: COUNT, temperature, weights, text: opening, ...before };
      const answer = await run.ask(question);
      // A new text has begun meanwhile, or nobody waits any more.
      if (!isWanted || memory.current !== before) return;
      const { symbols, hidden, cell } = answer;
      memory.current = {
        place: before.place + 1,
        symbol: symbols?.values.at(-1) ?? 0,
        ...(hidden && { hidden: hidden.values as Float32Array }),
        ...(cell && { cell: cell.values as Float32Array }),
      };
      const more = toldIn(answer, charactersOf(answer['vocabulary']));
      const start = before.place > 0 ? [] : Array.from(opening, (character) => ({ character, alternatives: [] }));
      setTold((known) => [...known.slice(known.length > KEPT ? LEFT_OUT : 0), ...start, ...more]);
      written = run.getState().status === 'running' ? 0 : written + COUNT;
      if (written >= ENOUGH) latest.current.onEnough();
    }
    async function writeOn() {
      while (isWanted) {
        const next = performance.now() + EVERY;
        const wait = await write().then(
          () => next - performance.now(),
          () => PATIENCE, // the worker was replaced, or there is none
        );
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, wait)));
      }
    }
    void writeOn();
    return () => {
      isWanted = false;
    };
  }, [run, isOn]);

  return {
    told,
    clear: () => {
      memory.current = { place: 0 };
      setTold([]);
    },
  };
}
