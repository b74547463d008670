import { memo, useMemo, useState } from 'react';
import { leadingPlane } from '#src/math/leadingPlane.ts';
import { useTranslate } from '#src/i18n/translate.ts';
import type { NamedArray } from '#src/training/journal.ts';
import controls from '#src/ui/controls.module.css';
import { formatPercent } from '#src/ui/numbers.ts';
import { items, tastes } from '../spec.ts';
import { texts } from '../texts.ts';
import styles from './TasteMap.module.css';
import { short } from './useItems.ts';

export interface TasteMapProps {
  /** `[units, items]`: what each state says for each item. */
  weights: NamedArray | undefined;
  names: readonly string[];
  /** Whether the items are those of the book's shop, whose tastes are known. */
  isShop: boolean;
}

const WIDTH = 320;
const HEIGHT = 220;
const MARGIN = 14;
const NEAREST = 4;

/** The items as the network has placed them: near each other are those that it recommends in the same states. */
export const TasteMap = memo(function TasteMap({ weights, names, isShop }: TasteMapProps) {
  const t = useTranslate(texts);
  const [taste, setTaste] = useState('');
  const [chosen, setChosen] = useState(0);
  const rows = useMemo(() => (weights ? itemRows(weights) : []), [weights]);
  const map = useMemo(() => (rows.length > 1 ? placeItems(rows) : undefined), [rows]);
  const near = useMemo(() => nearest(rows, chosen), [rows, chosen]);
  const count = rows.length;
  const marked = isShop && taste in tastes ? tastes[taste] : undefined;
  const nameOf = (item: number) => short(names[item] ?? '');
  const nearText = {
    item: nameOf(chosen),
    near: near.map(nameOf).join(t('next-item.separator')),
  };
  return (
    <figure className={styles.map} data-symbol="V">
      <figcaption>
        <p className={styles.title}>{t('map.label')}</p>
        <div className={styles.choices}>
          <label>
            {t('map.choose')}{' '}
            <select
              className={controls.select}
              value={chosen}
              onChange={({ target }) => setChosen(Number(target.value))}
            >
              {names.map((name, item) => (
                <option key={item} value={item}>
                  {short(name)}
                </option>
              ))}
            </select>
          </label>
          {isShop && (
            <label>
              {t('map.taste')}{' '}
              <select className={controls.select} value={taste} onChange={({ target }) => setTaste(target.value)}>
                <option value="">{t('map.taste.none')}</option>
                {Object.keys(tastes).map((name) => (
                  <option key={name} value={name}>
                    {t(`taste.${name as 'camping'}`)}
                  </option>
                ))}
              </select>
            </label>
          )}
        </div>
      </figcaption>
      <svg
        className={styles.plane}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={t('map.summary', { count, ...nearText })}
      >
        {map?.points.map(({ x, y }, item) => {
          const name = items[item];
          const isOften = name !== undefined && marked?.often.includes(name);
          const isSometimes = name !== undefined && marked?.sometimes.includes(name);
          const isNamed = item === chosen || near.includes(item) || isOften;
          return (
            <g key={item} onPointerEnter={() => setChosen(item)}>
              <title>{names[item]}</title>
              <circle className={styles.reach} cx={x} cy={y} r={8} />
              {isOften || isSometimes ? (
                <rect
                  className={isOften ? styles.often : styles.sometimes}
                  x={x - 3.5}
                  y={y - 3.5}
                  width={7}
                  height={7}
                />
              ) : (
                <circle className={styles.point} cx={x} cy={y} r={item === chosen ? 4 : 2.5} />
              )}
              {item === chosen && <circle className={styles.ring} cx={x} cy={y} r={7} />}
              {isNamed && (
                <text className={styles.name} x={x} y={y < 24 ? y + 17 : y - 8} textAnchor={anchorAt(x)}>
                  {nameOf(item)}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      <p className={styles.note}>{t('map.near', nearText)}</p>
      <p className={styles.note}>{map ? t('map.help', { shares: formatPercent(map.share, 0) }) : '\u00a0'}</p>
    </figure>
  );
});

function anchorAt(x: number): 'start' | 'middle' | 'end' {
  return x < WIDTH / 4 ? 'start' : x > (3 * WIDTH) / 4 ? 'end' : 'middle';
}

/** A row for each item, its column of the weights, made 1 long: only its direction counts. */
function itemRows({ shape: [units = 0, count = 0], values }: NamedArray): Float64Array[] {
  return Array.from({ length: count }, (_, item) => {
    const row = Float64Array.from({ length: units }, (_one, unit) => values[unit * count + item] ?? 0);
    const length = Math.hypot(...row) || 1;
    return row.map((value) => value / length);
  });
}

/** On the plane along which the rows differ most, as large as the drawing allows. */
function placeItems(rows: readonly Float64Array[]) {
  const { coordinates, share } = leadingPlane(
    rows.flatMap((row) => [...row]),
    rows[0]?.length ?? 1,
  );
  const fit = (axis: number, size: number) => {
    const values = rows.map((_, item) => coordinates[item * 2 + axis] ?? 0);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return values.map((value) => MARGIN + ((value - low) / (high - low || 1)) * (size - 2 * MARGIN));
  };
  const [across, up] = [fit(0, WIDTH), fit(1, HEIGHT)];
  return { points: across.map((x, item) => ({ x, y: HEIGHT - (up[item] ?? 0) })), share };
}

/** The items whose rows point most nearly in the same direction. */
function nearest(rows: readonly Float64Array[], chosen: number): number[] {
  const own = rows[chosen];
  if (!own) return [];
  const similarity = (row: Float64Array) => row.reduce((sum, value, at) => sum + value * (own[at] ?? 0), 0);
  return rows
    .map((row, item) => ({ item, similarity: item === chosen ? -1 : similarity(row) }))
    .sort((one, other) => other.similarity - one.similarity)
    .slice(0, Math.min(NEAREST, rows.length - 1))
    .map(({ item }) => item);
}
