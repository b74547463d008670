// Trains playgrounds (those named, or all), from their default seed, and stores what their pages show before the first
// Run: `trained/frame.data` (a snapshot) and `trained/weights.data` (a checkpoint's tensors); of a variant
// `frame.<variant>.data`; of one that only computes a picture alone.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { startBackend } from '#src/engine/backends.ts';
import { DEFAULT_SEED } from '#src/training/address.ts';
import type { NamedArrays } from '#src/training/journal.ts';
import { defaultValues, type Values } from '#src/training/spec.ts';
import type { TaskModule } from '#src/training/task.ts';
import { encodeTensors } from '#src/training/tensorFile.ts';

const wanted = process.argv.slice(3);
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

async function store(module: TaskModule, variant: string, values: Values): Promise<void> {
  const { spec, load, createTask } = module;
  const { steps = 0, metric = '' } = spec.trained ?? {};
  const task = createTask(await load(read), { ...defaultValues(spec.hyperparameters), ...values }, DEFAULT_SEED);
  const start = performance.now();
  while (task.steps < steps) {
    await task.step();
    await task.readMetrics();
    if (task.isEvaluationDue()) await task.evaluate();
  }
  const seconds = (performance.now() - start) / 1000;
  const value = (await task.evaluate()).find((point) => point.metric === metric)?.value ?? Number.NaN;
  const stored: NamedArrays = spec.trained ? { stored: { shape: [2], values: Float32Array.of(steps, value) } } : {};
  const snapshot = { ...(await task.snapshot(defaultValues(spec.view))), ...stored };
  const folder = `src/playgrounds/${spec.id}/trained`;
  const end = variant === '' ? '.data' : `.${variant}.data`;
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}/frame${end}`, await encodeTensors(snapshot));
  if (spec.kind === 'trains')
    await writeFile(`${folder}/weights${end}`, await encodeTensors(weightsOnly(await task.checkpoint())));
  task.dispose();
  console.log(`${spec.id} ${variant}: ${steps} steps in ${seconds.toFixed(1)} s, ${metric} ${value.toFixed(3)}`);
}

await startBackend('wasm');
for (const [path, load] of Object.entries(playgrounds)) {
  if (wanted.length > 0 && !wanted.some((id) => path.includes(`/${id}/`))) continue;
  const module = await load();
  await store(module, '', {});
  for (const [variant, values] of Object.entries(module.spec.trained?.variants ?? {}))
    await store(module, variant, values);
}
