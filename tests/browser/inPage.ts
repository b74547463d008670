import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { Page } from 'playwright';
import { build, type Plugin } from 'vite';
import { serveBelow } from './staticHost.ts';

type Called<Module, Name extends keyof Module> = Extract<Module[Name], (...args: never[]) => unknown>;

/** A module of this project that runs in a page. */
export interface InPage<Module> {
  page: Page;
  /**
   * Calls an exported function there. Arguments and result are plain data: numbers, text, arrays, typed arrays, objects.
   *
   * @throws Error with the page's own message and stack where the function throws.
   */
  call<Name extends keyof Module & string>(
    name: Name,
    ...args: Parameters<Called<Module, Name>>
  ): Promise<Awaited<ReturnType<Called<Module, Name>>>>;
  /** Warnings and errors that the page wrote to its console so far: a GPU reports its faults there alone. */
  said: readonly string[];
  /** Closes the page and its server. */
  close(): Promise<void>;
}

/**
 * Runs a TypeScript file of this project in a browser's page: bundled as the book is (tfjs with it, aliases, files by
 * `?url`, workers), served from localhost. The browser is the caller's, and so are its flags:
 *
 * ```ts
 * import type * as sums from './sums.ts'; // export async function sum(values: number[]): Promise<number>
 *
 * test.use({ launchOptions: launchOptions(...softwareGpu) }); // or: chromium.launch(launchOptions(...softwareGpu))
 * test('the sum of 1 and 2 is 3 on a GPU', async ({ page }) => {
 *   const inPage = await openInPage<typeof sums>(page, 'tests/engine/sums.ts');
 *   expect(await inPage.call('sum', [1, 2])).toBe(3);
 *   await inPage.close();
 * });
 * ```
 *
 * @param page a fresh one; state in the module lives as long as it.
 * @param file from the root of the repository.
 * @param plugins of Vite, for modules that need more than the plainest build.
 */
export async function openInPage<Module>(
  page: Page,
  file: string,
  plugins: readonly Plugin[] = [],
): Promise<InPage<Module>> {
  const host = await serveBelow('/', await bundled(file, plugins));
  const said: string[] = [];
  page.on('console', (message) => {
    if (['warning', 'error'].includes(message.type())) said.push(message.text());
  });
  page.on('pageerror', ({ stack, message }) => said.push(stack ?? message));
  await page.goto(host.root);
  return {
    page,
    call: (name, ...args) => page.evaluate(callModule, { name, args }) as never,
    said,
    async close() {
      await page.close();
      host.close();
    },
  };
}

/** Runs in the page. */
async function callModule({ name, args }: { name: string; args: unknown[] }): Promise<unknown> {
  const address = new URL('module.js', document.baseURI).href;
  const module = (await import(/* @vite-ignore */ address)) as Record<string, (...args: unknown[]) => unknown>;
  const called = module[name];
  if (called === undefined) throw new Error(`The module in this page does not export ${name}.`);
  return called(...args);
}

const root = resolve(import.meta.dirname, '../..');

/** Each file is bundled once a process. */
const folders = new Map<string, Promise<string>>();

function bundled(file: string, plugins: readonly Plugin[]): Promise<string> {
  const known = folders.get(file) ?? bundle(file, plugins);
  folders.set(file, known);
  return known;
}

async function bundle(file: string, plugins: readonly Plugin[]): Promise<string> {
  const name = relative(root, resolve(root, file)).replace(/\W+/g, '-');
  const folder = join(root, '.cache/page', name);
  await mkdir(folder, { recursive: true });
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    base: './',
    publicDir: false,
    worker: { format: 'es' },
    plugins: [...plugins],
    build: {
      target: 'es2022',
      minify: false,
      assetsInlineLimit: 0,
      outDir: folder,
      emptyOutDir: true,
      rolldownOptions: {
        input: { module: resolve(root, file) },
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: '[name].js' },
      },
    },
  });
  await writeFile(
    join(folder, 'index.html'),
    '<!doctype html><meta charset="utf-8" /><link rel="icon" href="data:," />',
  );
  return folder;
}
