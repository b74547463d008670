import { ESLint } from 'eslint';
import { beforeAll, describe, expect, it } from 'vitest';

const rule = '@typescript-eslint/no-restricted-imports';
let lint: (file: string, source: string) => Promise<string[]>;

beforeAll(() => {
  const eslint = new ESLint({
    cwd: process.cwd(),
    // Types are not needed to read an import, and files that are not there have none.
    overrideConfig: [{ languageOptions: { parserOptions: { projectService: false, project: null } } }],
    ruleFilter: ({ ruleId }) => ruleId === rule || ruleId.startsWith('no-restricted'),
  });
  lint = async (file, source) => {
    const [result] = await eslint.lintText(source, { filePath: file });
    return (result?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message);
  };
});

const from = (module: string) => `import { a } from '${module}'; export { a };`;
const types = (module: string) => `import type { A } from '${module}'; export type { A };`;

describe('the import table', () => {
  it.each([
    ['src/math/planted.ts', 'react'],
    ['src/math/planted.ts', '#src/nn/layers.ts'],
    ['src/math/planted.ts', '../nn/layers.ts'],
    ['datasets/digits/planted.ts', '@tensorflow/tfjs-core'],
    ['src/nn/planted.ts', 'react'],
    ['src/nn/planted.ts', '#src/engine/backends.ts'],
    ['src/training/spec.ts', '#src/math/softmax.ts'],
    ['src/training/protocol.ts', './client.ts'],
    ['src/training/client.ts', 'react'],
    ['src/training/run.ts', '@tensorflow/tfjs-core'],
    ['src/training/run.ts', './server.ts'],
    ['src/training/server.ts', 'react'],
    ['src/training/server.ts', '#src/training/useRun.tsx'],
    ['src/training/useRun.tsx', '@tensorflow/tfjs-core'],
    ['src/engine/planted.ts', 'react'],
    ['src/engine/planted.ts', '#src/training/protocol.ts'],
    ['src/playgrounds/planted/spec.ts', '#src/math/softmax.ts'],
    ['src/playgrounds/planted/model.ts', 'react'],
    ['src/playgrounds/planted/model.ts', './Planted.tsx'],
    ['src/playgrounds/planted/task.ts', '#src/engine/backends.ts'],
    ['src/playgrounds/planted/task.ts', '#src/playgrounds/digit-cnn/model.ts'],
    ['src/playgrounds/planted/task.ts', '#src/training/spec.ts'],
    ['src/playgrounds/planted/Planted.tsx', '@tensorflow/tfjs-core'],
    ['src/playgrounds/planted/Planted.tsx', './task.ts'],
    ['src/playgrounds/planted/Planted.tsx', './model.ts'],
    ['src/playgrounds/planted/Planted.tsx', './task/batches.ts'],
    ['src/playgrounds/planted/views/Part.tsx', '../task.ts'],
    ['src/playgrounds/planted/views/Part.tsx', '../../digit-cnn/spec.ts'],
    ['src/playgrounds/planted/task/batches.ts', '../texts.ts'],
    ['src/playgrounds/planted/texts.ts', '#src/ui/numbers.ts'],
    ['src/ui/Planted.tsx', '#src/playgrounds/digit-cnn/spec.ts'],
    ['src/ui/Planted.tsx', '#src/training/useRun.tsx'],
    ['src/prose/Planted.tsx', '#src/playgrounds/digit-cnn/DigitCnn.tsx'],
    ['src/prose/Planted.tsx', '@tensorflow/tfjs-core'],
    ['chapters/03-core-algorithms/01-cnn/figures/Planted.tsx', '#src/training/useRun.tsx'],
    ['src/app/Planted.tsx', '@tensorflow/tfjs-core'],
    ['src/app/Planted.tsx', '#src/playgrounds/digit-cnn/task.ts'],
    ['src/main.tsx', '#src/engine/backends.ts'],
    ['src/main.tsx', '#src/training/server.ts'],
    ['src/worker.ts', 'react'],
    ['src/worker.ts', '#src/app/pages.ts'],
  ])('%s may not import %s', async (file, module) => {
    expect(await lint(file, from(module))).toEqual([rule]);
  });

  it.each([
    ['src/math/planted.ts', './softmax.ts'],
    ['datasets/digits/planted.ts', '#src/math/crc32.ts'],
    ['src/nn/planted.ts', '@tensorflow/tfjs-core'],
    ['src/engine/planted.ts', '@tensorflow/tfjs-backend-wasm'],
    ['src/playgrounds/planted/spec.ts', '#src/training/spec.ts'],
    ['src/playgrounds/planted/task.ts', '#datasets/digits/index.ts'],
    ['src/playgrounds/planted/Planted.tsx', './model.ts?code'],
    ['src/playgrounds/planted/Planted.tsx', './views/Part.tsx'],
    ['src/playgrounds/planted/views/Part.tsx', '../texts.ts'],
    ['src/playgrounds/planted/task/batches.ts', '../model.ts'],
    ['src/playgrounds/planted/task.ts', './task/batches.ts'],
    ['src/playgrounds/planted/texts.ts', '#src/i18n/translate.ts'],
    ['src/playgrounds/planted/Planted.tsx', '#src/training/pointing.ts'],
    ['src/prose/Planted.tsx', '#src/ui/Slider.tsx'],
    ['src/main.tsx', '#src/training/useRun.tsx'],
  ])('%s may import %s', async (file, module) => {
    expect(await lint(file, from(module))).toEqual([]);
  });

  it.each([
    ['src/engine/planted.ts', '#src/training/protocol.ts'],
    ['src/playgrounds/planted/task.ts', '#src/training/task.ts'],
    ['src/ui/Planted.tsx', '#src/training/runState.ts'],
    ['src/worker.ts', '#src/training/protocol.ts'],
  ])('%s may know the types of %s', async (file, module) => {
    expect(await lint(file, types(module))).toEqual([]);
  });
});

describe('in what is shipped', () => {
  it.each(['tensor.dataSync();', 'tensor.arraySync();', 'Math.random();'])('%s is refused', async (statement) => {
    expect(await lint('src/nn/planted.ts', statement)).toEqual(['no-restricted-properties']);
  });
});
