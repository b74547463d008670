import { useEffect, useId, useMemo, useRef, useState, type ClipboardEvent, type DragEvent } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import { leastCharacters, mostBytes, readOwnText } from '#src/math/ownText.ts';
import controls from './controls.module.css';
import styles from './OwnText.module.css';
import { OwnTextReport, type Findings } from './OwnTextReport.tsx';

export interface OwnTextProps {
  /** The reader's text that the run learns from; undefined: it learns from the book's. */
  current: string | undefined;
  /** Called with a text that can be learnt from. */
  onUse: (text: string) => void;
  /** Called for the book's text. */
  onClear: () => void;
}

/** What the reader brought last. A long text stays out of the text field, which would be slow with it. */
type Source =
  | { kind: 'typed' | 'pasted'; text: string }
  | { kind: 'file'; name: string; size: number; content?: Uint8Array | 'unreadable' };

/** The longest text that is put into the field, in UTF-16 units; typing can make it longer. */
const mostInField = 5000;

/** From the last key until the text is read. */
const milliseconds = 300;

/**
 * Takes a text that the reader pastes, types, chooses or drops, shows what is in it, and hands it on when it is to be
 * learnt from. Nothing in it is taken for markup.
 */
export function OwnText({ current, onUse, onClear }: OwnTextProps) {
  const t = useTranslate();
  const id = useId();
  const [source, setSource] = useState<Source>();
  const settled = useSettled(source);
  const findings = useMemo(() => read(settled, current), [settled, current]);
  const text = findings && 'text' in findings ? findings.text : undefined;
  const isUsed = text !== undefined && text === current;

  const takeText = (taken: string) => setSource({ kind: taken.length > mostInField ? 'pasted' : 'typed', text: taken });
  const takeFile = ({ name, size }: File, reading: Promise<ArrayBuffer> | undefined) => {
    const file: Source = { kind: 'file', name, size };
    setSource(file);
    const finish = (content: Uint8Array | 'unreadable') =>
      setSource((last) => (last === file ? { ...file, content } : last));
    reading?.then((buffer) => finish(new Uint8Array(buffer))).catch(() => finish('unreadable'));
  };
  const onFile = (file: File) => takeFile(file, file.size > mostBytes ? undefined : file.arrayBuffer());
  const onPaste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const pasted = event.clipboardData.getData('text/plain');
    const { value, selectionStart, selectionEnd } = event.currentTarget;
    if (pasted.length <= mostInField) return;
    event.preventDefault();
    takeText(value.slice(0, selectionStart) + pasted + value.slice(selectionEnd));
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    if (file) onFile(file);
    else takeText(event.dataTransfer.getData('text/plain'));
  };

  return (
    <div
      role="group"
      aria-label={t('own-text.title')}
      className={styles.ownText}
      onDragOver={(event) => event.preventDefault()}
      onDrop={onDrop}
    >
      <p id={`${id}-about`} className={styles.about}>
        {t('own-text.about', { least: leastCharacters })}
      </p>
      <label className={styles.label} htmlFor={id}>
        {t('own-text.typed')}
      </label>
      <textarea
        id={id}
        className={styles.typed}
        dir="auto"
        rows={4}
        spellCheck={false}
        autoComplete="off"
        aria-describedby={`${id}-about`}
        placeholder={
          source?.kind === 'file'
            ? t('own-text.file', { name: source.name })
            : t(source?.kind === 'pasted' ? 'own-text.pasted' : 'own-text.typed')
        }
        value={source?.kind === 'typed' ? source.text : ''}
        onChange={({ target }) => setSource({ kind: 'typed', text: target.value })}
        onPaste={onPaste}
      />
      <FileChoice onFile={onFile} />
      <OwnTextReport findings={findings} />
      <Decision
        state={isUsed ? 'used' : text !== undefined ? 'ready' : current === undefined ? 'book' : 'other'}
        onUse={text === undefined || isUsed ? undefined : () => onUse(text)}
        onClear={
          current === undefined
            ? undefined
            : () => {
                setSource(undefined);
                onClear();
              }
        }
      />
    </div>
  );
}

function FileChoice({ onFile }: { onFile: (file: File) => void }) {
  const t = useTranslate();
  const input = useRef<HTMLInputElement>(null);
  return (
    <p className={styles.row}>
      <button type="button" className={controls.button} onClick={() => input.current?.click()}>
        {t('own-text.choose')}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".txt,.md,text/*"
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) onFile(file);
          // The same file, once it is mended, is a change again.
          target.value = '';
        }}
      />
      <span className={styles.quiet}>{t('own-text.drop')}</span>
    </p>
  );
}

interface DecisionProps {
  /** Whether the text here can be learnt from, or already is; else which is. */
  state: 'book' | 'ready' | 'used' | 'other';
  /** Absent while they would change nothing. */
  onUse: (() => void) | undefined;
  onClear: (() => void) | undefined;
}

/** Both buttons stay where they are, so that the keyboard's place is kept. */
function Decision({ state, onUse, onClear }: DecisionProps) {
  const t = useTranslate();
  const id = useId();
  return (
    <>
      <p className={styles.row}>
        <button
          type="button"
          className={`${controls.button} ${onUse ? controls.primary : ''}`}
          aria-disabled={!onUse || undefined}
          aria-describedby={id}
          onClick={onUse}
        >
          {t('own-text.use')}
        </button>
        <button
          type="button"
          className={controls.button}
          aria-disabled={!onClear || undefined}
          aria-describedby={id}
          onClick={onClear}
        >
          {t('own-text.clear')}
        </button>
      </p>
      <p id={id} className={styles.state} role="status">
        {t(`own-text.state.${state}`)}
      </p>
    </>
  );
}

/** A text that is being typed follows when the keys rest, all else at once. */
function useSettled(source: Source | undefined): Source | undefined {
  const [settled, setSettled] = useState(source);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(source), source?.kind === 'typed' ? milliseconds : 0);
    return () => clearTimeout(timer);
  }, [source]);
  return settled;
}

/** What is found in the source; without one, in the text that the run learns from. */
function read(source: Source | undefined, current: string | undefined): Findings | undefined {
  if (source?.kind === 'file') {
    const { name, size, content } = source;
    if (size > mostBytes) return { problem: { name: 'too-large', bytes: size, most: mostBytes } };
    if (content === undefined) return { reading: name };
    return content === 'unreadable' ? { problem: { name: content, file: name } } : readOwnText(content);
  }
  const text = source?.text === '' ? current : (source?.text ?? current);
  return text === undefined ? undefined : readOwnText(text);
}
