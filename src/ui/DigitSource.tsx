import { useId } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import type { NamedArray } from '#src/training/journal.ts';
import styles from './DigitSource.module.css';
import { DrawingPad, type DrawingPadProps } from './DrawingPad.tsx';
import { Heatmap } from './Heatmap.tsx';
import type { SourceWindow } from './layers.ts';
import { SymbolName } from './SymbolName.tsx';

export type Source = 'unseen' | 'drawn';

export interface DigitSourceProps {
  source: Source;
  onSource: (source: Source) => void;
  /** The picture the network sees, `[28, 28]`. */
  array: NamedArray | undefined;
  truth: number | undefined;
  highlight: SourceWindow | undefined;
  onDraw: DrawingPadProps['onDraw'];
  /** Whether the picture is the first of a training batch, in slow motion. */
  isTraced: boolean;
}

const sources: readonly Source[] = ['unseen', 'drawn'];

/** Where the picture comes from: the data set, or the reader's hand. */
export function DigitSource({ source, onSource, array, truth, highlight, onDraw, isTraced }: DigitSourceProps) {
  const t = useTranslate();
  const name = useId();
  const [height = 28, width = 28] = array?.shape ?? [];
  return (
    <div className={styles.source}>
      <fieldset className={styles.choice}>
        <legend className={styles.legend}>
          <span className={styles.name} data-symbol="x" tabIndex={0}>
            <SymbolName tex="x" />
          </span>{' '}
          {t('stage.input')}
        </legend>
        {sources.map((option) => (
          <label key={option} className={styles.option}>
            <input
              type="radio"
              name={name}
              checked={source === option && !isTraced}
              disabled={isTraced}
              onChange={() => onSource(option)}
            />
            {t(`stage.source.${option}`)}
          </label>
        ))}
      </fieldset>
      {source === 'drawn' && !isTraced && <DrawingPad onDraw={onDraw} label={t('stage.draw')} />}
      <div className={styles.picture} data-symbol="x">
        {array ? (
          <Heatmap
            values={array.values}
            width={width}
            height={height}
            scale="unsigned"
            limit={1}
            label={t(source === 'drawn' ? 'stage.drawn-picture' : 'stage.unseen-picture', { truth: truth ?? '?' })}
            highlight={highlight?.tensor === 'x' ? highlight : null}
          />
        ) : (
          <div className={styles.empty} />
        )}
      </div>
      <p className={styles.caption}>
        {t(isTraced ? 'stage.traced-caption' : `stage.${source}-caption`, { truth: truth ?? '–' })}
      </p>
    </div>
  );
}
