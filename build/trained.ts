// Trains each playground that trains, from its default seed, and stores what its page shows before the first Run:
// `trained/frame.data` (a snapshot) and `trained/weights.data` (a checkpoint's tensors).
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { startBackend } from '#src/engine/backends.ts';
import { DEFAULT_SEED } from '#src/training/address.ts';
import type { NamedArray, NamedArrays } from '#src/training/journal.ts';
import { defaultValues } from '#src/training/spec.ts';
import type { TaskModule } from '#src/training/task.ts';
import { encodeTensors } from '#src/training/tensorFile.ts';

const STEPS = 1500;
const playgrounds = import.meta.glob<TaskModule>('../src/playgrounds/*/task.ts');

/** The bytes of a file of a data set. */
async function read(file: string): Promise<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = await readFile(`datasets/${file}`);
  return buffer.slice(byteOffset, byteOffset + byteLength);
}

/** The optimizer's state (`<weight>/<slot>`) is of no use to a network that only answers; zeros pack well. */
function weightsOnly(tensors: NamedArrays): NamedArrays {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, values }]) => {
      return [name, { shape, values: name.includes('/') ? new Float32Array(values.length) : values }];
    }),
  );
}

async function train({ spec, load, createTask }: TaskModule): Promise<void> {
  if (spec.kind !== 'trains') return;
  const values = defaultValues(spec.hyperparameters);
  const task = createTask(await load(read), values, DEFAULT_SEED);
  const start = performance.now();
  while (task.steps < STEPS) {
    await task.step();
    await task.readMetrics();
  }
  const seconds = (performance.now() - start) / 1000;
  const result = await task.evaluate();
  const accuracy = result.find(({ metric }) => metric === 'unseen-accuracy')?.value ?? Number.NaN;
  const stored: NamedArray = { shape: [2], values: Float32Array.of(STEPS, accuracy) };
  const snapshot = { ...(await task.snapshot(defaultValues(spec.view))), stored };
  const folder = `src/playgrounds/${spec.id}/trained`;
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}/frame.data`, await encodeTensors(snapshot));
  await writeFile(`${folder}/weights.data`, await encodeTensors(weightsOnly(await task.checkpoint())));
  task.dispose();
  console.log(
    `${spec.id}: ${STEPS} steps in ${seconds.toFixed(1)} s, ${(100 * accuracy).toFixed(1)} % of unseen examples`,
  );
}

await startBackend('wasm');
for (const load of Object.values(playgrounds)) await train(await load());
