/** Runs in a browser's page: tfjs's own tests, on a backend that starts as the book starts it, with our kernels. */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { setTestEnvs } from '@tensorflow/tfjs-core/dist/jasmine_util';
import { start } from '#src/engine/start.ts';
import * as book from '#src/nn/tf.ts';
import { core } from './jasmine.ts';

export type Backend = 'wasm' | 'webgl' | 'webgpu';

export interface Result {
  /** Of tfjs's package, below `dist`, without its ending: `ops/conv2d_test`. */
  file: string;
  /** All titles from the outermost in, without the backend's. */
  test: string;
  /** Why it failed, or nothing. */
  failure?: string;
}

const folder = '/node_modules/@tensorflow/tfjs-core/dist/';
const modules = import.meta.glob('/node_modules/@tensorflow/tfjs-core/dist/**/*_test.js', { exhaustive: true });
const tests = new Map(
  Object.entries(modules).map(([path, load]) => [path.slice(folder.length, -'.js'.length), load] as const),
);

/** All files of tests that the package has. */
export function files(): string[] {
  return [...tests.keys()];
}

/** The operations of tfjs that models can use. */
export function bookOperations(): string[] {
  return Object.keys(book);
}

/**
 * Runs some files, all their tests in order, once a page.
 *
 * @param except titles of tests that are left out.
 * @returns every test that ran; those that tfjs itself has switched off did not.
 */
export async function run(
  backend: Backend,
  chosen: readonly string[],
  except: readonly string[] = [],
): Promise<Result[]> {
  startAsTheBookDoes(backend);
  setTestEnvs([{ name: backend, backendName: backend, isDataSync: backend !== 'webgpu' }]);
  const jasmine = core().getEnv();
  const titled = (fullName: string) => fullName.replace(` ${backend} {}`, '');
  jasmine.configure({
    random: false,
    forbidDuplicateNames: false,
    specFilter: (spec) => !except.includes(titled(spec.getFullName())),
  });
  const fileOf = new Map<string, string>();
  for (const file of chosen) {
    await tests.get(file)?.();
    for (const { id } of jasmine.topSuite().children) if (!fileOf.has(id)) fileOf.set(id, file);
  }
  const results: Result[] = [];
  let file = '';
  jasmine.addReporter({
    suiteStarted({ id }) {
      file = fileOf.get(id) ?? file;
    },
    specDone({ fullName, status, failedExpectations }) {
      const test = titled(fullName);
      if (status === 'passed') results.push({ file, test });
      if (status === 'failed') results.push({ file, test, failure: messages(failedExpectations) });
    },
    suiteDone({ fullName, failedExpectations }) {
      // A test that has not waited for a read; its group's device is gone.
      const failure = messages(failedExpectations.filter(({ message }) => !message.includes('AbortError')));
      if (failure !== '') results.push({ file, test: `${titled(fullName)}, as a whole`, failure });
    },
  });
  await jasmine.execute();
  return results;
}

function messages(failures: readonly { readonly message: string }[]): string {
  return failures.map(({ message }) => message).join('\n');
}

/** tfjs's tests start a backend anew for each group of them, with tfjs's own settings: ours take their place. */
function startAsTheBookDoes(backend: Backend): void {
  const engine = tf.engine();
  const setBackend = engine.setBackend.bind(engine);
  const ours = async (name: string) => {
    if (name !== backend) return setBackend(name);
    engine.setBackend = setBackend;
    await start(backend);
    engine.setBackend = ours;
    tf.env().set('PROD', false);
    return true;
  };
  engine.setBackend = ours;
}
