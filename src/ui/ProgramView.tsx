import { useMemo, useState } from 'react';
import { useTranslate, type Translate } from '#src/i18n/translate.ts';
import type { ProgramReport } from '#src/training/protocol.ts';
import styles from './Program.module.css';
import { ProgramChart } from './ProgramChart.tsx';
import { blocksOf, fateAfter, isRun, type Pass } from './programPasses.ts';
import { ProgramPasses } from './ProgramPasses.tsx';
import { ProgramTable } from './ProgramTable.tsx';
import { formatBytes, formatMicroseconds, formatShape } from './programWords.ts';
import { useSentenceGap } from './texts.ts';

/** The program of a training step: pass by pass, call by call, as pictures and as a table. */
export function ProgramView({ program }: { program: ProgramReport | undefined }) {
  const t = useTranslate();
  const gap = useSentenceGap();
  const [pass, setPass] = useState<Pass>('recorded');
  const [asked, setChosen] = useState<number>();
  const chosen = asked !== undefined && asked < (program?.calls.length ?? 0) ? asked : undefined;
  const words = useMemo(
    () => (program && chosen !== undefined ? wordsFor(program, chosen, pass, t).join(gap) : ''),
    [program, chosen, pass, t, gap],
  );
  return (
    <div className={styles.view}>
      <ProgramPasses program={program} pass={pass} onChoose={setPass} />
      <ProgramChart program={program} pass={pass} chosen={chosen} onChoose={setChosen} words={words} />
      <p className={styles.detail}>{words || t('program.chart.hint')}</p>
      <ProgramTable program={program} pass={pass} chosen={chosen} onChoose={setChosen} />
    </div>
  );
}

/** All there is to know of one call, in sentences. */
function wordsFor(program: ProgramReport, place: number, pass: Pass, t: Translate): string[] {
  const call = program.calls[place];
  if (call === undefined) return [];
  const { kernel, shape, bytes, into, microseconds } = call;
  const fate = fateAfter(call, pass);
  const block = blocksOf(program).find((one) => one.place === place);
  const offset = pass === 'memory' ? block?.offset : block?.offsetApart;
  return [
    t('program.detail', {
      place: place + 1,
      all: program.calls.length,
      kernel,
      shape: formatShape(shape, t),
      bytes: formatBytes(bytes),
      fate: t(`program.fate.${fate}`),
    }),
    ...(fate === 'fused' && into !== undefined ? [t('program.detail.into', { place: into + 1 })] : []),
    ...(isRun(fate) && microseconds > 0 ? [t('program.detail.time', { time: formatMicroseconds(microseconds) })] : []),
    ...(block && offset !== undefined && isRun(fate)
      ? [
          t(pass === 'memory' ? 'program.detail.memory' : 'program.detail.memory-apart', {
            from: formatBytes(offset),
            to: formatBytes(offset + block.bytes),
            first: block.from + 1,
            last: block.to + 1,
          }),
        ]
      : []),
  ];
}
