import { useEffect, useEffectEvent, useId, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import { useThemeVersion } from './colors.ts';
import controls from './controls.module.css';
import { drawHeatmap } from './drawHeatmap.ts';
import styles from './DrawingPad.module.css';
import { createRaster, drawStroke, isBlank, type Point, type Raster } from './strokes.ts';
import hidden from './visuallyHidden.module.css';

export interface DrawingPadProps {
  /** The picture as it is now, at most once a frame; a copy. Null after it was cleared. */
  onDraw: (picture: Raster | null) => void;
  onClear?: (() => void) | undefined;
  label: string;
}

const side = 280;
const radius = 11;
/** The keyboard's cursor moves on a grid of so many cells. */
const cells = 28;
const moves: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

/** A sheet to draw a digit on: by mouse, finger, pen, or with the arrow keys. */
export function DrawingPad({ onDraw, onClear, label }: DrawingPadProps) {
  const t = useTranslate();
  const id = useId();
  const pad = useSheet(onDraw);
  const [cursor, setCursor] = useState<Point>({ x: 14, y: 14 });
  const [pen, setPen] = useState<'up' | 'held' | 'down'>('up');
  const [isKeyboard, setIsKeyboard] = useState(false);
  const last = useRef<Point>(undefined);

  const placeOf = (event: PointerEvent<HTMLElement> | globalThis.PointerEvent, box: DOMRect): Point => ({
    x: ((event.clientX - box.left) / (box.width || 1)) * side,
    y: ((event.clientY - box.top) / (box.height || 1)) * side,
  });
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture?.(event.pointerId);
    setIsKeyboard(false);
    const place = placeOf(event, event.currentTarget.getBoundingClientRect());
    last.current = place;
    pad.draw(place, place);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (!last.current) return;
    const box = event.currentTarget.getBoundingClientRect();
    const between = event.nativeEvent.getCoalescedEvents?.() ?? [];
    for (const moved of between.length > 0 ? between : [event.nativeEvent]) {
      const place = placeOf(moved, box);
      pad.draw(last.current, place);
      last.current = place;
    }
  };
  const onPointerEnd = () => {
    last.current = undefined;
  };
  const clear = () => {
    setPen('up');
    pad.clear();
    onClear?.();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const move = moves[event.key];
    const isPen = event.key === ' ' || event.key === 'Enter';
    const isClear = event.key === 'Delete' || event.key === 'Backspace';
    if (event.key === 'Escape') setPen('up');
    if (!move && !isPen && !isClear) return;
    event.preventDefault();
    setIsKeyboard(true);
    if (isClear) return clear();
    if (isPen) {
      if (event.repeat) return;
      setPen(event.key === ' ' ? 'held' : pen === 'down' ? 'up' : 'down');
      if (pen === 'up') pad.draw(center(cursor), center(cursor));
      return;
    }
    const next = moved(cursor, move);
    if (pen !== 'up') pad.draw(center(cursor), center(next));
    setCursor(next);
  };

  return (
    <div className={styles.pad}>
      <div
        role="application"
        aria-label={label}
        aria-describedby={`${id}-help`}
        tabIndex={0}
        className={styles.sheet}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerEnd}
        onPointerCancel={onPointerEnd}
        onKeyDown={onKeyDown}
        onKeyUp={({ key }) => {
          if (key === ' ') setPen('up');
        }}
        onBlur={() => setPen('up')}
      >
        <canvas ref={pad.canvas} width={side} height={side} className={styles.canvas} />
        {isKeyboard && (
          <span
            aria-hidden="true"
            className={`${styles.cursor} ${pen === 'up' ? '' : styles.down}`}
            style={{ left: `${((cursor.x + 0.5) / cells) * 100}%`, top: `${((cursor.y + 0.5) / cells) * 100}%` }}
          />
        )}
      </div>
      <span role="status" className={hidden.visuallyHidden}>
        {isKeyboard &&
          t(pen === 'up' ? 'drawing.pen-up' : 'drawing.pen-down', { row: cursor.y + 1, column: cursor.x + 1 })}
      </span>
      <div className={styles.below}>
        <button type="button" className={controls.button} onClick={clear}>
          {t('drawing.clear')}
        </button>
        <p id={`${id}-help`} className={styles.help}>
          {t('drawing.help')}
        </p>
      </div>
    </div>
  );
}

/** The raster behind the canvas: painted and handed on at most once a frame. */
function useSheet(onDraw: DrawingPadProps['onDraw']) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const raster = useRef<Raster>(undefined);
  const frame = useRef(0);
  const theme = useThemeVersion();

  const paint = () => {
    const { pixels } = (raster.current ??= createRaster(side, side));
    if (canvas.current) {
      drawHeatmap(canvas.current, { values: pixels, width: side, height: side, scale: 'unsigned', limit: 1 });
    }
  };
  const handOn = useEffectEvent(() => {
    frame.current = 0;
    paint();
    const drawn = raster.current;
    if (drawn) onDraw(isBlank(drawn) ? null : { ...drawn, pixels: drawn.pixels.slice() });
  });
  const nextFrame = useRef<() => void>(() => undefined);
  useEffect(() => {
    nextFrame.current = () => {
      if (frame.current === 0) frame.current = requestAnimationFrame(() => handOn());
    };
    return () => cancelAnimationFrame(frame.current);
  }, []);
  useEffect(paint, [theme]);

  return {
    canvas,
    draw(from: Point, to: Point) {
      drawStroke((raster.current ??= createRaster(side, side)), from, to, radius);
      nextFrame.current();
    },
    clear() {
      raster.current?.pixels.fill(0);
      nextFrame.current();
    },
  };
}

function center({ x, y }: Point): Point {
  return { x: ((x + 0.5) / cells) * side, y: ((y + 0.5) / cells) * side };
}

function moved({ x, y }: Point, move: readonly [number, number] | undefined): Point {
  const within = (place: number) => Math.min(cells - 1, Math.max(0, place));
  return { x: within(x + (move?.[0] ?? 0)), y: within(y + (move?.[1] ?? 0)) };
}
