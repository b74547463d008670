import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import { REACH } from '../spec.ts';
import { texts } from '../texts.ts';
import { formatState } from './numbers.ts';
import styles from './ActivationCurve.module.css';

export interface ActivationCurveProps {
  /** Name of the activation function, as readers know it. */
  name: string;
  /** Its values at points from -REACH to REACH. */
  curve: ArrayLike<number>;
  z: number;
  h: number;
  slope: number;
  /** The sum that the reader wants. */
  onDrag: (z: number) => void;
}

const width = 240;
const height = 160;
const step = 0.1;

/** The activation function with the point where the cell works; drag it, and the bias follows. */
export function ActivationCurve({ name, curve, z, h, slope, onDrag }: ActivationCurveProps) {
  const t = useTranslate(texts);
  const svg = useRef<SVGSVGElement>(null);
  const isBounded = (curve[curve.length - 1] ?? 0) < 2;
  const [lowest, highest] = isBounded ? [-1.25, 1.25] : [-0.6, REACH + 0.4];
  const across = (value: number) => ((value + REACH) / (2 * REACH)) * width;
  const down = (value: number) => height - ((value - lowest) / (highest - lowest)) * height;
  const line = Array.from(
    curve,
    (value, at) => `${across(-REACH + (2 * REACH * at) / (curve.length - 1))},${down(value)}`,
  );
  const isInside = Math.abs(z) <= REACH;
  const at = { x: across(clamp(z, REACH)), y: clampBetween(down(h), 6, height - 6) };
  const reach = 26;
  const steep = (slope * height * 2 * REACH) / ((highest - lowest) * width);
  const run = reach / Math.hypot(1, steep);

  function drag({ clientX, buttons, type }: PointerEvent) {
    const box = svg.current?.getBoundingClientRect();
    if (!box || (type !== 'pointerdown' && buttons === 0)) return;
    onDrag(clamp(((clientX - box.left) / box.width) * 2 * REACH - REACH, REACH));
  }
  function onKeyDown(event: KeyboardEvent) {
    const by = { ArrowUp: step, ArrowRight: step, ArrowDown: -step, ArrowLeft: -step }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    onDrag(z + by);
  }

  return (
    <div className={styles.curve}>
      <svg
        ref={svg}
        viewBox={`0 0 ${width} ${height}`}
        className={styles.plot}
        role="img"
        aria-label={t('rnn-cell.curve', { name, z: formatState(z), h: formatState(h), slope: formatState(slope) })}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          drag(event);
        }}
        onPointerMove={drag}
      >
        <path className={styles.axis} d={`M0 ${down(0)} H${width} M${across(0)} 0 V${height}`} />
        {isBounded && <path className={styles.bound} d={`M0 ${down(1)} H${width} M0 ${down(-1)} H${width}`} />}
        <Ticks across={across} down={down} isBounded={isBounded} />
        <polyline className={styles.line} points={line.join(' ')} />
        <path className={styles.guide} d={`M${at.x} ${down(0)} V${at.y} H${across(0)}`} />
        {isInside && (
          <path
            className={styles.tangent}
            d={`M${at.x - run} ${at.y + run * steep} L${at.x + run} ${at.y - run * steep}`}
          />
        )}
        <circle className={styles.point} cx={at.x} cy={at.y} r={7} />
      </svg>
      {/* The same point for keys and screen readers: an element of HTML has a focus ring of the page's own. */}
      <span
        className={styles.handle}
        style={{ left: `${(100 * at.x) / width}%`, top: `${(100 * at.y) / height}%` }}
        role="slider"
        tabIndex={0}
        aria-label={t('rnn-cell.point')}
        aria-valuemin={-REACH}
        aria-valuemax={REACH}
        aria-valuenow={Number(z.toFixed(2))}
        aria-valuetext={t('rnn-cell.point-value', { z: formatState(z), h: formatState(h) })}
        onKeyDown={onKeyDown}
      />
      <p className={styles.note}>
        {isInside ? (
          <>
            {t('rnn-cell.slope')} <b data-hue="gradient">{formatState(slope)}</b>
          </>
        ) : (
          t('rnn-cell.outside', { z: formatState(z) })
        )}
      </p>
    </div>
  );
}

interface TicksProps {
  across: (value: number) => number;
  down: (value: number) => number;
  isBounded: boolean;
}

function Ticks({ across, down, isBounded }: TicksProps) {
  const heights = isBounded ? [-1, 1] : [2, 4, 6];
  return (
    <g className={styles.ticks} aria-hidden="true">
      {[-4, -2, 2, 4].map((value) => (
        <text key={value} x={across(value)} y={down(0) + 13} textAnchor="middle">
          {String(value).replace('-', '−')}
        </text>
      ))}
      {heights.map((value) => (
        <text key={value} x={across(0) - 5} y={down(value) + (value > 0 ? 12 : -4)} textAnchor="end">
          {String(value).replace('-', '−')}
        </text>
      ))}
      <text x={width - 4} y={down(0) - 5} textAnchor="end">
        z
      </text>
    </g>
  );
}

const clampBetween = (value: number, lowest: number, highest: number) => Math.min(highest, Math.max(lowest, value));
const clamp = (value: number, reach: number) => clampBetween(value, -reach, reach);
