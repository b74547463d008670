import type { Answers } from './answers.ts';
import type { Checkpoint, NamedArrays } from './journal.ts';
import type { Report, RunId } from './protocol.ts';
import type { Divergence, RunState } from './runState.ts';
import type { RunStore } from './runStore.ts';
import { appendPoints } from './series.ts';

/** What a run knows of the worker that computes it. `runSession` and `runReports` change it in place. */
export interface Link {
  /** Of the run in the worker; empty: there is none. */
  runId: RunId;
  /** A frame is under way. */
  frameWanted: boolean;
  /** The worker holds the stored trained state, and nothing is trained. */
  isPeeking: boolean;
  /** Another run has the device. */
  isReleased: boolean;
  /** The last two good ones, the newest last. */
  checkpoints: readonly Checkpoint[];
}

type Current = Extract<Report, { runId: RunId }>;

/** Takes what the worker tells into the run's state. */
export function takeReport(report: Current, store: RunStore, link: Link, answers: Answers): void {
  const series = 'metrics' in report ? appendPoints(store.get().series, report.metrics) : {};
  switch (report.type) {
    case 'loading':
      if (!link.isPeeking) store.update({ loading: report.what });
      return;
    case 'started':
      store.forget('loading');
      return store.update({ backend: report.backend, parameters: report.parameters });
    case 'state':
      if (link.isPeeking) return;
      return store.update({ status: link.isReleased ? 'paused' : report.state, step: report.step, series });
    case 'applied':
      return store.update({ journal: [...store.get().journal, report.entry] });
    case 'frame': {
      link.frameWanted = false;
      const { tensors, millisecondsPerStep, program } = report;
      const snapshot = link.isPeeking ? withStored(store.get().snapshot, report.snapshot) : report.snapshot;
      // The network went on for some steps until its divergence was seen: the run ends where it was lost.
      const step = store.get().divergence?.step ?? report.step;
      return store.update({ step, series, snapshot, isStored: link.isPeeking, tensors, millisecondsPerStep, program });
    }
    case 'program':
      if (report.program === undefined) return;
      return store.update({ listing: report.program });
    case 'trace':
      return store.update({ trace: report.trace, series });
    case 'answer':
      return answers.arrived(report.askId, report.answer);
    case 'checkpoint':
      if (!link.isPeeking) link.checkpoints = [...link.checkpoints, report.checkpoint].slice(-2);
      return;
    case 'diverged':
      return store.update({
        status: 'failed',
        step: report.step,
        series,
        divergence: explainDivergence(report, { ...store.get(), series }, link.checkpoints),
      });
    case 'failed':
      link.frameWanted = false;
      if (link.isPeeking) link.runId = '';
      answers.giveUp(report.detail);
      return store.update({ status: 'failed', failure: { code: report.code, detail: report.detail } });
  }
}

/** A look at the stored network, with what was stored about it and is not looked up again. */
function withStored(stored: NamedArrays = {}, looked: NamedArrays): NamedArrays {
  const found = Object.entries(looked).filter(([, { values }]) => values.length > 0);
  return { ...stored, ...Object.fromEntries(found) };
}

const SHOWN_BEFORE = 5; // values

function explainDivergence(
  { step, metric, value }: Extract<Report, { type: 'diverged' }>,
  { series, values }: RunState,
  checkpoints: readonly Checkpoint[],
): Divergence {
  const known = series[metric];
  const before = known?.values.filter((_, at) => (known.steps[at] ?? 0) < step).slice(-SHOWN_BEFORE) ?? [];
  // The loss of a step is that of the weights before it: those after `step - 1` steps were bad already.
  const lastGood = checkpoints.filter((checkpoint) => checkpoint.step < step - 1).at(-1);
  const learningRate = Number(values['learningRate'] ?? 0);
  return { step, metric, value, before, learningRate, ...(lastGood && { lastGood }) };
}
