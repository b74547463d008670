import { countedWorkloads, counted, kernelCalls, type Counts } from './calls.ts';
import type { WorkloadName } from './data.ts';
import { callGoals, goals, type Goal } from './goals.ts';
import type { Calls } from './job.ts';
import type { Figure, Figures } from './rounds.ts';
import { notes, variantNames, variants, type VariantName } from './variants.ts';
import { markdownTable } from './writeTable.ts';

export interface Measured {
  machine: string;
  day: string;
  rounds: number;
  times: Figures;
  calls: Counts;
}

/** All tables as one page of Markdown. */
export function describe({ machine, day, rounds, times, calls }: Measured): string {
  const sections = [
    '# Speed of a training step',
    `By \`npm run bench\`: ${machine}, ${day}. Each library in a module worker of its own, in turn, ${rounds} rounds (one where a step takes over a second); medians. Same networks, first weights, batches and, but where said, Adam. Losses are compared with stored ones of another library before a time is shown. Only ratios within a row mean anything.`,
    '## Milliseconds a step',
    markdownTable(stepRows(times)),
    ...failures(times),
    notes.map((note) => `- ${note}`).join('\n'),
    '## How many times as fast the program is',
    markdownTable(ratioRows(times)),
    '## Kernel calls a step, plain path',
    'Calls that tfjs makes of its backend; in brackets what goes on to the graphics driver: dispatches or draw calls.',
    markdownTable(callRows(calls)),
    '## From the start to the program',
    'The first step counts from the start of the backend. Memory is the most that a step takes of the WASM heap, weights and optimizer state among it, as a multiple of what the plain path’s step takes; in brackets that of the first 70 steps, when every eighth is plain for comparison.',
    markdownTable(startRows(times, calls)),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** The table of the README: a step of ours, and how many times as long others take. */
export function summarize({ machine, day, times }: Measured): string {
  const rows = rowsOf(times).map(([workload, row]) => {
    const step = figure(row, 'program')?.step;
    const peer = fastestPeer(row);
    const cells = (name: VariantName | undefined) => {
      const other = name && figure(row, name)?.step;
      return step === undefined || other === undefined ? '–' : `${digits(other / step)} times`;
    };
    const named = peer ? `${cells(peer)} (${variants[peer].label})` : '–';
    return [networks[workload], step === undefined ? '–' : `${digits(step)} ms`, named, cells('composed')];
  });
  const head = ['network', 'a step', 'the fastest peer takes', 'tfjs’s WASM, its gaps filled, takes'];
  return `${markdownTable([head, ...rows])}\n\n${machine}, ${day}.`;
}

const networks: Record<WorkloadName, string> = {
  mlp: 'dense, 2-8-8-1, batch 32',
  gan2d: 'GAN of points, 2-14-14-2 and 2-14-14-1, batch 150',
  cnn: 'convolutions of 8 and 16 filters, 28 × 28, batch 64',
  dcgan: 'GAN of pictures, 28 × 28, batch 32',
  lstm: 'two LSTMs of 32 units, 20 words, batch 32',
  char: 'LSTM of 128 units, 64 letters, batch 32',
  rgb64: 'four convolutions up to 128 filters, 64 × 64 × 3, batch 16',
};

type Row = Figures[WorkloadName] & object;

const rowsOf = (times: Figures) => Object.entries(times) as [WorkloadName, Row][];

function figure(row: Row, name: VariantName): Figure | undefined {
  const found = row[name];
  return found === undefined || 'error' in found ? undefined : found;
}

/** Three digits: no time here is more certain. */
function digits(value: number): string {
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

function measuredVariants(times: Figures): VariantName[] {
  return variantNames.filter((name) => rowsOf(times).some(([, row]) => name in row));
}

function stepRows(times: Figures): string[][] {
  const names = measuredVariants(times);
  const rows = rowsOf(times).map(([workload, row]) => [
    workload,
    ...names.map((name) => {
      const found = figure(row, name);
      if (!found) return '–';
      const staysPlain = found.program !== undefined && found.program.step === undefined;
      return `${digits(found.step)}${staysPlain ? ' (stays plain)' : ''}`;
    }),
  ]);
  return [['workload', ...names.map((name) => variants[name].label)], ...rows];
}

/** Why a time is missing, but where a library does not offer the network. */
function failures(times: Figures): string[] {
  const lines = rowsOf(times).flatMap(([workload, row]) =>
    Object.entries(row).flatMap(([name, found]) => {
      if (!('error' in found) || found.error === 'not offered') return [];
      const [why = ''] = found.error.split('\n');
      return [`- ${workload}, ${variants[name as VariantName].label}: ${why.slice(0, 160)}`];
    }),
  );
  return lines.length === 0 ? [] : [`No time, and why:\n\n${lines.join('\n')}`];
}

function ratioRows(times: Figures): string[][] {
  const rows = rowsOf(times).flatMap(([workload, row]) =>
    goals[workload].map((goal) => [workload, ...ratioCells(row, goal)]),
  );
  return [['workload', 'against', 'program', 'plain path', 'goal'], ...rows];
}

function ratioCells(row: Row, { against, times }: Goal): string[] {
  const name = against === 'fastest peer' ? fastestPeer(row) : against;
  const other = name && figure(row, name)?.step;
  const ratio = (own: VariantName) => {
    const step = figure(row, own)?.step;
    return step === undefined || other === undefined ? '–' : digits(other / step);
  };
  const label = name ? variants[name].label : '–';
  const said = against === 'fastest peer' ? `the fastest peer, ${label}` : label;
  return [said, ratio('program'), ratio('plain'), String(times)];
}

function fastestPeer(row: Row): VariantName | undefined {
  const peers = variantNames.filter((name) => variants[name].kind === 'peer' && figure(row, name));
  const step = (name: VariantName) => figure(row, name)?.step ?? Infinity;
  return peers.sort((one, other) => step(one) - step(other))[0];
}

function callsOf(calls: Counts, workload: string, label: string): Calls | undefined {
  const found = calls.find((count) => count.workload === workload && count.label === label)?.calls;
  return found === undefined || 'error' in found ? undefined : found;
}

function callRows(calls: Counts): string[][] {
  const rows = countedWorkloads.map((workload) => [
    workload,
    ...counted.map(({ label }) => {
      const found = callsOf(calls, workload, label);
      if (!found) return '–';
      return `${kernelCalls(found)}${found.submitted > 0 ? ` (${found.submitted})` : ''}`;
    }),
    Object.values(callGoals[workload]).join(', '),
  ]);
  return [['network', ...counted.map(({ label }) => label), 'goal of ours'], ...rows];
}

function startRows(times: Figures, calls: Counts): string[][] {
  const rows = rowsOf(times).flatMap(([workload, row]) => {
    const found = figure(row, 'program');
    if (!found) return [];
    const { step, why, calls: programCalls } = found.program ?? {};
    const plain = callsOf(calls, workload, 'Livegrad wasm');
    const program = callsOf(calls, workload, 'Livegrad program');
    const share = (bytes = NaN) => digits(bytes / (plain?.peakBytes ?? NaN));
    return [
      [
        workload,
        `${digits(found.first)} ms`,
        step === undefined ? `stays plain: ${why ?? 'unknown'}` : String(step),
        `${digits(found.longest)} ms (${digits(figure(row, 'plain')?.longest ?? NaN)})`,
        `${plain ? kernelCalls(plain) : '–'} → ${programCalls ?? '–'}`,
        program ? `${share(program.peakBytes)} (${share(program.peakBytesBefore)}) times` : '–',
      ],
    ];
  });
  const head = ['first step', 'replayed from step', 'longest of steps 2 to 20 (plain path)', 'calls', 'memory'];
  return [['workload', ...head], ...rows];
}
