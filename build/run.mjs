// Runs a TypeScript file of this project in Node: `node build/run.mjs datasets/digits/build.ts`.
import { resolve } from 'node:path';
import { runnerImport } from 'vite';

const [file] = process.argv.slice(2);
if (!file) throw new Error('usage: node build/run.mjs <file.ts>');
await runnerImport(resolve(file), { configFile: false, logLevel: 'error' });
