import type { KeyboardEvent } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import { Button } from '#src/ui/Button.tsx';
import controls from '#src/ui/controls.module.css';
import { formatNumber } from '#src/ui/numbers.ts';
import { texts } from '../texts.ts';
import type { Walk } from './useWalk.ts';
import styles from './WalkControls.module.css';

export interface WalkControlsProps {
  walk: Walk;
  norms: ArrayLike<number> | undefined;
}

/** Goes back through time with the gradient, a time step at a time; the arrow keys do the same. */
export function WalkControls({ walk, norms }: WalkControlsProps) {
  const t = useTranslate(texts);
  const { reached, isPlaying } = walk;
  const last = (norms?.length ?? 1) - 1;
  const say = (norm: number | undefined) => formatNumber(norm ?? 0, 3);

  function words(): string {
    if (reached === undefined || !norms) return t('unrolled.walk.all');
    if (reached >= last) return t('unrolled.walk.loss', { time: last, norm: say(norms[last]) });
    const [before = 0, now = 0] = [norms[reached + 1], norms[reached]];
    const values = { time: reached, after: reached + 1, norm: say(now), before: say(before) };
    return before > 0
      ? t('unrolled.walk.at', { ...values, factor: say(now / before) })
      : t('unrolled.walk.nothing', values);
  }
  function onKeyDown(event: KeyboardEvent) {
    const act = { ArrowLeft: walk.back, ArrowRight: walk.forth, Escape: walk.showAll }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  return (
    <div role="group" aria-label={t('unrolled.walk')} className={styles.walk} onKeyDown={onKeyDown}>
      <div className={styles.buttons}>
        <button
          type="button"
          className={`${controls.button} ${controls.primary} ${styles.play}`}
          onClick={isPlaying ? walk.pause : walk.play}
        >
          {isPlaying ? t('run.pause') : t('unrolled.walk.play')}
        </button>
        <Button onPress={walk.back}>{t('unrolled.walk.back')}</Button>
        <Button onPress={walk.forth}>{t('unrolled.walk.forth')}</Button>
        <Button isPressed={reached === undefined} onPress={walk.showAll}>
          {t('unrolled.walk.show-all')}
        </Button>
      </div>
      <p className={styles.words} role="status" aria-live={isPlaying ? 'off' : 'polite'}>
        {words()}
      </p>
    </div>
  );
}
