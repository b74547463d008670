import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildKernels } from '../../build/kernels.mjs';

const committed = 'src/engine/kernels/built';
const rebuilt = '.cache/kernels';
const modules = ['kernels-simd.wasm', 'kernels-relaxed.wasm'];

/** Sections that would write to tfjs's heap, or run, when the module is put on it. */
const harmful = { 4: 'table', 5: 'memory', 8: 'start', 9: 'element', 11: 'data', 12: 'data count' };

describe('the built WASM kernels', () => {
  beforeAll(() => buildKernels(rebuilt), 60_000);

  it.each([...modules, 'names.ts'])('are what their sources compile to: %s', async (file) => {
    const [ours, built] = await Promise.all([committed, rebuilt].map((folder) => readFile(join(folder, file))));
    expect(ours?.equals(built ?? new Uint8Array())).toBe(true);
  });

  it.each(modules)('change nothing of the heap they are put on: %s', async (file) => {
    const bytes = await readFile(join(committed, file));
    expect(sections(bytes).filter((section) => section in harmful)).toEqual([]);
    expect(sections(bytes)).toContain(10);
    // Node 20 does not know relaxed SIMD unasked.
    if (file === 'kernels-simd.wasm') {
      const module = new WebAssembly.Module(bytes);
      expect(WebAssembly.Module.imports(module)).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);
      expect(new Set(WebAssembly.Module.exports(module).map(({ kind }) => kind))).toEqual(new Set(['function']));
    }
  });
});

/** The numbers of a module's sections, in order. */
function sections(bytes: Uint8Array): number[] {
  const found: number[] = [];
  // After the magic number and the version.
  for (let at = 8; at < bytes.length;) {
    found.push(bytes[at] ?? 0);
    let size = 0;
    let shift = 0;
    do {
      at += 1;
      size += ((bytes[at] ?? 0) & 127) << shift;
      shift += 7;
    } while ((bytes[at] ?? 0) > 127);
    at += 1 + size;
  }
  return found;
}
