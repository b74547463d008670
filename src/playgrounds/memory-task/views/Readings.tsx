import { useTranslate } from '#src/i18n/translate.ts';
import type { RunState } from '#src/training/runState.ts';
import { formatFixed, formatPercent } from '#src/ui/numbers.ts';
import { texts } from '../texts.ts';
import { networks } from './networks.ts';
import styles from './Readings.module.css';

/** The three networks in numbers: loss of the last batch, right answers at the longest delay, memory horizon. */
export function Readings({ state }: { state: RunState }) {
  const t = useTranslate(texts);
  const { snapshot, series } = state;
  const hasCurriculum = state.values['curriculum'] === 'on' && !state.isStored;
  return (
    <div className={styles.readings}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('memory-task.network')}</th>
            <th scope="col">{t('memory-task.loss')}</th>
            <th scope="col">{t('memory-task.accuracy', { delay: Number(state.values['delay']) })}</th>
            <th scope="col">{t('memory-task.horizon')}</th>
            {hasCurriculum && <th scope="col">{t('memory-task.reach')}</th>}
          </tr>
        </thead>
        <tbody>
          {networks.map((network, at) => {
            const last = (metric: string) => series[`${network}-${metric}`]?.values.at(-1);
            const reach = snapshot?.['reach']?.values[at];
            return (
              <tr key={network}>
                <th scope="row">{t(`memory-task.${network}`)}</th>
                <Reading name={`${network}-loss`} value={last('loss')} format={fixed} />
                <Reading name={`${network}-accuracy`} value={last('accuracy')} format={formatPercent} />
                <Reading name={`${network}-horizon`} value={last('horizon')} format={String} />
                {hasCurriculum && <td>{reach === undefined ? '–' : Math.ceil(reach - 1e-4)}</td>}
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className={styles.help}>{t('memory-task.horizon.help')}</p>
    </div>
  );
}

const fixed = (value: number) => formatFixed(value, 3);

function Reading(props: { name: string; value: number | undefined; format: (value: number) => string }) {
  const { name, value, format } = props;
  return (
    <td>
      <output data-metric={name} data-value={value ?? ''} aria-live="off">
        {value === undefined ? '–' : format(value)}
      </output>
    </td>
  );
}
