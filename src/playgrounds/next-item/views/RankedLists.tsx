import { memo } from 'react';
import { bestItems, rankOf } from '#src/math/ranking.ts';
import { useTranslate } from '#src/i18n/translate.ts';
import { formatPercent } from '#src/ui/numbers.ts';
import { texts } from '../texts.ts';
import styles from './RankedLists.module.css';

export interface RankedList {
  who: 'network' | 'markov' | 'popularity' | 'best';
  /** `[items]`; absent: not known yet. */
  probabilities: ArrayLike<number> | undefined;
}

export interface RankedListsProps {
  lists: readonly RankedList[];
  names: readonly string[];
  /** Items that no list shows again. */
  leftOut: readonly number[];
  /** What was clicked next, if that is known. */
  next: number | undefined;
  /** Whether there is anything that comes next at all. */
  isOwn: boolean;
  onClick: (item: number) => void;
}

const LENGTH = 10;

/** What each recommender puts first, with how probable it takes each item to be; the item that came next is marked. */
export const RankedLists = memo(function RankedLists(props: RankedListsProps) {
  const { lists, names, next, isOwn } = props;
  const t = useTranslate(texts);
  const truth = next === undefined ? undefined : (names[next] ?? t('lists.other'));
  return (
    <div className={styles.lists} role="group" aria-label={t('lists.label')}>
      {lists.map((list) => (
        <List key={list.who} {...props} list={list} />
      ))}
      <p className={styles.truth}>
        {isOwn ? t('lists.unknown') : truth === undefined ? '\u00a0' : t('lists.truth', { item: truth })}
      </p>
    </div>
  );
});

function List({ list, names, leftOut, next, onClick }: RankedListsProps & { list: RankedList }) {
  const t = useTranslate(texts);
  const { who, probabilities } = list;
  const shown = probabilities ? bestItems(probabilities, LENGTH, leftOut) : [];
  const rest = Array.from({ length: LENGTH - shown.length }, (_, place) => shown.length + place);
  const rank =
    probabilities && next !== undefined && next < probabilities.length
      ? rankOf(probabilities, next, leftOut)
      : undefined;
  return (
    <section className={styles.list} data-who={who} aria-label={t(`lists.${who}`)}>
      <p className={styles.title}>{t(`lists.${who}`)}</p>
      <p className={styles.note}>{t(`lists.${who}.note`)}</p>
      <ol className={styles.items}>
        {shown.map((item, place) => {
          const share = formatPercent(probabilities?.[item] ?? 0);
          return (
            // By its place: what is new there is written over the old, and nothing moves.
            <li key={place} className={styles.row} data-next={item === next}>
              <button
                type="button"
                className={styles.item}
                aria-label={t('lists.choose', { item: names[item] ?? '', share })}
                onClick={() => onClick(item)}
              >
                <span className={styles.bar} style={{ transform: `scaleX(${probabilities?.[item] ?? 0})` }} />
                <span className={styles.name}>{names[item]}</span>
                {item === next && (
                  <span className={styles.mark} title={t('lists.next')}>
                    ◀
                  </span>
                )}
                <span className={styles.share}>{share}</span>
              </button>
            </li>
          );
        })}
        {rest.map((place) => (
          <li key={`empty ${place}`} className={styles.row} aria-hidden="true">
            <span className={styles.item}>{place === 0 ? t('lists.empty') : ''}</span>
          </li>
        ))}
      </ol>
      <p className={styles.rank} data-rank={rank ?? ''}>
        {rank === undefined ? '\u00a0' : t('lists.rank', { rank })}
      </p>
    </section>
  );
}
