import * as core from '@tensorflow/tfjs-core';
import type { ImageSet } from '#datasets/dataset.ts';
import { startBackend, stopBackend } from '#src/engine/backends.ts';
import { programBackend } from '#src/engine/program/backend.ts';
import { createStepper, type Steps } from '#src/engine/program/stepper.ts';
import { computeGradients } from '#src/nn/gradients.ts';
import { createOptimizer } from '#src/nn/optimizers.ts';
import type { OptimizerKind } from '#src/nn/optimizers.ts';
import { createRandom } from '#src/nn/random.ts';
import { readTensors } from '#src/nn/read.ts';
import * as tf from '#src/nn/tf.ts';
import { createClassifier, createPictureNet, createPlayers } from '../engine/program/networks.ts';
import { createTask } from '#src/playgrounds/digit-cnn/task.ts';
import { spec } from '#src/playgrounds/digit-cnn/spec.ts';
import type { NamedArrays } from '#src/training/journal.ts';
import { defaultValues } from '#src/training/spec.ts';

/** What a run of some steps came to. */
export interface Outcome {
  backend: string;
  metrics: [name: string, value: number][];
  weights: Record<string, number[]>;
  /** How the last step ran, and how many ran so. */
  state: string;
  replayed: number;
  /** What the GPU was given in the last step: shaders, and how often it was sent (WebGPU) or told (WebGL) something. */
  shaders: number;
  sent: number;
  /** On the GPU after the last step: what tfjs's pool keeps and what the program has. */
  bytes: number;
  becomes: Record<string, number>;
  /** Calls that the program makes, and how many of them were measured. */
  called: number;
  timed: number;
  /** Tensors, and buffers or textures of the GPU that tfjs's pool has not, that are there and were not before. */
  left: { tensors: number; buffers: number };
}

export type Gpu = 'webgpu' | 'webgl';

type Trained = Steps & { dispose(): void };

/** Some steps, each as tfjs does it or by a program as soon as there is one. */
async function run(
  on: Gpu,
  create: () => Trained,
  by: 'plain' | 'program',
  steps: number,
  between?: (done: number) => Promise<void>,
) {
  const { name: backend } = await startBackend(on);
  const buffers = on === 'webgpu' ? countBuffers() : countTextures();
  const tensorsBefore = core.memory().numTensors;
  const task = create();
  const stepper = createStepper(task, by === 'program' ? programBackend() : undefined, () => performance.now());
  let given = { shaders: 0, sent: 0 };
  let replayed = 0;
  for (let step = 1; step <= steps; step += 1) {
    given = await (on === 'webgpu' ? counting : countingGl)(() => stepper.step());
    if (stepper.state().state === 'replayed') replayed += 1;
    await between?.(step);
  }
  const metrics = (await stepper.readMetrics()).map(({ metric, value }): [string, number] => [metric, value]);
  const weights = numbersOf(await task.checkpoint());
  const { state } = stepper.state();
  const report = stepper.report();
  const bytes = buffers.bytes();
  const becomes: Record<string, number> = {};
  for (const call of report?.calls ?? []) becomes[call.becomes] = (becomes[call.becomes] ?? 0) + 1;
  const timed = report?.calls.filter(({ microseconds }) => microseconds > 0).length ?? 0;
  const called = report?.counts.after ?? 0;
  stepper.dispose();
  task.dispose();
  const left = { tensors: core.memory().numTensors - tensorsBefore, buffers: buffers.ownLeft() };
  await stopBackend();
  return {
    backend,
    called,
    timed,
    metrics,
    weights,
    state,
    replayed,
    ...given,
    bytes,
    becomes,
    left,
  } satisfies Outcome;
}

/** A network of 2, 9 and 1 units: noise, a rate that falls, and a loss that is read seldom. */
export function trainSmall(on: Gpu, by: 'plain' | 'program', kind: OptimizerKind, steps: number): Promise<Outcome> {
  return run(on, () => smallTask(kind), by, steps);
}

/**
 * The same network while others look and change: a weight is set by hand, a copy of it is held for some steps, later
 * everything goes back to a checkpoint, and at last the weight is read while steps go on.
 *
 * @returns also what the copy held at first and at last, and what was read.
 */
