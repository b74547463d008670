import { useTranslate, type Translate } from '#src/i18n/translate.ts';
import type { ProgramReport } from '#src/training/protocol.ts';
import controls from './controls.module.css';
import styles from './Program.module.css';
import { blocksOf, callsAfter, passes, placesOf, type Pass } from './programPasses.ts';
import { formatBytes, nameOf } from './programWords.ts';
import { Segments } from './Segments.tsx';
import { useSentenceGap } from './texts.ts';

interface Props {
  program: ProgramReport | undefined;
  pass: Pass;
  onChoose: (pass: Pass) => void;
}

/** Goes through what is made of a recorded step, pass by pass, and says what each did to this one. */
export function ProgramPasses({ program, pass, onChoose }: Props) {
  const t = useTranslate();
  const gap = useSentenceGap();
  const next = passes[passes.indexOf(pass) + 1];
  return (
    <div className={styles.passes}>
      <Segments
        label={t('program.passes')}
        options={passes.map((value) => ({ value, label: t(`program.pass.${value}`) }))}
        value={pass}
        onChoose={onChoose}
      />
      <div className={styles.explained}>
        <button type="button" className={controls.button} onClick={() => onChoose(next ?? 'recorded')}>
          {t(next === undefined ? 'program.first-pass' : 'program.next-pass')}
        </button>
        <p className={styles.what} role="status">
          {t(`program.pass.${pass}.what`)}
          {program && gap + didTo(program, pass, t).join(gap)}
        </p>
      </div>
    </div>
  );
}

function didTo(program: ProgramReport, pass: Pass, t: Translate): string[] {
  const places = placesOf(program, pass);
  const left = t('program.pass.left', { count: callsAfter(program, pass), all: program.calls.length });
  if (pass === 'recorded') return [left];
  const [first] = places;
  const call = first === undefined ? undefined : program.calls[first];
  if (first === undefined || call === undefined) return [t('program.pass.none'), left];
  if (pass === 'memory') {
    const [before, after] = [formatBytes(program.bytes.before), formatBytes(program.bytes.after)];
    return [t('program.pass.placed', { count: blocksOf(program).length, before, after })];
  }
  const example = nameOf(call, first, t);
  const dealt = places.length === 1 ? t('program.pass.dealt-one', { example }) : undefined;
  return [dealt ?? t('program.pass.dealt', { count: places.length, example }), left];
}
