import { memo, useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import { useThemeVersion } from './colors.ts';
import { drawUnits, summaryOf, type UnitsPicture } from './drawUnits.ts';
import { formatNumber } from './numbers.ts';
import styles from './UnitsOverTime.module.css';
import hidden from './visuallyHidden.module.css';

/** A number in the picture, counted from 0. */
export interface UnitAtStep {
  step: number;
  unit: number;
}

export interface UnitsOverTimeProps extends Omit<UnitsPicture, 'values'> {
  /** `[time, units]`; absent: not computed yet. */
  values: ArrayLike<number> | undefined;
  label: string;
  /** The step that is pointed at, here or in a picture beside it: its column is framed. */
  step?: number | undefined;
  /** A step that matters, with a bar above its column. */
  mark?: number | undefined;
  /** Makes numbers pointable by mouse, finger and arrow keys; null when the reader leaves. */
  onPoint?: ((place: UnitAtStep | null) => void) | undefined;
  /** Whether Tab reaches a pointable picture; false where a neighbour leads to it. */
  isTabStop?: boolean | undefined;
}

const nothing = new Float32Array(0);

/** A layer over the steps of a sequence, such as a gate or a state: a column a step, a row a unit. */
export const UnitsOverTime = memo(function UnitsOverTime(props: UnitsOverTimeProps) {
  const { values = nothing, time, units, scale, limit, label, step, mark, onPoint } = props;
  const t = useTranslate();
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useThemeVersion();
  useEffect(() => {
    if (canvas.current) drawUnits(canvas.current, { values, time, units, scale, limit });
  }, [values, time, units, scale, limit, theme]);

  const { lowest, mean, highest } = summaryOf(values);
  const summary =
    values.length === 0
      ? t('units.empty')
      : t('units.summary', {
          units,
          time,
          lowest: formatNumber(lowest, 2),
          mean: formatNumber(mean, 2),
          highest: formatNumber(highest, 2),
        });
  const picture = (
    <>
      <canvas ref={canvas} width={time} height={units} className={styles.canvas} />
      {mark !== undefined && <span aria-hidden="true" className={styles.mark} style={columnAt(mark, time)} />}
      {step !== undefined && <span aria-hidden="true" className={styles.frame} style={columnAt(step, time)} />}
    </>
  );
  if (!onPoint) {
    return (
      <div role="img" aria-label={`${label}: ${summary}`} className={styles.units}>
        {picture}
      </div>
    );
  }
  return (
    <PointableUnits {...props} values={values} label={`${label}: ${summary}`} onPoint={onPoint}>
      {picture}
    </PointableUnits>
  );
});

function columnAt(step: number, time: number): React.CSSProperties {
  return { left: `${(100 * step) / time}%`, width: `${100 / time}%` };
}

const moves: Readonly<Record<string, readonly [steps: number, units: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function PointableUnits({
  values,
  time,
  units,
  label,
  onPoint,
  isTabStop = true,
  children,
}: UnitsOverTimeProps & {
  values: ArrayLike<number>;
  onPoint: (place: UnitAtStep | null) => void;
  children: React.ReactNode;
}) {
  const t = useTranslate();
  const [place, setPlace] = useState<UnitAtStep | null>(null);
  // Said once, when the place is reached: the value may change with each frame.
  const [words, setWords] = useState('');
  const point = (next: UnitAtStep | null) => {
    if (next?.step === place?.step && next?.unit === place?.unit) return;
    setPlace(next);
    setWords(next && values.length > 0 ? wordsFor(next) : '');
    onPoint(next);
  };
  const wordsFor = ({ step, unit }: UnitAtStep) =>
    t('units.value', { step, unit: unit + 1, value: formatNumber(values[step * units + unit] ?? 0) });
  const pointAt = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const along = (share: number, count: number) => within(Math.floor(share * count), count);
    point({
      step: along((event.clientX - box.left) / (box.width || 1), time),
      unit: along((event.clientY - box.top) / (box.height || 1), units),
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = moves[event.key];
    if (event.key === 'Escape' && place) point(null);
    if (!move) return;
    event.preventDefault();
    const from = place ?? { step: -move[0], unit: -move[1] };
    point({ step: within(from.step + move[0], time), unit: within(from.unit + move[1], units) });
  };
  return (
    <div
      role="application"
      aria-label={`${label}. ${words || t('units.keys')}`}
      tabIndex={isTabStop ? 0 : -1}
      className={`${styles.units} ${styles.pointable}`}
      onPointerMove={pointAt}
      onPointerDown={pointAt}
      onPointerLeave={(event) => {
        if (event.pointerType !== 'touch') point(null);
      }}
      onBlur={() => point(null)}
      onKeyDown={onKeyDown}
    >
      {children}
      <span className={hidden.visuallyHidden} role="status">
        {words}
      </span>
    </div>
  );
}

function within(place: number, count: number): number {
  return Math.min(count - 1, Math.max(0, place));
}
