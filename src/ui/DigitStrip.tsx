import { memo, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import { useThemeVersion } from './colors.ts';
import styles from './DigitStrip.module.css';
import { drawHeatmap } from './drawHeatmap.ts';
import { Mark } from './Mark.tsx';

export interface DigitStripProps {
  /** `[size, side, side]`, 0 to 255, ink bright as in the data set; shown as ink on paper. */
  pictures: Uint8Array;
  /** True class of each picture. */
  labels: ArrayLike<number>;
  /** Class read for each picture; absent before the first evaluation. */
  predictions?: ArrayLike<number> | undefined;
  /** How many pictures. */
  size: number;
  /** Index of the chosen one; -1 for none. */
  chosen: number;
  onChoose: (index: number) => void;
  label: string;
}

/** A row of pictures to choose from; each says what it is and whether it was read right. */
export const DigitStrip = memo(function DigitStrip(props: DigitStripProps) {
  const { labels, predictions, size, chosen, onChoose, label } = props;
  const pictures = useSameBytes(props.pictures);
  const list = useRef<HTMLDivElement>(null);
  const t = useTranslate();
  const pixels = size > 0 ? pictures.length / size : 0;

  const onKeyDown = (event: KeyboardEvent) => {
    const from = Math.max(0, chosen);
    const last = size - 1;
    const places: Record<string, number> = { ArrowRight: from + 1, ArrowLeft: from - 1, Home: 0, End: last };
    const place = places[event.key];
    if (place === undefined) return;
    event.preventDefault();
    const next = Math.min(last, Math.max(0, place));
    onChoose(next);
    list.current?.querySelectorAll<HTMLElement>('button')[next]?.focus();
  };

  return (
    <div ref={list} role="group" aria-label={label} className={styles.strip} onKeyDown={onKeyDown}>
      {Array.from({ length: size }, (_, index) => {
        const truth = labels[index] ?? -1;
        const prediction = predictions?.[index] ?? -1;
        const isRead = prediction >= 0 && prediction < 10;
        const isRight = prediction === truth;
        const name = isRead
          ? t(isRight ? 'digits.right' : 'digits.wrong', { truth, prediction })
          : t('digits.unread', { truth });
        return (
          <button
            key={index}
            type="button"
            className={styles.digit}
            aria-label={name}
            aria-pressed={index === chosen}
            title={name}
            tabIndex={index === Math.max(0, chosen) ? 0 : -1}
            onClick={() => onChoose(index)}
          >
            <DigitPicture pictures={pictures} index={index} pixels={pixels} />
            <span className={styles.reading} aria-hidden="true">
              {isRead ? (
                <>
                  <Mark isRight={isRight} />
                  {isRight ? prediction : `${truth}→${prediction}`}
                </>
              ) : (
                '–'
              )}
            </span>
          </button>
        );
      })}
    </div>
  );
});

const DigitPicture = memo(function DigitPicture(props: { pictures: Uint8Array; index: number; pixels: number }) {
  const { pictures, index, pixels } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useThemeVersion();
  const side = Math.round(Math.sqrt(pixels));
  useEffect(() => {
    if (!canvas.current) return;
    const picture = { values: pictures, offset: index * pixels, width: side, height: side, limit: 255 };
    drawHeatmap(canvas.current, { ...picture, scale: 'unsigned' });
  }, [pictures, index, pixels, side, theme]);
  return <canvas ref={canvas} className={styles.picture} width={side} height={side} />;
});

/** The array seen first as long as the bytes stay the same, so that an equal frame draws nothing. */
function useSameBytes(bytes: Uint8Array): Uint8Array {
  const [kept, setKept] = useState(bytes);
  if (kept === bytes) return kept;
  if (kept.length === bytes.length && kept.every((byte, index) => byte === bytes[index])) return kept;
  setKept(bytes);
  return bytes;
}
