// Runs a TypeScript file of this project in Node: `node build/run.mjs datasets/digits/build.ts`; what follows is its own. The file is bundled
// first, tfjs with it: its modules are written for bundlers, and Node alone does not find their parts.
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';

// tfjs's WASM glue asks for these in Node; an ES module has none.
const banner = 'const __filename = import.meta.filename ?? ""; const __dirname = import.meta.dirname ?? "";';

const [file] = process.argv.slice(2);
if (!file) throw new Error('usage: node build/run.mjs <file.ts>');
// A folder of its own: two may run at once.
const outDir = `.cache/run-${process.pid}`;
process.on('exit', () => rmSync(outDir, { recursive: true, force: true }));
await build({
  configFile: false,
  logLevel: 'error',
  ssr: { noExternal: [/@tensorflow/] },
  build: {
    ssr: resolve(file),
    outDir,
    rollupOptions: { output: { entryFileNames: 'run.mjs', banner } },
  },
});
await import(pathToFileURL(resolve(outDir, 'run.mjs')).href);
