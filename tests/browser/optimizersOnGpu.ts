import * as core from '@tensorflow/tfjs-core';
import { startBackend } from '#src/engine/backends.ts';
import { createOptimizer } from '#src/nn/optimizers.ts';
import type { OptimizerKind } from '#src/nn/optimizers.ts';
import { createRandom } from '#src/nn/random.ts';
import * as tf from '#src/nn/tf.ts';
import type { BackendName } from '#src/training/protocol.ts';
import { countPrograms } from './countPrograms.ts';

/** Shapes of one number, fewer and more than four, and several workgroups or rows of a texture. */
const shapes = { a: [1], b: [3], c: [2, 2], d: [1, 5, 2], e: [3, 11, 1, 31], f: [] };

export interface Trained {
  backend: string;
  /** Weights and state, by name. */
  values: Record<string, number[]>;
  /** What the GPU was given to run in the last update. */
  dispatches: number;
  /** Buffers there are more than before, after everything is disposed. */
  left: number;
}

/**
 * Some updates of several variables.
 *
 * @param checkpointAfter an update after which weights and state go to the CPU, and new ones go on from there.
 */
export async function train(
  backend: BackendName,
  kind: OptimizerKind,
  steps: number,
  checkpointAfter = 0,
): Promise<Trained> {
  const started = await startBackend(backend);
  const before = core.memory().numDataBuffers;
  let weights = eachShape((name, shape) => tf.variable(random(name, shape)));
  let optimizer = createOptimizer(kind, weights);
  let dispatches = 0;
  for (let step = 1; step <= steps; step += 1) {
    const gradients = eachShape((name, shape) => onDevice(random(`${name}${String(step)}`, shape)));
    dispatches = countPrograms(() => optimizer.apply(gradients, 0.1 / step));
    tf.dispose(gradients);
    if (step !== checkpointAfter) continue;
    const values = await read({ ...weights, ...optimizer.state() });
    const state = Object.keys(optimizer.state());
    optimizer.dispose();
    tf.dispose(weights);
    weights = eachShape((name, shape) => tf.variable(tf.tensor(values[name] ?? [], shape)));
    optimizer = createOptimizer(kind, weights);
    tf.tidy(() => optimizer.restore(Object.fromEntries(state.map((key) => [key, saved(key, values)])), step));
  }
  const values = await read({ ...weights, ...optimizer.state() });
  optimizer.dispose();
  tf.dispose(weights);
  return { backend: started.name, values, dispatches, left: core.memory().numDataBuffers - before };
}

type Name = keyof typeof shapes;

function eachShape<T>(make: (name: Name, shape: number[]) => T): Record<string, T> {
  return Object.fromEntries((Object.keys(shapes) as Name[]).map((name) => [name, make(name, shapes[name])]));
}

function saved(key: string, values: Record<string, number[]>): tf.Tensor {
  return tf.tensor(values[key] ?? [], shapes[key.split('/')[0] as Name]);
}

function random(stream: string, shape: number[]): tf.Tensor {
  return tf.tensor(createRandom(4, stream).normals(shape.reduce((size, along) => size * along, 1)), shape);
}

/** The tensor, where a backward pass leaves one. */
function onDevice(tensor: tf.Tensor): tf.Tensor {
  (core.backend() as { uploadToGPU?: (dataId: object) => void }).uploadToGPU?.(tensor.dataId);
  return tensor;
}

async function read(tensors: Record<string, tf.Tensor>): Promise<Record<string, number[]>> {
  const values: Record<string, number[]> = {};
  for (const [name, tensor] of Object.entries(tensors)) values[name] = [...(await tensor.data())];
  return values;
}
