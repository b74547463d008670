import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { languages } from '#src/i18n/languages.ts';
import { findText, loadTexts } from '#src/i18n/translate.ts';
import type { Playground } from './playgrounds.ts';

/** Words of its own are known once they are loaded. */
const own = import.meta.glob('/src/playgrounds/*/texts.ts');
await Promise.all(languages.map(loadTexts));

/** Its files, and what binds them together by name. */
export function isAFolderOfFour({ id, spec, model }: Playground): void {
  const folder = `src/playgrounds/${id}`;
  const name = id.replace(/(^|-)(\w)/g, (_, _dash, letter: string) => letter.toUpperCase());

  it('is a folder of spec, model, task, view with its style, and what is shown before Run', () => {
    const files = [`${name}.tsx`, 'model.ts', 'spec.ts', 'task.ts', 'trained'];
    const optional = [`${name}.module.css`, 'texts.ts', 'views', 'task'];
    const found = readdirSync(folder).filter((file) => !optional.includes(file));
    expect(found.sort()).toEqual(files.sort());
    const stored = readdirSync(`${folder}/trained`).filter((file) => !/^picture\.\w\w\.png$/.test(file));
    const variants = ['', ...Object.keys(spec.trained?.variants ?? {}).map((variant) => `.${variant}`)];
    const kinds = spec.kind === 'trains' ? ['frame', 'weights'] : ['frame'];
    expect(stored.sort()).toEqual(kinds.flatMap((kind) => variants.map((end) => `${kind}${end}.data`)).sort());
    expect(readFileSync(`${folder}/${name}.tsx`, 'utf8')).toContain(`export function ${name}(`);
    expect(spec.id).toBe(id);
  });

  it('has a model that can be read in one go: fewer than 80 lines', () => {
    expect(model.split('\n').length - 1).toBeLessThan(80);
    expect(Math.max(...model.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  });

  it('ties each symbol to a tensor of the snapshot and to identifiers of the model', () => {
    const code = model.replace(/\/\*.*?\*\/|\/\/.*$/gms, '');
    for (const [symbol, { tensor, code: identifiers }] of Object.entries(spec.symbols)) {
      expect(Object.keys(spec.snapshot), `tensor of ${symbol}`).toContain(tensor);
      expect(identifiers, `identifiers of ${symbol}`).not.toHaveLength(0);
      for (const identifier of identifiers) expect(code, symbol).toMatch(new RegExp(String.raw`\b${identifier}\b`));
    }
  });

  it('has words for everything a reader can change, see or measure, in every language', async () => {
    await own[`/${folder}/texts.ts`]?.();
    const keys = [`${id}.name`, ...spec.metrics.map((metric) => `metric.${metric}`)];
    for (const [hyperparameter, { kind, ...rest }] of Object.entries(spec.hyperparameters)) {
      keys.push(`hyperparameter.${hyperparameter}`, `hyperparameter.${hyperparameter}.help`);
      if (kind !== 'choice' || !('options' in rest)) continue;
      keys.push(...rest.options.filter((option) => typeof option === 'string').map((option) => `option.${option}`));
    }
    keys.push(...Object.values(spec.symbols).map(({ code: [identifier = ''] }) => `symbol.${identifier}`));
    if (spec.kind === 'trains') keys.push(...spec.phases.map((phase) => `moment.${phase}`));
    for (const language of languages) {
      expect(
        keys.filter((key) => !findText(language, key, id)?.trim()),
        language,
      ).toEqual([]);
    }
  });
}
