import { expect, it } from 'vitest';
import { createTask, anotherValue, applying, smallValues, type Playground } from './playgrounds.ts';

/** Every combination of options that makes another network trains, with every penalty and noise switched on. */
export function takesEveryOption(subject: Playground): void {
  const { spec, expectations } = subject;
  if (spec.kind !== 'trains') return;
  const small = smallValues(subject);
  const isSmall = (name: string) => name in (expectations?.small ?? {});
  let combinations = [small];
  for (const [name, hyperparameter] of Object.entries(spec.hyperparameters)) {
    if (hyperparameter.kind !== 'choice' || isSmall(name)) continue;
    combinations = combinations.flatMap((values) =>
      hyperparameter.options.map((option) => ({ ...values, [name]: option })),
    );
  }
  for (const name of applying(spec, 'restart').filter(isSmall)) {
    const hyperparameter = spec.hyperparameters[name];
    if (hyperparameter) combinations.push({ ...small, [name]: anotherValue(hyperparameter, small[name]) });
  }
  const switchedOn = Object.fromEntries(
    Object.entries(spec.hyperparameters).flatMap(([name, hyperparameter]) =>
      hyperparameter.kind === 'range' && hyperparameter.min === 0 ? [[name, hyperparameter.max / 2]] : [],
    ),
  );

  it(`trains three steps with finite losses in each of ${combinations.length} combinations of options`, async () => {
    for (const values of combinations) {
      const task = await createTask(subject, { ...values, ...switchedOn });
      for (let step = 0; step < 3; step += 1) await task.step();
      const points = await task.readMetrics();
      task.dispose();
      expect(points.length).toBeGreaterThanOrEqual(3);
      for (const { metric, value } of points) {
        expect(Number.isFinite(value), `${metric} with ${JSON.stringify(values)}`).toBe(true);
      }
    }
  });
}
