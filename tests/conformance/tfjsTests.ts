import { resolve } from 'node:path';
import type { Plugin } from 'vite';

const jasmine = 'jasmine-core/lib/jasmine-core/jasmine.js';

/**
 * Lets tfjs's own tests be bundled: its package calls them free of side effects, and they ask for a file that Jasmine's
 * package no longer shows.
 */
export function tfjsTests(): Plugin {
  return {
    name: 'tfjs-tests',
    enforce: 'pre',
    resolveId(name, importer) {
      if (name !== jasmine) return undefined;
      const own = resolve('tests/conformance/jasmine.ts');
      return importer === own ? resolve('node_modules', jasmine) : own;
    },
    transform: (code, id) => (id.endsWith('_test.js') ? { code, moduleSideEffects: true } : undefined),
  };
}
