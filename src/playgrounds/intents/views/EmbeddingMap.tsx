import { memo, useId, useMemo, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useLanguage, useTranslate } from '#src/i18n/translate.ts';
import type { NamedArray } from '#src/training/journal.ts';
import { formatPercent } from '#src/ui/numbers.ts';
import { texts } from '../texts.ts';
import styles from './EmbeddingMap.module.css';
import { nearestVectors, neighbourAt, placeOnPlane, type Point } from './plane.ts';

export interface EmbeddingMapProps {
  /** `[tokens, features]`, the vectors of the frequent tokens, and `[tokens, 2]`, where they lie on their plane. */
  vectors: NamedArray | undefined;
  map: NamedArray | undefined;
  /** Of the variance, that lies in the plane. */
  share: number;
  vocabulary: readonly string[];
  /** Tokens of the sentence that is looked at, by place in the vocabulary. */
  marked: readonly number[];
}

const [WIDTH, HEIGHT, NEAREST] = [320, 230, 5];

const arrows: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** The tokens' vectors on a plane: a point each, with its word where somebody points, searches, or reads it. */
export const EmbeddingMap = memo(function EmbeddingMap(props: EmbeddingMapProps) {
  const { vectors, map, share, vocabulary, marked } = props;
  const t = useTranslate(texts);
  const id = useId();
  const separator = useLanguage() === 'zh' ? '、' : ', ';
  const [searched, setSearched] = useState('');
  const [pointed, setPointed] = useState<number>();
  const points = useMemo(() => placeOnPlane(map, WIDTH, HEIGHT), [map]);
  const sought = searched.trim().toLowerCase();
  const found = sought === '' ? undefined : findToken(vocabulary, sought);
  const known = [pointed, found, ...marked].find((token) => token !== undefined && token >= 0 && token < points.length);
  const chosen = known ?? 0;
  const near = useMemo(() => nearestVectors(vectors, chosen, NEAREST), [vectors, chosen]);
  const words = { token: vocabulary[chosen] ?? '', near: near.map((token) => vocabulary[token] ?? '').join(separator) };
  const pointAt = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = {
      x: ((event.clientX - box.left) / box.width) * WIDTH,
      y: ((event.clientY - box.top) / box.height) * HEIGHT,
    };
    setPointed(nearestPoint(points, at));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const arrow = arrows[event.key];
    if (event.key === 'Escape') setPointed(undefined);
    if (!arrow) return;
    event.preventDefault();
    setPointed(neighbourAt(points, chosen, arrow));
  };
  return (
    <figure className={styles.map} data-symbol="E">
      <figcaption>
        <p className={styles.title}>{t('map.label')}</p>
        <label className={styles.search} htmlFor={id}>
          {t('map.search')}
          <input
            id={id}
            type="search"
            value={searched}
            onChange={({ target }) => {
              setSearched(target.value);
              setPointed(undefined);
            }}
          />
        </label>
      </figcaption>
      <svg
        className={styles.plane}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="application"
        tabIndex={0}
        aria-label={t('map.summary', { count: points.length, ...words })}
        onPointerMove={pointAt}
        onPointerDown={pointAt}
        onPointerLeave={(event) => {
          if (event.pointerType !== 'touch') setPointed(undefined);
        }}
        onBlur={() => setPointed(undefined)}
        onKeyDown={onKeyDown}
      >
        <path className={styles.points} d={points.map(({ x, y }) => `M${x.toFixed(1)} ${y.toFixed(1)}h0`).join('')} />
        <Labels
          {...{ points, vocabulary, marked, chosen }}
          near={pointed === undefined && found === undefined ? undefined : near}
        />
      </svg>
      <p
        className={styles.note}
        role="status"
        aria-live={pointed === undefined && found === undefined ? 'off' : 'polite'}
      >
        {points.length === 0
          ? t('map.empty')
          : sought !== '' && found === undefined && pointed === undefined
            ? t('map.not-found', { token: searched.trim().slice(0, 24), count: points.length })
            : t('map.near', words)}
      </p>
      <p className={styles.note}>{t('map.help', { share: formatPercent(share, 0) })}</p>
    </figure>
  );
});

interface LabelsProps extends Pick<EmbeddingMapProps, 'vocabulary' | 'marked'> {
  points: readonly Point[];
  chosen: number;
  /** Absent where nobody points or searches: then the sentence's own tokens have their words. */
  near: readonly number[] | undefined;
}

/** Squares and words for the sentence's tokens; words for the chosen one, with a ring, and those near it. */
function Labels({ points, vocabulary, marked, chosen, near }: LabelsProps) {
  const inSentence = [...new Set(marked)].filter((token) => points[token] !== undefined);
  const named = withoutOverlap([...new Set([chosen, ...(near ?? inSentence)])], points, vocabulary);
  const centre = points[chosen];
  return (
    <>
      {inSentence.map((token) => (
        <rect
          key={token}
          className={styles.marked}
          x={(points[token]?.x ?? 0) - 3.5}
          y={(points[token]?.y ?? 0) - 3.5}
          width={7}
          height={7}
        />
      ))}
      {centre && <circle className={styles.ring} cx={centre.x} cy={centre.y} r={7} />}
      {named.map((token) => {
        const { x = 0, y = 0 } = points[token] ?? {};
        return (
          <text
            key={token}
            className={token === chosen ? `${styles.name} ${styles.chosen}` : styles.name}
            x={x}
            y={labelHeight(y)}
            textAnchor={anchorAt(x)}
          >
            {vocabulary[token]}
          </text>
        );
      })}
    </>
  );
}

function anchorAt(x: number): 'start' | 'middle' | 'end' {
  return x < WIDTH / 5 ? 'start' : x > (4 * WIDTH) / 5 ? 'end' : 'middle';
}

function labelHeight(y: number): number {
  return y < 24 ? y + 17 : y - 8;
}

/** Those whose words would not cover the word of one before. */
function withoutOverlap(tokens: readonly number[], points: readonly Point[], vocabulary: readonly string[]): number[] {
  const taken: { left: number; right: number; y: number }[] = [];
  return tokens.filter((token) => {
    const { x, y } = points[token] ?? { x: 0, y: 0 };
    const width = [...(vocabulary[token] ?? '')].reduce((sum, letter) => sum + (letter > '\u2e7f' ? 10 : 5.5), 0);
    const left = x - { start: 0, middle: width / 2, end: width }[anchorAt(x)];
    const box = { left, right: left + width, y: labelHeight(y) };
    const isFree = taken.every(
      (other) => box.right < other.left || box.left > other.right || Math.abs(box.y - other.y) > 10,
    );
    if (isFree) taken.push(box);
    return isFree;
  });
}

function nearestPoint(points: readonly Point[], at: Point): number | undefined {
  let [nearest, least] = [undefined as number | undefined, Infinity];
  for (const [token, { x, y }] of points.entries()) {
    const distance = (x - at.x) ** 2 + (y - at.y) ** 2;
    if (distance < least) [nearest, least] = [token, distance];
  }
  return nearest;
}

/** The token that was typed, or the commonest that begins with it. */
function findToken(vocabulary: readonly string[], sought: string): number | undefined {
  const exact = vocabulary.indexOf(sought);
  const at = exact >= 0 ? exact : vocabulary.findIndex((token) => token.startsWith(sought));
  return at < 0 ? undefined : at;
}
