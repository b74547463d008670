import { useTranslate } from '#src/i18n/translate.ts';
import type { ProgramReport } from '#src/training/protocol.ts';
import { formatCount } from './numbers.ts';
import styles from './Program.module.css';
import { formatBytes, formatMilliseconds, formatRatio } from './programWords.ts';

interface Row {
  label: string;
  before: number;
  after: number;
  format: (value: number) => string;
}

/** A plain and a replayed step side by side: calls, memory, time. */
export function ProgramTotals({ program }: { program: ProgramReport | undefined }) {
  const t = useTranslate();
  const { counts, bytes, millisecondsPerStep: time } = program ?? {};
  const rows: Row[] = [
    { label: t('program.totals.calls'), ...pair(counts?.before, counts?.after), format: formatCount },
    { label: t('program.totals.bytes'), ...pair(bytes?.before, bytes?.after), format: formatBytes },
    { label: t(timeOf(program)), ...pair(time?.plain, time?.replayed), format: formatMilliseconds },
  ];
  return (
    <div className={styles.totals}>
      <table>
        <caption>{t('program.totals')}</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('program.totals.plain')}</th>
            <th scope="col">{t('program.totals.replayed')}</th>
            <th scope="col">{t('program.totals.ratio')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, before, after, format }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{before > 0 ? format(before) : '–'}</td>
              <td>{after > 0 ? format(after) : '–'}</td>
              <td>{formatRatio(before, after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.note}>{t('program.totals.note')}</p>
    </div>
  );
}

/** A graphics card computes by itself: what is measured there is the time to give it its work. */
function timeOf(program: ProgramReport | undefined) {
  const isGpu = program?.backend === 'webgpu' || program?.backend === 'webgl';
  return isGpu ? 'program.totals.time-of-script' : 'program.totals.time';
}

/** Nothing is measured yet where a number is 0. */
const pair = (before = 0, after = 0) => ({ before, after });
