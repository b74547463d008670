import styles from './SymbolName.module.css';

/** A symbol as KaTeX writes it, set without KaTeX: one letter, a hat or a tilde, one superscript or subscript. */
export function SymbolName({ tex }: { tex: string }) {
  const parts = /^(.*?)(?:([\^_])\{?(.*?)\}?)?$/.exec(tex);
  const base = (parts?.[1] ?? tex)
    .replace(/\\hat\s*\{?(\w)\}?/g, '$1\u0302')
    .replace(/\\tilde\s*\{?(\w)\}?/g, '$1\u0303')
    .replaceAll('\\', '');
  const index = parts?.[3];
  return (
    <span className={styles.name}>
      <i>{base}</i>
      {index && (parts[2] === '^' ? <sup>{index}</sup> : <sub>{index}</sub>)}
    </span>
  );
}
