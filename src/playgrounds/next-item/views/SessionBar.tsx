import { memo, useState } from 'react';
import type { View } from '#src/training/protocol.ts';
import { useTranslate } from '#src/i18n/translate.ts';
import type { Run } from '#src/training/run.ts';
import type { RunState } from '#src/training/runState.ts';
import { Button } from '#src/ui/Button.tsx';
import { Segments } from '#src/ui/Segments.tsx';
import { Slider } from '#src/ui/Slider.tsx';
import { spec } from '../spec.ts';
import { texts } from '../texts.ts';
import styles from './SessionBar.module.css';
import type { Source } from './useSession.ts';

export interface SessionBarProps {
  run: Run;
  status: RunState['status'];
  /** Which unseen session is looked at, and how far. */
  view: View;
  source: Source;
  /** Whether a traced step is walked through: the session is then one that it learns from. */
  isTraced: boolean;
  /** Numbers of the items clicked so far, and the names of all. */
  clicks: readonly number[];
  names: readonly string[];
  /** How many unseen sessions there are. */
  unseen: number;
  /** Most clicks of a session. */
  most: number;
  /** How many sessions the reader has added to what is learnt. */
  added: number;
  onSource: (source: Source) => void;
  onClicks: (clicks: readonly number[]) => void;
}

/** The session so far, and where it comes from: an unseen one of the log, as far as is wanted, or the reader's own. */
export const SessionBar = memo(function SessionBar(props: SessionBarProps) {
  const { run, view, source, isTraced, clicks, names, unseen, onSource, onClicks } = props;
  const t = useTranslate(texts);
  return (
    <div className={styles.bar}>
      <Segments
        label={t('session.source')}
        options={[
          { value: 'unseen', label: t('session.unseen') },
          { value: 'own', label: t('session.own') },
        ]}
        value={source}
        onChoose={onSource}
      />
      <ol className={styles.chips} aria-label={t('session.chips')}>
        {clicks.length === 0 && <li className={styles.empty}>{t('session.empty')}</li>}
        {clicks.map((item, place) => (
          <li key={place} className={styles.chip}>
            <span className={styles.place}>{place + 1}</span>
            <bdi className={styles.name}>{names[item] ?? t('lists.other')}</bdi>
            {source === 'own' && !isTraced && (
              <button
                type="button"
                className={styles.remove}
                aria-label={t('session.remove', { item: names[item] ?? '' })}
                onClick={() => onClicks(clicks.filter((_, at) => at !== place))}
              >
                ×
              </button>
            )}
          </li>
        ))}
      </ol>
      {isTraced ? (
        <p className={styles.note}>{t('session.traced')}</p>
      ) : source === 'unseen' ? (
        <div className={styles.settings}>
          <Slider
            label={t('session.example')}
            help={t('session.example.help')}
            range={{ ...spec.view.example, max: unseen - 1 }}
            value={Math.min(unseen - 1, Number(view['example']))}
            isImmediate
            onChange={(example) => run.setView({ example })}
          />
          <Slider
            label={t('session.clicks')}
            help={t('session.clicks.help')}
            range={spec.view.clicks}
            value={Number(view['clicks'])}
            isImmediate
            onChange={(known) => run.setView({ clicks: known })}
          />
        </div>
      ) : (
        <OwnSession {...props} />
      )}
    </div>
  );
});

function OwnSession({ run, status, clicks, most, added: count, onClicks }: SessionBarProps) {
  const t = useTranslate(texts);
  const [added, setAdded] = useState<string>();
  const blocked =
    status !== 'running' && status !== 'paused'
      ? t('session.add.blocked')
      : clicks.length < 2
        ? t('session.add.short')
        : undefined;
  const isAdded = added === clicks.join() && count > 0;
  const help = isAdded ? t('session.added', { count }) : t('session.add.help');
  const note = clicks.length >= most && !isAdded ? t('session.full', { most }) : (blocked ?? help);
  function add() {
    run.edit({ type: 'add-session', items: clicks });
    setAdded(clicks.join());
  }
  return (
    <div className={styles.own}>
      <Button isBlocked={clicks.length === 0} onPress={() => onClicks(clicks.slice(0, -1))}>
        {t('session.back')}
      </Button>
      <Button isBlocked={clicks.length === 0} onPress={() => onClicks([])}>
        {t('session.clear')}
      </Button>
      <Button isBlocked={blocked !== undefined} onPress={add}>
        {t('session.add')}
      </Button>
      <p className={styles.note} role="status">
        {note}
      </p>
    </div>
  );
}
