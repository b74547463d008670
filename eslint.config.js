// The import table of the book stands in `table`; tests/build/lint.test.ts plants what it must refuse.
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/**
 * Who may import whom: each folder's files, what they may use, and what they may know the types of. Everything else is
 * refused. Downwards only; the page never reaches the engine, the worker never reaches React.
 */
const react = ['react', 'react-dom(/.*)?', 'react/jsx-runtime'];
const here = String.raw`\./.*`;
const folder = (...names) => names.map((name) => `#src/${name}/.*`);
const training = (...names) => names.map((name) => String.raw`(#src/training|\.)/${name}\.tsx?`);
const view = String.raw`#src/playgrounds/[\w-]+/[A-Z]\w*\.tsx`;
const pageSide = [
  ...folder('app', 'prose', 'ui', 'math', 'i18n'),
  view,
  '#chapters/.*',
  'katex/.*',
  'mdx/types',
  ...react,
];
const pageTraining = training('(?!server)\\w+');

const table = [
  { files: ['src/math/**'], use: [here, ...folder('math')] },
  {
    files: ['datasets/**'],
    not: ['datasets/*/build.ts', 'datasets/source.ts'],
    use: [here, '#datasets/.*', ...folder('math')],
  },
  { files: ['src/nn/**'], use: [here, ...folder('nn', 'math'), '@tensorflow/tfjs-core(/.*)?'] },
  { files: ['src/training/{spec,protocol,journal,task}.ts'], use: training('spec', 'protocol', 'journal', 'task') },
  {
    files: ['src/training/**'],
    not: ['src/training/{spec,protocol,journal,task}.ts', 'src/training/use*', 'src/training/server*.ts'],
    use: [...training('(?!use[A-Z]|server)\\w+'), ...folder('math'), 'idb'],
  },
  { files: ['src/training/server*.ts'], use: training('(?!use[A-Z]|client|storage)\\w+') },
  { files: ['src/training/use*'], use: [...training('(?!server)\\w+'), ...react] },
  {
    files: ['src/engine/**'],
    use: [here, ...folder('engine', 'math'), '#src/nn/dispatch\\.ts', '@tensorflow/.*'],
    types: folder('training'),
  },
  { files: ['src/i18n/**'], use: [here, ...folder('i18n'), ...react] },
  { files: ['src/playgrounds/*/spec.ts'], use: ['#src/training/spec\\.ts'] },
  { files: ['src/playgrounds/*/texts.ts'], use: ['#src/i18n/translate\\.ts'] },
  {
    files: ['src/playgrounds/*/*.ts', 'src/playgrounds/*/task/*.ts'],
    not: ['src/playgrounds/*/{spec,texts}.ts'],
    use: [String.raw`\.\.?/(?!texts)(task/)?[a-z]\w*\.ts`, '\\./trained/.*', '#datasets/.*', ...folder('nn', 'math')],
    types: folder('training'),
  },
  {
    files: ['src/playgrounds/*/*.tsx', 'src/playgrounds/*/views/*'],
    use: [
      String.raw`\.\.?/(?!((task|model)\.ts|task/.*)$)[\w.?/]*`,
      ...folder('ui', 'math', 'i18n'),
      ...training('use[A-Z]\\w+', 'pointing', 'runState', 'spec', 'tensorFile'),
      ...react,
    ],
    types: folder('training'),
  },
  {
    files: ['src/ui/**'],
    use: [here, ...folder('ui', 'math', 'i18n'), 'uplot(/.*)?', 'mermaid', ...react],
    types: folder('training'),
  },
  {
    files: ['src/prose/**'],
    use: [
      here,
      ...folder('prose', 'ui', 'i18n'),
      ...training('use[A-Z]\\w+', 'pointing', 'runState'),
      '#chapters/(sources|errata|bibliography)\\.ts',
      ...react,
    ],
    types: folder('training'),
  },
  { files: ['chapters/*.ts'], use: [here] },
  { files: ['chapters/**/figures/**'], use: [here, ...folder('ui', 'math', 'i18n'), ...react] },
  { files: ['src/app/**', 'src/main.tsx', 'src/prerender.tsx'], use: [here, ...pageSide, ...pageTraining] },
  {
    files: ['src/worker.ts'],
    use: [
      ...folder('engine', 'nn', 'math'),
      ...training('(?!use[A-Z]|client|storage)\\w+'),
      '#src/playgrounds/.*/task\\.ts',
    ],
    types: folder('training'),
  },
];

const message = 'Imports run downwards only; eslint.config.js lists what this folder may use.';

function importRule({ files, not = [], use, types = [] }) {
  const values = `(?:${use.join('|')})$`;
  const known = `(?:${[...use, ...types].join('|')})$`;
  const patterns = [{ regex: `^(?!${known})`, message }];
  if (types.length > 0) {
    patterns.push({ regex: `^(?!${values})${known}`, allowTypeImports: true, message: `Its types only. ${message}` });
  }
  return { files, ignores: not, rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] } };
}

const blocking = ['dataSync', 'arraySync'].map((property) => ({
  property,
  message: 'It stops the worker until the device is done: read asynchronously.',
}));
const unseeded = { object: 'Math', property: 'random', message: 'A run must come again: take numbers from its seed.' };

export default tseslint.config(
  // Another language: its own compiler checks it.
  { ignores: ['src/engine/kernels/assembly/**'] },
  { ignores: ['.cache/**', 'dist', 'dist-ssr', 'test-results', 'playwright-report'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.js'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Our interfaces are made of closures: none of their methods needs `this`, and some finish at once.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    plugins: { 'react-hooks': hooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    files: ['src/**', 'datasets/**'],
    rules: { 'no-restricted-properties': ['error', unseeded, ...blocking] },
  },
  ...table.map(importRule),
  { files: ['**/*.{js,mjs}'], ...tseslint.configs.disableTypeChecked },
);