export async function trainWithEdits(
  on: Gpu,
  by: 'plain' | 'program',
  steps: number,
): Promise<Outcome & { held: number[][] }> {
  let task: ReturnType<typeof smallTask> | undefined;
  let copy: core.Tensor | undefined;
  let checkpoint: NamedArrays | undefined;
  let awaited: Promise<ArrayLike<number> & Iterable<number>> | undefined;
  const held: number[][] = [];
  const outcome = await run(
    on,
    () => (task = smallTask('adam')),
    by,
    steps,
    async (done) => {
      if (task === undefined) return;
      const { w1 } = task.weights;
      if (done === 10) tf.tidy(() => w1.assign(tf.mul(w1, 0.5)));
      if (done === 14) copy = tf.clone(w1);
      if (done === 18) checkpoint = await task.checkpoint();
      if (done === 22 && checkpoint !== undefined) task.restore(checkpoint, 18);
      if (copy !== undefined && (done === 14 || done === 24)) held.push([...(await copy.data())]);
      if (done === 24) copy?.dispose();
      // tfjs on WebGPU fails by itself where a tensor goes while it is read.
      if (done === 26 && on === 'webgl') awaited = w1.data();
      if (done === 28 && awaited !== undefined) held.push([...(await awaited)]);
    },
  );
  return { ...outcome, held };
}

const networks = {
  'batch norm and dropout': createClassifier,
  'two players': createPlayers,
  'convolution and average pooling': () => createPictureNet('tanh', 'average'),
};
export type NetworkName = keyof typeof networks;

/**
 * A network of those that programs are tested with on WASM, while others look at its variables.
 *
 * @returns also what they saw.
 */
export async function trainNetwork(
  on: Gpu,
  by: 'plain' | 'program',
  name: NetworkName,
  steps: number,
): Promise<Outcome & { seen: number[][] }> {
  let variables: readonly tf.Variable[] = [];
  const seen: number[][] = [];
  const outcome = await run(
    on,
    () => {
      const network = networks[name]();
      variables = Object.values(network.variables);
      return network;
    },
    by,
    steps,
    async (done) => {
      if (done % 5 === 0) for (const variable of variables) seen.push([...(await variable.data())]);
    },
  );
  return { ...outcome, seen };
}

/** The small network, updated twice in every step. */
export async function trainTwiceAStep(on: Gpu, by: 'plain' | 'program', steps: number): Promise<Outcome> {
  return run(on, () => smallTask('adam', () => 32, 2), by, steps);
}

/** The small network, whose batches have another size from a step on. */
export async function trainWithOtherBatches(
  on: Gpu,
  by: 'plain' | 'program',
  steps: number,
  from: number,
): Promise<Outcome> {
  return run(on, () => smallTask('adam', (step) => (step < from ? 32 : 20)), by, steps);
}

/** The book's network for digits, on pictures of noise, in small batches. */
export function trainDigits(on: Gpu, by: 'plain' | 'program', steps: number): Promise<Outcome> {
  const data = { train: noise(64), unseen: noise(1000) };
  const values = { ...defaultValues(spec.hyperparameters), batchSize: 4, dropout: 0.3, l2: 0.01 };
  return run(on, () => createTask(data, values, 7), by, steps);
}

function smallTask(kind: OptimizerKind, batchSize: (step: number) => number = () => 32, updates = 1) {
  const random = createRandom(9, 'network');
  const weights = {
    w1: tf.variable(tf.tensor(random.normals(18), [2, 9])),
    b1: tf.variable(tf.zeros([9])),
    w2: tf.variable(tf.tensor(random.normals(9), [9, 1])),
    b2: tf.variable(tf.zeros([1])),
  };
  const optimizer = createOptimizer(kind, weights);
  let unread: { step: number; loss: core.Tensor }[] = [];
  let steps = 0;
  return {
    weights,
    get steps() {
      return steps;
    },
    step() {
      const batch = createRandom(3, 'batch', steps);
      const size = batchSize(steps);
      const points = batch.normals(2 * size);
      const products = Array.from({ length: size }, (_, at) => (points[2 * at] ?? 0) * (points[2 * at + 1] ?? 0));
      const mask = batch.normals(9 * size).map((value) => (value > 0.5 ? 0 : 1.4));
      const x = tf.tensor(points, [size, 2]);
      const y = tf.tensor(products, [size, 1]);
      const drop = tf.tensor(mask, [size, 9]);
      const learn = () => {
        const { loss, gradients } = computeGradients(() => {
          const { w1, b1, w2, b2 } = weights as unknown as Record<keyof typeof weights, core.Tensor2D>;
          const hidden = tf.mul(tf.tanh(tf.add(tf.matMul(x as core.Tensor2D, w1), b1)), drop);
          return tf.mean(tf.square(tf.sub(tf.add(tf.matMul(hidden as core.Tensor2D, w2), b2), y)));
        }, weights);
        optimizer.apply(gradients, 0.03 / (1 + steps / 10));
        tf.dispose(gradients);
        return loss;
      };
      for (let update = 1; update < updates; update += 1) learn().dispose();
      const loss = learn();
      steps += 1;
      unread.push({ step: steps, loss });
      tf.dispose([x, y, drop]);
      return Promise.resolve(undefined);
    },
    async readMetrics() {
      const waiting = unread;
      unread = [];
      const read = await readTensors(Object.fromEntries(waiting.map(({ step, loss }) => [String(step), loss])));
      tf.dispose(waiting.map(({ loss }) => loss));
      return waiting.map(({ step }) => ({ step, metric: 'loss', value: read[String(step)]?.values[0] ?? Number.NaN }));
    },
    checkpoint: () => readTensors({ ...weights, ...optimizer.state() }),
    restore(tensors: NamedArrays, done: number) {
      tf.tidy(() => {
        const made = Object.entries(tensors).map(
          ([name, { shape, values }]) => [name, tf.tensor(values, [...shape], 'float32')] as const,
        );
        for (const [name, tensor] of made) if (name in weights) weights[name as keyof typeof weights].assign(tensor);
        optimizer.restore(Object.fromEntries(made), done * updates);
      });
      steps = done;
    },
    dispose() {
      tf.dispose([Object.values(weights), unread.map(({ loss }) => loss)]);
      optimizer.dispose();
    },
  };
}

