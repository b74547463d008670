import { useTranslate } from '#src/i18n/translate.ts';
import { useEffect, useState } from 'react';
import styles from './Asked.module.css';

const SHOWN = 80; // characters; an address may be 100 kB long

/** Says what was asked, where `404.html` led here from an address that is none of the book's. */
export function Asked() {
  const t = useTranslate();
  const [asked, setAsked] = useState<string>();
  useEffect(() => setAsked(new URLSearchParams(location.search).get('asked') ?? undefined), []);
  if (asked === undefined) return null;
  const shown = asked.length > SHOWN ? `${asked.slice(0, SHOWN)}…` : asked;
  return (
    <p role="status" className={styles.asked}>
      {t('app.asked', { asked: shown })}
    </p>
  );
}
