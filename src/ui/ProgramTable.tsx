import { memo, useEffect, useRef, useState } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import type { ProgramReport } from '#src/training/protocol.ts';
import controls from './controls.module.css';
import styles from './Program.module.css';
import {
  fateAfter,
  fates,
  isRun,
  kernelsOf,
  listCalls,
  noFilter,
  type CallFilter,
  type Pass,
} from './programPasses.ts';
import { formatBytes, formatMicroseconds, formatShape } from './programWords.ts';

interface Props {
  program: ProgramReport | undefined;
  pass: Pass;
  chosen: number | undefined;
  onChoose: (place: number) => void;
}

/** Every call of a step as a row: kernel, shape, size, what became of it, time. */
export const ProgramTable = memo(function ProgramTable({ program, pass, chosen, onChoose }: Props) {
  const t = useTranslate();
  const [filter, setFilter] = useState(noFilter);
  const rows = program ? listCalls(program, pass, filter) : [];
  const scroller = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const row = scroller.current?.querySelector<HTMLElement>('[data-chosen]');
    if (scroller.current && row) bringIntoView(scroller.current, row);
  }, [chosen]);
  return (
    <div className={styles.listing}>
      <Filter program={program} pass={pass} filter={filter} onChange={setFilter} count={rows.length} />
      <div ref={scroller} className={styles.scroll} role="region" aria-label={t('program.table')} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('program.table.place')}</th>
              <th scope="col">{t('program.table.kernel')}</th>
              <th scope="col">{t('program.table.shape')}</th>
              <th scope="col">{t('program.table.bytes')}</th>
              <th scope="col">{t('program.table.fate')}</th>
              <th scope="col">{t('program.table.time')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ place, kernel, shape, bytes, fate, into, microseconds }) => (
              <tr
                key={place}
                className={isRun(fate) ? undefined : styles.dropped}
                data-chosen={place === chosen || undefined}
                onPointerDown={() => onChoose(place)}
              >
                <td>{place + 1}</td>
                <th scope="row">{kernel}</th>
                <td>{formatShape(shape, t)}</td>
                <td>{formatBytes(bytes)}</td>
                <td>
                  {t(`program.fate.${fate}`)}
                  {fate === 'fused' && into !== undefined && ` (${into + 1})`}
                </td>
                <td>{isRun(fate) && microseconds > 0 ? formatMicroseconds(microseconds) : '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {program === undefined && <p className={styles.empty}>{t('program.none')}</p>}
      </div>
    </div>
  );
});

/** Scrolls the list alone, never the page, and only if the row cannot be seen. */
function bringIntoView(list: HTMLElement, { offsetTop, offsetHeight }: HTMLElement): void {
  const head = list.querySelector('thead')?.offsetHeight ?? 0;
  const [top, bottom] = [offsetTop - head, offsetTop + offsetHeight - list.clientHeight];
  if (list.scrollTop > top || list.scrollTop < bottom) list.scrollTop = (top + bottom) / 2;
}

interface FilterProps {
  program: ProgramReport | undefined;
  pass: Pass;
  filter: CallFilter;
  onChange: (filter: CallFilter) => void;
  count: number;
}

function Filter({ program, pass, filter, onChange, count }: FilterProps) {
  const t = useTranslate();
  const calls = program?.calls ?? [];
  const known = fates.filter((fate) => calls.some((call) => fateAfter(call, pass) === fate));
  return (
    <div className={styles.filter}>
      <label>
        <span>{t('program.filter.fate')}</span>
        <select
          className={controls.select}
          value={filter.fate}
          onChange={({ target }) => onChange({ ...filter, fate: fates.find((fate) => fate === target.value) ?? 'all' })}
        >
          <option value="all">{t('program.filter.all')}</option>
          {[...new Set([...known, ...(filter.fate === 'all' ? [] : [filter.fate])])].map((fate) => (
            <option key={fate} value={fate}>
              {t(`program.fate.${fate}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{t('program.filter.kernel')}</span>
        <select
          className={controls.select}
          value={filter.kernel}
          onChange={({ target }) => onChange({ ...filter, kernel: target.value })}
        >
          <option value="">{t('program.filter.all-kernels')}</option>
          {program &&
            kernelsOf(program).map(([kernel, times]) => (
              <option key={kernel} value={kernel}>
                {`${kernel} (${times})`}
              </option>
            ))}
        </select>
      </label>
      <label>
        <input
          type="checkbox"
          checked={filter.isSlowestFirst}
          onChange={({ target }) => onChange({ ...filter, isSlowestFirst: target.checked })}
        />
        <span>{t('program.filter.slowest')}</span>
      </label>
      <span className={styles.count} role="status">
        {program ? t('program.filter.count', { count, all: calls.length }) : ''}
      </span>
    </div>
  );
}
