import { useTranslate } from '#src/i18n/translate.ts';
import type { NamedArrays } from '#src/training/journal.ts';
import { formatNumber } from '#src/ui/numbers.ts';
import type { UnitAtStep } from '#src/ui/UnitsOverTime.tsx';
import { texts } from '../texts.ts';
import styles from './PointedUnit.module.css';
import { layersOf, letterNames, networks, type SequenceShown } from './networks.ts';

/** A number of one of the pictures. */
export interface Pointed extends UnitAtStep {
  tensor: string;
}

/** The number under the pointer, in words, and what the networks saw at that step. */
export function PointedUnit({
  pointed,
  arrays,
  sequence,
}: {
  pointed: Pointed | undefined;
  arrays: NamedArrays;
  sequence: SequenceShown;
}) {
  const t = useTranslate(texts);
  return <p className={styles.pointed}>{words() ?? t('memory-task.pointed.none')}</p>;

  function words(): string | undefined {
    const array = pointed && arrays[pointed.tensor];
    const network = networks.find((name) => pointed?.tensor.startsWith(`${name}/`));
    const layer = network && layersOf(network).find(({ tensor }) => tensor === pointed?.tensor);
    if (!array || !network || !layer) return undefined;
    const [, units = 0] = array.shape;
    const { step, unit } = pointed;
    const atStep = array.values.subarray(step * units, (step + 1) * units);
    const mean = Array.from(atStep).reduce((sum, value) => sum + value, 0) / units;
    const letter = letterNames[sequence.letters[step] ?? -1];
    const seen =
      letter === undefined
        ? t('memory-task.pointed.cue')
        : t(step === sequence.mark ? 'memory-task.pointed.marked' : 'memory-task.pointed.letter', { letter });
    return t('memory-task.pointed', {
      step,
      letter: seen,
      network: t(`memory-task.${network}`),
      layer: t(`memory-task.layer.${layer.name}`),
      unit: unit + 1,
      units,
      value: formatNumber(atStep[unit] ?? Number.NaN),
      mean: formatNumber(mean),
    });
  }
}
