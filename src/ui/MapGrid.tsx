import { memo, useEffect, useRef, type CSSProperties, type PointerEvent } from 'react';
import { useThemeVersion } from './colors.ts';
import { drawMaps, layoutMaps, LINE, placeOfMap, type MapsPicture, type MapsWindow } from './drawMaps.ts';
import styles from './MapGrid.module.css';

export interface MapGridProps extends MapsPicture {
  label: string;
  /** Drawn narrower than maps. */
  isKernel?: boolean;
  window?: MapsWindow | undefined;
  /** The map that is shown enlarged elsewhere; there the keyboard reaches its cells. */
  chosen?: number | undefined;
  /** By mouse and finger; null when the pointer leaves. */
  onPoint?: ((map: number, row: number, column: number) => void) | undefined;
  onLeave?: (() => void) | undefined;
}

/** All maps of a layer, or all kernels, on one canvas and one colour scale: cheap enough for many frames a second. */
export const MapGrid = memo(function MapGrid({ label, isKernel, onPoint, onLeave, ...props }: MapGridProps) {
  const { window: marked, chosen, ...picture } = props;
  const { count, width, height } = picture;
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useThemeVersion();
  const draw = useRef<() => void>(undefined);

  useEffect(() => {
    const place = canvas.current;
    if (!place) return;
    draw.current = () => {
      const layout = layoutMaps(count, place.clientWidth, place.clientHeight);
      drawMaps(place, picture, layout, { window: marked, chosen });
    };
    draw.current();
  }, [picture, count, marked, chosen, theme]);

  useEffect(() => {
    if (!canvas.current || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() => draw.current?.());
    observer.observe(canvas.current);
    return () => observer.disconnect();
  }, []);

  const pointAt = (event: PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const layout = layoutMaps(count, box.width, box.height);
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    for (let map = 0; map < count; map++) {
      const place = placeOfMap(map, layout);
      const [right, down] = [(x - place.x) / layout.side, (y - place.y) / layout.side];
      if (right < 0 || right >= 1 || down < 0 || down >= 1) continue;
      onPoint?.(map, Math.floor(down * height), Math.floor(right * width));
      return;
    }
  };

  const lines = { '--in-line': Math.min(LINE, count), '--lines': Math.ceil(count / LINE) } as CSSProperties;
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={label}
      className={isKernel ? `${styles.maps} ${styles.kernels}` : styles.maps}
      style={lines}
      onPointerMove={onPoint && pointAt}
      onPointerDown={onPoint && pointAt}
      onPointerLeave={(event) => event.pointerType !== 'touch' && onLeave?.()}
    />
  );
});