function noise(count: number): ImageSet {
  const random = createRandom(2, 'pictures', count);
  const pixels = Uint8Array.from(random.normals(count * 784), (value) => Math.min(255, Math.abs(value) * 100));
  const labels = Uint8Array.from({ length: count }, (_, at) => at % 10);
  return { count, height: 28, width: 28, pixels, labels };
}

function numbersOf(tensors: NamedArrays): Record<string, number[]> {
  return Object.fromEntries(Object.entries(tensors).map(([name, { values }]) => [name, [...values]]));
}

/** How many shaders the GPU is given, and how often it is sent something. */
async function counting(compute: () => Promise<unknown>): Promise<{ shaders: number; sent: number }> {
  const counts = { shaders: 0, sent: 0 };
  const { prototype: pass } = GPUComputePassEncoder;
  const { prototype: queue } = GPUQueue;
  const { dispatchWorkgroups } = pass;
  const { submit } = queue;
  pass.dispatchWorkgroups = function (...size) {
    counts.shaders += 1;
    dispatchWorkgroups.apply(this, size);
  };
  queue.submit = function (commands) {
    counts.sent += 1;
    submit.call(this, commands);
  };
  try {
    await compute();
  } finally {
    Object.assign(pass, { dispatchWorkgroups });
    Object.assign(queue, { submit });
  }
  return counts;
}

/** The same on WebGL: how often something is drawn, and all calls. */
async function countingGl(compute: () => Promise<unknown>): Promise<{ shaders: number; sent: number }> {
  const counts = { shaders: 0, sent: 0 };
  const prototype = WebGL2RenderingContext.prototype as unknown as Record<string, unknown>;
  const plain = Object.entries(Object.getOwnPropertyDescriptors(prototype)).filter(
    ([name, { value }]) => typeof value === 'function' && name !== 'constructor',
  );
  for (const [name, { value }] of plain) {
    const method = value as (...args: unknown[]) => unknown;
    prototype[name] = function (this: unknown, ...args: unknown[]) {
      counts.sent += 1;
      if (name === 'drawElements') counts.shaders += 1;
      return method.apply(this, args);
    };
  }
  try {
    await compute();
  } finally {
    for (const [name, descriptor] of plain) Object.defineProperty(prototype, name, descriptor);
  }
  return counts;
}

/** Watches the textures of the backend that runs. */
function countTextures(): { ownLeft(): number; bytes(): number } {
  const { textureManager } = core.backend() as unknown as {
    textureManager: { numBytesAllocated: number; getNumUsedTextures(): number };
  };
  const before = textureManager.getNumUsedTextures();
  return {
    bytes: () => textureManager.numBytesAllocated,
    ownLeft: () => textureManager.getNumUsedTextures() - before,
  };
}

/** Watches the buffers of the device that runs, from now on. */
function countBuffers(): { ownLeft(): number; bytes(): number } {
  const backend = core.backend() as unknown as {
    device: GPUDevice;
    bufferManager: Record<'usedBuffers' | 'freeBuffers', Map<string, GPUBuffer[]>>;
  };
  const { device, bufferManager } = backend;
  const alive = new Set<GPUBuffer>();
  const create = device.createBuffer.bind(device);
  device.createBuffer = (descriptor) => {
    const buffer = create(descriptor);
    const destroy = buffer.destroy.bind(buffer);
    alive.add(buffer);
    buffer.destroy = () => {
      alive.delete(buffer);
      destroy();
    };
    return buffer;
  };
  return {
    bytes: () => [...alive].reduce((sum, { size }) => sum + size, 0),
    ownLeft() {
      Reflect.deleteProperty(device, 'createBuffer');
      const { usedBuffers, freeBuffers } = bufferManager;
      const pool = new Set([usedBuffers, freeBuffers].flatMap((lists) => [...lists.values()].flat()));
      return [...alive].filter((buffer) => !pool.has(buffer)).length;
    },
  };
}
