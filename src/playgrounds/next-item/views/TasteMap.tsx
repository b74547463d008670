import { memo, useMemo, useState } from 'react';
import { principalComponents } from '#src/math/principalComponents.ts';
import { useTranslate } from '#src/i18n/translate.ts';
import controls from '#src/ui/controls.module.css';
import { formatPercent } from '#src/ui/numbers.ts';
import { items, tastes } from '../spec.ts';
import { texts } from '../texts.ts';
import styles from './TasteMap.module.css';

export interface TasteMapProps {
  /** `[symbol, dimension]`; its first rows are those of the items. */
  embedding: ArrayLike<number> | undefined;
  dimensions: number;
  names: readonly string[];
  /** Whether the items are those of the book's shop, whose tastes are known. */
  isShop: boolean;
}

const WIDTH = 320;
const HEIGHT = 220;
const MARGIN = 14;
const NEAREST = 4;

/** The items as the network has placed them: those that it takes for similar lie near each other. */
export const TasteMap = memo(function TasteMap({ embedding, dimensions, names, isShop }: TasteMapProps) {
  const t = useTranslate(texts);
  const [taste, setTaste] = useState('');
  const [chosen, setChosen] = useState(0);
  const count = Math.min(names.length, Math.floor((embedding?.length ?? 0) / Math.max(1, dimensions)));
  const map = useMemo(
    () =>
      embedding && count > 1 ? placeItems(Array.from(embedding).slice(0, count * dimensions), dimensions) : undefined,
    [embedding, count, dimensions],
  );
  const near = useMemo(
    () => (embedding && chosen < count ? nearest(embedding, dimensions, count, chosen) : []),
    [embedding, dimensions, count, chosen],
  );
  const marked = isShop && taste in tastes ? tastes[taste] : undefined;
  const nearText = {
    item: names[chosen] ?? '',
    near: near.map((item) => names[item] ?? '').join(t('next-item.separator')),
  };
  return (
    <figure className={styles.map}>
      <figcaption>
        <h4 className={styles.title}>{t('map.label')}</h4>
        <div className={styles.choices}>
          <label>
            {t('map.choose')}{' '}
            <select
              className={controls.select}
              value={chosen}
              onChange={({ target }) => setChosen(Number(target.value))}
            >
              {names.slice(0, count || names.length).map((name, item) => (
                <option key={item} value={item}>
                  {name}
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
                <text className={styles.name} x={x} y={y - 8} textAnchor={anchorAt(x)}>
                  {names[item]}
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

/** On the plane along which the rows differ most, as large as the drawing allows. */
function placeItems(rows: readonly number[], dimensions: number) {
  const axes = Math.min(2, dimensions);
  const { coordinates, shares } = principalComponents(rows, dimensions, axes);
  const count = rows.length / dimensions;
  const along = (axis: number) => Array.from({ length: count }, (_, item) => coordinates[item * axes + axis] ?? 0);
  const [across, up] = [along(0), along(1)];
  const fit = (values: readonly number[], size: number) => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return (value: number) => MARGIN + ((value - low) / (high - low || 1)) * (size - 2 * MARGIN);
  };
  const [toX, toY] = [fit(across, WIDTH), fit(up, HEIGHT)];
  return {
    points: across.map((value, item) => ({ x: toX(value), y: HEIGHT - toY(up[item] ?? 0) })),
    share: shares.reduce((sum, share) => sum + share, 0),
  };
}

/** The items whose rows point most nearly in the same direction. */
function nearest(embedding: ArrayLike<number>, dimensions: number, count: number, chosen: number): number[] {
  const row = (item: number) => Array.from({ length: dimensions }, (_, at) => embedding[item * dimensions + at] ?? 0);
  const dot = (one: readonly number[], other: readonly number[]) =>
    one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
  const own = row(chosen);
  const similarity = (item: number) => {
    const other = row(item);
    return dot(own, other) / Math.sqrt(dot(own, own) * dot(other, other) || 1);
  };
  return Array.from({ length: count }, (_, item) => item)
    .filter((item) => item !== chosen)
    .map((item) => ({ item, similarity: similarity(item) }))
    .sort((one, other) => other.similarity - one.similarity)
    .slice(0, NEAREST)
    .map(({ item }) => item);
}
