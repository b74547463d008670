import { memo, useCallback } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import type { NamedArray, NamedArrays } from '#src/training/journal.ts';
import { NormsOverTime } from '#src/ui/NormsOverTime.tsx';
import { formatNumber } from '#src/ui/numbers.ts';
import { ProbabilityBars } from '#src/ui/ProbabilityBars.tsx';
import { SymbolName } from '#src/ui/SymbolName.tsx';
import { UnitsOverTime, type UnitAtStep } from '#src/ui/UnitsOverTime.tsx';
import { spec } from '../spec.ts';
import { texts } from '../texts.ts';
import styles from './NetworkColumn.module.css';
import { columns, letterNames, networks, type Layer, type Network, type SequenceShown } from './networks.ts';

export interface NetworkColumnProps {
  network: Network;
  arrays: NamedArrays;
  sequence: SequenceShown;
  /** The step that is pointed at in any of the networks. */
  step: number | undefined;
  onPoint: (tensor: string, place: UnitAtStep | null) => void;
}

/** One network's answer and inside, for the sequence that is looked at. */
export function NetworkColumn({ network, arrays, sequence, step, onPoint }: NetworkColumnProps) {
  const t = useTranslate(texts);
  const number = networks.indexOf(network);
  const count = letterNames.length;
  const answers = arrays['answers']?.values.subarray(number * count, (number + 1) * count);
  const picture = (layer: Layer) => (
    <LayerPicture
      key={layer.tensor}
      network={network}
      layer={layer}
      array={arrays[layer.tensor]}
      norms={arrays['gradientNorms']}
      sequence={sequence}
      step={step}
      onPoint={onPoint}
    />
  );
  const [first, second] = columns[network];
  return (
    <section className={`${styles.network} ${second ? styles.wide : ''}`} aria-label={t(`memory-task.${network}`)}>
      <p className={styles.name}>{t(`memory-task.${network}`)}</p>
      <div className={styles.column}>
        <div data-symbol="y">
          <ProbabilityBars
            probabilities={answers}
            labels={letterNames}
            truth={sequence.letters[sequence.mark]}
            label={t('memory-task.answer')}
            isCompact
          />
        </div>
        {first.map(picture)}
        {network === 'rnn' && <p className={styles.note}>{t('memory-task.rnn.note')}</p>}
      </div>
      {second && <div className={styles.column}>{second.map(picture)}</div>}
    </section>
  );
}

const LayerPicture = memo(function LayerPicture({
  network,
  layer,
  array,
  norms,
  sequence: { mark, time },
  step,
  onPoint,
}: Omit<NetworkColumnProps, 'arrays'> & {
  layer: Layer;
  array: NamedArray | undefined;
  norms: NamedArray | undefined;
}) {
  const t = useTranslate(texts);
  const { tensor, symbol, kind, gradient } = layer;
  const { tex } = spec.symbols[symbol];
  const name = t(`memory-task.layer.${layer.name}`);
  const label = t('memory-task.map', { network: t(`memory-task.${network}`), layer: name });
  const limit = kind === 'cell' && array ? usualLimit(array.values) : 1;
  const state = t(kind === 'cell' ? 'memory-task.state.c' : 'memory-task.state.h');
  const point = useCallback((place: UnitAtStep | null) => onPoint(tensor, place), [onPoint, tensor]);
  return (
    <figure className={styles.layer} data-symbol={symbol}>
      <figcaption className={styles.caption}>
        <SymbolName tex={tex} /> {name}
        <span className={styles.range}>{kind === 'gate' ? '0 – 1' : `±${formatNumber(limit, 2)}`}</span>
      </figcaption>
      <UnitsOverTime
        values={array?.values}
        time={time}
        units={array?.shape[1] ?? 32}
        scale={kind === 'gate' ? 'unsigned' : 'signed'}
        limit={limit}
        label={label}
        step={step}
        mark={mark}
        onPoint={point}
      />
      {gradient !== undefined && (
        <>
          <NormsOverTime
            norms={norms?.values.subarray(gradient * time, (gradient + 1) * time)}
            time={time}
            label={t('memory-task.norm', { state })}
            step={step}
          />
          <span className={styles.normCaption} aria-hidden="true">
            {t('memory-task.norm.caption', { state })}
          </span>
        </>
      )}
    </figure>
  );
});

/**
 * What nearly all cells stay below, to one digit: a few that count on and on would leave the rest without colour. Upwards,
 * so that the scale does not change with every frame.
 */
function usualLimit(values: ArrayLike<number>): number {
  const sizes = Float32Array.from(values, Math.abs).sort();
  const usual = Math.max(1, sizes[Math.floor(0.9 * sizes.length)] ?? 1);
  const power = 10 ** Math.floor(Math.log10(usual));
  return Number((Math.ceil(usual / power - 1e-9) * power).toPrecision(1));
}
