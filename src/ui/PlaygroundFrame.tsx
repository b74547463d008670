import { Suspense, type ReactNode, type Ref } from 'react';
import { PlaygroundContext, useLanguage, useTranslate } from '#src/i18n/translate.ts';
import type { RunState } from '#src/training/runState.ts';
import type { PlaygroundSpec } from '#src/training/spec.ts';
import styles from './PlaygroundFrame.module.css';
import { useIsSettled } from './useIsSettled.ts';

export interface PlaygroundFrameProps {
  /** Instance on the page. */
  id: string;
  spec: PlaygroundSpec;
  state: RunState;
  label: string;
  /** What is shown where there is no JavaScript: the trained network, by file name `picture.<language>.png`. */
  pictures: Readonly<Record<string, string>>;
  ref?: Ref<HTMLElement>;
  children: ReactNode;
}

/** The root of a playground, with the attributes that scripts read; its symbols' hues for all that belongs to it. */
export function PlaygroundFrame({ id, spec, state, label, pictures, ref, children }: PlaygroundFrameProps) {
  const language = useLanguage();
  const t = useTranslate();
  const isSettled = useIsSettled();
  const picture = Object.entries(pictures).find(([file]) => file.endsWith(`.${language}.png`))?.[1];
  return (
    <section
      ref={ref}
      id={id}
      className={`breakout ${styles.frame}`}
      aria-label={label}
      data-playground={spec.id}
      data-of={id}
      data-run-state={state.status}
      data-step={state.step}
      data-backend={state.backend?.name ?? ''}
      data-seed={state.seed}
    >
      <style>{huesOf(id, spec)}</style>
      <noscript>
        <style>{`#${id} > [data-live] { display: none; }`}</style>
        <p>{t('playground.no-script')}</p>
        {picture && <img className={styles.picture} src={picture} alt={t('playground.picture', { name: label })} />}
      </noscript>
      <div data-live="">
        {/* Nothing can be pressed or typed before it is heard. */}
        <fieldset className={styles.controls} role="none" disabled={!isSettled}>
          <PlaygroundContext value={spec.id}>
            <Suspense>{children}</Suspense>
          </PlaygroundContext>
        </fieldset>
      </div>
    </section>
  );
}

/** A symbol has one hue wherever it stands: term, node, identifier. */
function huesOf(id: string, { symbols }: PlaygroundSpec): string {
  return Object.entries(symbols)
    .map(([name, { node, code, hue }]) => {
      const places = [
        `[data-symbol='${name}']`,
        `[data-node='${node}']`,
        ...code.map((word) => `[data-code='${word}']`),
      ];
      return `:is(${places.map((place) => `[data-of='${id}'] ${place}, [data-of='${id}']${place}`).join(', ')}){--hue:var(--hue-${hue})}`;
    })
    .join('\n');
}
