// Compiles our WASM kernels (src/engine/kernels/assembly, AssemblyScript) into src/engine/kernels/built: once for every
// machine with SIMD and once for those with relaxed SIMD, and the list of their names. The files are committed.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';
import { format } from 'prettier';

const source = 'src/engine/kernels/assembly/index.ts';
const builds = { 'kernels-simd.wasm': 'simd', 'kernels-relaxed.wasm': 'simd,relaxed-simd' };

/** tfjs's heap is the only memory, so that nothing is exported, started or initialised. */
const options = '-O3 --noAssert --runtime stub --importMemory --noExportMemory'.split(' ');

/** Functions on four lanes are exported to other files only; JavaScript could not call them. */
const exportedLanes = ['--disableWarning', '112'];

/** Writes the modules and the names into `folder`. */
export async function buildKernels(folder) {
  await mkdir(folder, { recursive: true });
  for (const [file, features] of Object.entries(builds)) {
    const out = join(folder, file);
    const { error, stderr } = await asc.main([source, ...options, ...exportedLanes, '--enable', features, '-o', out]);
    if (error) throw new Error(`${file}: ${stderr.toString()}`, { cause: error });
  }
  const module = new WebAssembly.Module(await readFile(join(folder, 'kernels-simd.wasm')));
  const names = WebAssembly.Module.exports(module).map(({ name }) => `'${name}'`);
  const type = `// Written by build/kernels.mjs.\n\n/** The functions of our WASM module. */\nexport type OwnKernel = ${names.join('|')};`;
  await writeFile(
    join(folder, 'names.ts'),
    await format(type, { parser: 'typescript', printWidth: 120, singleQuote: true }),
  );
}

if (process.argv[1] === import.meta.filename) await buildKernels('src/engine/kernels/built');
