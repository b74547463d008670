import { memo, useId, useMemo, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslate, type Translate } from '#src/i18n/translate.ts';
import type { ProgramReport } from '#src/training/protocol.ts';
import styles from './Program.module.css';
import { blocksOf, callsAfter, fateAfter, isRun, type Block, type Pass } from './programPasses.ts';
import { formatBytes, formatMicroseconds, nameOf } from './programWords.ts';
import hidden from './visuallyHidden.module.css';

interface Props {
  program: ProgramReport | undefined;
  pass: Pass;
  /** Place of the call that is looked at. */
  chosen: number | undefined;
  onChoose: (place: number | undefined) => void;
  /** What there is to say of the chosen call. */
  words: string;
}

const nothing: ProgramReport['calls'] = [];

/** All calls of a step from left to right: their time, whether they are run, the memory of their results. */
export const ProgramChart = memo(function ProgramChart({ program, pass, chosen, onChoose, words }: Props) {
  const t = useTranslate();
  const id = useId();
  const calls = program?.calls ?? nothing;
  const blocks = useMemo(() => (program ? blocksOf(program) : []), [program]);
  const slowest = Math.max(0, ...calls.map(({ microseconds }) => microseconds));
  const top = Math.max(1, program?.bytes.before ?? 1);
  const [said, setSaid] = useState('');

  function pointAt(event: PointerEvent<HTMLElement>) {
    const place = placeUnder(event.target);
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left) / (box.width || 1);
    if (calls.length > 0) onChoose(place ?? Math.min(calls.length - 1, Math.max(0, Math.floor(share * calls.length))));
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape') onChoose(undefined);
    const next = placeAfter(event.key, chosen, calls.length);
    if (next === undefined) return;
    event.preventDefault();
    onChoose(next);
    setSaid(event.key);
  }
  return (
    <div
      className={styles.chart}
      role="application"
      aria-label={`${t('program.chart')}. ${t('program.chart.keys')}`}
      aria-describedby={`${id}-summary`}
      tabIndex={0}
      onPointerMove={pointAt}
      onPointerDown={pointAt}
      onKeyDown={onKeyDown}
      onBlur={() => setSaid('')}
    >
      <span id={`${id}-summary`} hidden>
        {program ? summaryOf(program, pass, t) : t('program.none')}
      </span>
      <Panel name={t('program.time')} top={slowest > 0 ? formatMicroseconds(slowest) : ''} className={styles.time}>
        <Drawing calls={calls.length} height={slowest || 1} chosen={chosen}>
          {calls.map(({ microseconds }, place) => (
            <rect key={place} data-place={place} x={place} width={0.8} y={0} height={microseconds} />
          ))}
        </Drawing>
        {program && slowest === 0 && <p className={styles.empty}>{t('program.time.none')}</p>}
      </Panel>
      <Panel name={t('program.calls')} legend={<Legend />} className={styles.calls}>
        <Drawing calls={calls.length} height={1} chosen={chosen}>
          {calls.map((call, place) => {
            const fate = fateAfter(call, pass);
            const kind = call.becomes === pass ? styles.now : isRun(fate) ? styles.run : styles.gone;
            return <rect key={place} data-place={place} className={kind} x={place} width={0.8} y={0} height={1} />;
          })}
        </Drawing>
      </Panel>
      <Panel
        name={t('program.memory')}
        top={program ? formatBytes(program.bytes.before) : ''}
        className={styles.memory}
      >
        <Drawing calls={calls.length} height={top} chosen={chosen}>
          {blocks.map((block) => (
            <MemoryBlock
              key={block.place}
              block={block}
              isPlanned={pass === 'memory'}
              isChosen={block.place === chosen}
            />
          ))}
        </Drawing>
        {program && pass === 'memory' && blocks.length > 0 && (
          <span className={styles.level} style={{ bottom: `${(100 * program.bytes.after) / top}%` }} aria-hidden="true">
            {formatBytes(program.bytes.after)}
          </span>
        )}
        {blocks.length === 0 && (
          <p className={styles.empty} aria-hidden="true">
            {t(program ? 'program.memory.none' : 'program.none')}
          </p>
        )}
      </Panel>
      <span className={hidden.visuallyHidden} role="status">
        {said === '' ? '' : words}
      </span>
    </div>
  );
});

function MemoryBlock({ block, isPlanned, isChosen }: { block: Block; isPlanned: boolean; isChosen: boolean }) {
  const { place, from, to, bytes, offset, offsetApart } = block;
  const address = isPlanned ? offset : offsetApart;
  return (
    <rect
      data-place={place}
      className={isChosen ? styles.chosenBlock : styles.block}
      width={to - from + 0.8}
      height={bytes}
      style={{ transform: `translate(${from}px, ${address}px)` }}
    />
  );
}

interface PanelProps {
  name: string;
  /** What the upper edge stands for. */
  top?: string;
  legend?: React.ReactNode;
  className: string | undefined;
  children: React.ReactNode;
}

function Panel({ name, top, legend, className, children }: PanelProps) {
  return (
    <div className={styles.panel}>
      <p className={styles.caption} aria-hidden="true">
        <span>{name}</span>
        {legend ?? <span className={styles.top}>{top}</span>}
      </p>
      <div className={className}>{children}</div>
    </div>
  );
}

function Legend() {
  const t = useTranslate();
  return (
    <span className={styles.legend}>
      <span className={styles.sampleRun}>{t('program.calls.run')}</span>
      <span className={styles.sampleGone}>{t('program.calls.gone')}</span>
      <span className={styles.sampleNow}>{t('program.calls.now')}</span>
    </span>
  );
}

interface DrawingProps {
  calls: number;
  height: number;
  chosen: number | undefined;
  children: React.ReactNode;
}

/** One unit a call from left to right; upwards what the panel measures. */
function Drawing({ calls, height, chosen, children }: DrawingProps) {
  return (
    <svg viewBox={`0 0 ${Math.max(1, calls)} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      <g transform={`matrix(1 0 0 -1 0 ${height})`}>
        {chosen !== undefined && <rect className={styles.marker} x={chosen} width={0.8} y={0} height={height} />}
        {children}
      </g>
    </svg>
  );
}

function placeUnder(target: EventTarget): number | undefined {
  const place = target instanceof SVGElement ? target.dataset['place'] : undefined;
  return place === undefined ? undefined : Number(place);
}

function placeAfter(key: string, chosen: number | undefined, count: number): number | undefined {
  if (count === 0) return undefined;
  const moves: Readonly<Record<string, number>> = {
    ArrowLeft: chosen === undefined ? count - 1 : chosen - 1,
    ArrowRight: chosen === undefined ? 0 : chosen + 1,
    Home: 0,
    End: count - 1,
  };
  const place = moves[key];
  return place === undefined ? undefined : Math.min(count - 1, Math.max(0, place));
}

function summaryOf(program: ProgramReport, pass: Pass, t: Translate): string {
  const { calls, bytes } = program;
  const times = calls.map(({ microseconds }) => microseconds);
  const place = times.indexOf(Math.max(...times));
  const call = calls[place];
  if (call === undefined) return t('program.none');
  const facts = {
    run: callsAfter(program, pass),
    all: calls.length,
    bytes: formatBytes(pass === 'memory' ? bytes.after : bytes.before),
  };
  const slowest = { slowest: nameOf(call, place, t), time: formatMicroseconds(call.microseconds) };
  return call.microseconds === 0
    ? t('program.chart.summary-untimed', facts)
    : t('program.chart.summary', { ...facts, ...slowest });
}
