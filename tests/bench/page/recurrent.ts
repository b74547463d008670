import type { Browser } from 'playwright';
import type { Language, PlaygroundName } from '../../browser/playground.ts';
import { openRun, type Row } from './open.ts';

const seeds = [7, 8, 9];

/** A metric against a number or another metric. */
interface Goal {
  metric: string;
  above?: number | string;
  below?: number | string;
}

interface Race {
  what: string;
  name: PlaygroundName;
  language: Language;
  goals: readonly Goal[];
  /** Metrics to tell at that moment, and when the time is over. */
  tell: readonly string[];
  /** Seconds that it may take. */
  within: number;
}

const bits = ['unseen-bits', 'trigram-bits', 'four-gram-bits'];

const races: readonly Race[] = [
  {
    what: 'memory-task: LSTM and GRU at 95 % at delay 30',
    name: 'memory-task',
    language: 'en',
    goals: ['lstm-accuracy', 'gru-accuracy'].map((metric) => ({ metric, above: 0.95 })),
    tell: ['rnn-accuracy'],
    within: 10,
  },
  {
    what: 'char-lstm, English: unseen bits below the trigram',
    name: 'char-lstm',
    language: 'en',
    goals: [{ metric: 'unseen-bits', below: 'trigram-bits' }],
    tell: bits,
    within: 15,
  },
  {
    what: 'char-lstm, English: unseen bits below the 4-gram',
    name: 'char-lstm',
    language: 'en',
    goals: [{ metric: 'unseen-bits', below: 'four-gram-bits' }],
    tell: bits,
    within: 75,
  },
  {
    what: 'char-lstm, verse: unseen bits of Han characters below the trigram',
    name: 'char-lstm',
    language: 'zh',
    goals: [{ metric: 'unseen-bits', below: 'trigram-bits' }],
    tell: bits,
    within: 20,
  },
  ...(['en', 'zh'] as const).map((language): Race => ({
    what: `intents, ${language}: 90 % of unseen sentences, and not below the bag of words`,
    name: 'intents',
    language,
    goals: [
      { metric: 'unseen-accuracy', above: 0.9 },
      { metric: 'unseen-accuracy', above: 'baseline-accuracy' },
    ],
    tell: ['unseen-accuracy', 'baseline-accuracy'],
    within: 20,
  })),
  {
    what: 'next-item: better than popularity and Markov on both measures',
    name: 'next-item',
    language: 'en',
    goals: ['popularity', 'markov'].flatMap((baseline) => [
      { metric: 'hit-rate-10', above: `${baseline}-hit-rate-10` },
      { metric: 'mrr', above: `${baseline}-mrr` },
    ]),
    tell: ['hit-rate-10', 'markov-hit-rate-10', 'mrr', 'markov-mrr'],
    within: 60,
  },
];

/** From the press of Run with the default settings until each goal is reached; one row a playground and goal. */
export async function measureRecurrent(browser: Browser, root: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (const race of races) {
    const runs: string[] = [];
    for (const seed of seeds) {
      const { name, language } = race;
      const playground = await openRun(browser, root, `?seed=${seed}`, { name, language });
      const { seconds, step, told } = await playground.root.evaluate(run, {
        goals: race.goals,
        tell: race.tell,
        limit: 2 * race.within,
      });
      const values = race.tell.map((metric) => `${metric} ${Number(told[metric]).toFixed(3)}`);
      runs.push(`${seconds === null ? 'not' : seconds.toFixed(1)} s (step ${step}; ${values.join(', ')})`);
      await playground.page.close();
    }
    rows.push({
      what: `${race.what}, seeds ${seeds.join(', ')}`,
      measured: runs.join('; '),
      goal: `within ${race.within} s`,
    });
  }
  return rows;
}

/** Presses Run and reads the metrics as they change. */
function run(
  root: HTMLElement | SVGElement,
  { goals, tell, limit }: { goals: readonly Goal[]; tell: readonly string[]; limit: number },
): Promise<{ seconds: number | null; step: number; told: Record<string, string> }> {
  const read = (metric: number | string): number => {
    if (typeof metric === 'number') return metric;
    const value = root.querySelector<HTMLElement>(`output[data-metric="${metric}"]`)?.dataset['value'];
    return value ? Number(value) : Number.NaN;
  };
  const isReached = ({ metric, above, below }: Goal) =>
    above !== undefined ? read(metric) >= read(above) : read(metric) < read(below ?? Number.NaN);
  return new Promise((resolve) => {
    const start = performance.now();
    const look = () => {
      const seconds = (performance.now() - start) / 1000;
      // Before the first step the page shows what a stored network could do.
      const isDone = Number(root.dataset['step']) > 0 && goals.every(isReached);
      if (!isDone && seconds < limit) return;
      clearInterval(clock);
      const told = Object.fromEntries(tell.map((metric) => [metric, String(read(metric))]));
      resolve({ seconds: isDone ? seconds : null, step: Number(root.dataset['step']), told });
    };
    const clock = setInterval(look, 50);
    [...root.querySelectorAll('button')].find(({ textContent }) => ['Run', '运行'].includes(textContent))?.click();
  });
}
