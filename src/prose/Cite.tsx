import { bibliography, type BibliographyEntry, type BibliographyId } from '#chapters/bibliography.ts';
import { useLanguage } from '#src/i18n/translate.ts';

/** Names a source of the bibliography, and links to it where it can be read. */
export function Cite({ id }: { id: BibliographyId }) {
  const language = useLanguage();
  const entry: BibliographyEntry = bibliography[id];
  const href = (language === 'zh' ? entry.hrefZh : undefined) ?? entry.href;
  if (href === undefined) return <cite>{entry[language]}</cite>;
  return (
    <a href={href} rel="external noreferrer">
      <cite>{entry[language]}</cite>
    </a>
  );
}
