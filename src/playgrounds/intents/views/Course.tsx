import { memo, useMemo } from 'react';
import { useTranslate } from '#src/i18n/translate.ts';
import { LineChart, type LineShape } from '#src/ui/LineChart.tsx';
import { formatPercent } from '#src/ui/numbers.ts';
import { texts } from '../texts.ts';
import type { Reading } from './reading.ts';

const shapes: readonly LineShape[] = ['circle', 'square', 'triangle'];

const wholePercent = (value: number) => formatPercent(value, 0);

export interface CourseProps {
  reading: Reading;
  names: readonly string[];
}

/** How the probabilities move as the sentence is read: a point a token, for the classes that are ahead at its end. */
export const Course = memo(function Course({ reading, names }: CourseProps) {
  const t = useTranslate(texts);
  const { course } = reading;
  const lines = useMemo(() => {
    const [time = 0, classes = 0] = course?.shape ?? [];
    const at = (step: number, known: number) => course?.values[step * classes + known] ?? 0;
    const order = Array.from({ length: classes }, (_, known) => known);
    order.sort((one, other) => at(time - 1, other) - at(time - 1, one));
    return shapes.map((shape, rank) => {
      const known = time > 0 ? order[rank] : undefined;
      return {
        name: shape,
        shape,
        label: (known === undefined ? undefined : names[known]) ?? '–',
        at: known === undefined ? [] : Array.from({ length: time }, (_, step) => step + 1),
        values: known === undefined ? [] : Array.from({ length: time }, (_, step) => at(step, known)),
      };
    });
  }, [course, names]);
  return (
    <LineChart
      lines={lines}
      label={t('course.label')}
      across={t('course.across')}
      range={[0, 1]}
      width={Math.max(2, course?.shape[0] ?? 0)}
      format={wholePercent}
    />
  );
});
