import { createRandom, type Random } from '#src/nn/random.ts';

/** What is measured: small networks as a book on networks trains them. */
export const workloadNames = ['mlp', 'gan2d', 'cnn', 'dcgan', 'lstm', 'char', 'rgb64'] as const;
export type WorkloadName = (typeof workloadNames)[number];

export interface Numbers<Values extends Float32Array | Int32Array = Float32Array<ArrayBuffer>> {
  shape: number[];
  values: Values;
}

/**
 * What every library starts from: the same first weights and the same batch. Shapes are tfjs's: kernels
 * `[height, width, in, out]` (of a transposed convolution `[height, width, out, in]`), dense weights `[in, out]`, those
 * of an LSTM `[in, 4 * units]` and `[units, 4 * units]` with its gates in the order input, forget, cell, output.
 */
export interface Given<Name extends string = string> {
  learningRate: number;
  weights: Record<Name, Numbers>;
  batch: Batch;
}

export interface Batch {
  size: number;
  /** What goes in: pictures `[batch, height, width, channels]`, points `[batch, 2]`, token numbers `[batch, time]`. */
  x: Numbers<Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>>;
  /** Classes or 0 and 1, one for each example (for `char` one for each letter); of a GAN none. */
  labels: Int32Array<ArrayBuffer>;
  /** A GAN's latent `[batch, latent]`; of the others none. */
  z: Numbers;
}

/** Initial weights and batch of each workload; the same seed gives the same numbers. */
export const given = {
  mlp: give(1e-2, (random, batch) => ({
    weights: { ...dense(random, 'dense1', 2, 8), ...dense(random, 'dense2', 8, 8), ...dense(random, 'dense3', 8, 1) },
    batch: quadrants(batch, 32),
  })),
  gan2d: give(1e-3, (random, batch) => ({
    weights: {
      ...dense(random, 'generator1', 2, 14),
      ...dense(random, 'generator2', 14, 14),
      ...dense(random, 'generator3', 14, 2),
      ...dense(random, 'discriminator1', 2, 14),
      ...dense(random, 'discriminator2', 14, 14),
      ...dense(random, 'discriminator3', 14, 1),
    },
    batch: ring(batch, 150),
  })),
  cnn: give(1e-3, (random, batch) => ({
    weights: {
      ...convolution(random, 'conv1', 3, 1, 8),
      ...convolution(random, 'conv2', 3, 8, 16),
      ...dense(random, 'dense', 400, 10),
    },
    batch: blobs(batch, [64, 28, 28, 1], 10),
  })),
  dcgan: give(1e-3, (random, batch) => ({
    weights: {
      ...dense(random, 'generator1', 64, 1568),
      ...transposedConvolution(random, 'generator2', 4, 32, 16),
      ...transposedConvolution(random, 'generator3', 4, 16, 1),
      ...convolution(random, 'discriminator1', 4, 1, 16),
      ...convolution(random, 'discriminator2', 4, 16, 32),
      ...dense(random, 'discriminator3', 1568, 1),
    },
    batch: {
      ...blobs(batch, [32, 28, 28, 1], 10),
      z: { shape: [32, 64], values: Float32Array.from(batch.normals(32 * 64)) },
    },
  })),
  lstm: give(1e-3, (random, batch) => ({
    weights: {
      embedding: uniform(random, [500, 32], 0.05),
      ...lstm(random, 'lstm1', 32, 32),
      ...lstm(random, 'lstm2', 32, 32),
      ...dense(random, 'dense', 32, 10),
    },
    batch: sentences(batch, 32, 20),
  })),
  char: give(1e-3, (random, batch) => ({
    weights: { ...lstm(random, 'lstm', 64, 128), ...dense(random, 'dense', 128, 64) },
    batch: letters(batch, 32, 64),
  })),
  /** Not timed: its kernel calls are counted. */
  lstm64: give(1e-3, (random, batch) => ({
    weights: { ...lstm(random, 'lstm', 64, 64), ...dense(random, 'dense', 64, 64) },
    batch: letters(batch, 32, 40),
  })),
  rgb64: give(1e-3, (random, batch) => ({
    weights: {
      ...convolution(random, 'conv1', 3, 3, 32),
      ...convolution(random, 'conv2', 3, 32, 64),
      ...convolution(random, 'conv3', 3, 64, 128),
      ...convolution(random, 'conv4', 3, 128, 128),
      ...dense(random, 'dense1', 512, 512),
      ...dense(random, 'dense2', 512, 1),
    },
    batch: blobs(batch, [16, 64, 64, 3], 2),
  })),
};

function give<Name extends string>(
  learningRate: number,
  make: (weights: Random, batch: Random) => { weights: Record<Name, Numbers>; batch: Batch },
): (seed: number) => Given<Name> {
  return (seed) => ({ learningRate, ...make(createRandom(seed, 'weights'), createRandom(seed, 'batch')) });
}

/** Every number even in ±limit. */
function uniform(random: Random, shape: number[], limit: number): Numbers {
  return { shape, values: Float32Array.from(random.uniforms(count(shape)), (even) => (2 * even - 1) * limit) };
}

/** Glorot and Bengio 2010, eq. 16. */
function glorot(random: Random, shape: number[], fanIn: number, fanOut: number): Numbers {
  return uniform(random, shape, Math.sqrt(6 / (fanIn + fanOut)));
}

function zeros(shape: number[]): Numbers {
  return { shape, values: new Float32Array(count(shape)) };
}

/** Names by layer and part, such as `conv1Kernel`, known to the compiler. */
type Parts<Layer extends string, Part extends string> = Record<`${Layer}${Part}`, Numbers>;

function dense<Layer extends string>(random: Random, layer: Layer, inputs: number, units: number) {
  const weights = glorot(random, [inputs, units], inputs, units);
  return { [`${layer}Weights`]: weights, [`${layer}Bias`]: zeros([units]) } as Parts<Layer, 'Weights' | 'Bias'>;
}

function convolution<Layer extends string>(
  random: Random,
  layer: Layer,
  size: number,
  inputs: number,
  filters: number,
) {
  const kernel = glorot(random, [size, size, inputs, filters], size * size * inputs, size * size * filters);
  return { [`${layer}Kernel`]: kernel, [`${layer}Bias`]: zeros([filters]) } as Parts<Layer, 'Kernel' | 'Bias'>;
}

function transposedConvolution<Layer extends string>(
  random: Random,
  layer: Layer,
  size: number,
  inputs: number,
  filters: number,
) {
  const kernel = glorot(random, [size, size, filters, inputs], size * size * inputs, size * size * filters);
  return { [`${layer}Kernel`]: kernel, [`${layer}Bias`]: zeros([filters]) } as Parts<Layer, 'Kernel' | 'Bias'>;
}

/** The forget gate starts open: Jozefowicz et al. 2015, section 2.2. */
function lstm<Layer extends string>(random: Random, layer: Layer, inputs: number, units: number) {
  const kernel = glorot(random, [inputs, 4 * units], inputs, 4 * units);
  const recurrent = glorot(random, [units, 4 * units], units, 4 * units);
  const bias = { shape: [4 * units], values: new Float32Array(4 * units).fill(1, units, 2 * units) };
  const parts = { [`${layer}Kernel`]: kernel, [`${layer}Recurrent`]: recurrent, [`${layer}Bias`]: bias };
  return parts as Parts<Layer, 'Kernel' | 'Recurrent' | 'Bias'>;
}

const noLatent: Numbers = { shape: [0], values: new Float32Array(0) };

/** Points of the plane; class 1 where both coordinates have the same sign. */
function quadrants(random: Random, size: number): Batch {
  const x = Float32Array.from(random.uniforms(size * 2), (even) => 2 * even - 1);
  const labels = new Int32Array(size).map((_, at) => Number((x[2 * at] ?? 0) * (x[2 * at + 1] ?? 0) > 0));
  return { size, x: { shape: [size, 2], values: x }, labels, z: noLatent };
}

/** Points near a circle, for a GAN to learn. */
function ring(random: Random, size: number): Batch {
  const x = new Float32Array(size * 2);
  for (let at = 0; at < size; at++) {
    const angle = 2 * Math.PI * random.uniform();
    x[2 * at] = 0.6 * Math.cos(angle) + 0.05 * random.normal();
    x[2 * at + 1] = 0.6 * Math.sin(angle) + 0.05 * random.normal();
  }
  const z = Float32Array.from(random.uniforms(size * 2), (even) => 2 * even - 1);
  return { size, x: { shape: [size, 2], values: x }, labels: new Int32Array(0), z: { shape: [size, 2], values: z } };
}

/** Noise with a bright blob, whose place is the class. */
function blobs(random: Random, shape: [number, number, number, number], classes: number): Batch {
  const [size, height, width, channels] = shape;
  const values = new Float32Array(size * height * width * channels);
  const labels = new Int32Array(size).map(() => random.integer(classes));
  let at = 0;
  for (const label of labels) {
    const centreY = height * (0.25 + (0.5 * ((label * 37) % classes)) / classes);
    const centreX = width * (0.2 + (0.6 * label) / classes);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const blob = Math.exp(-((y - centreY) ** 2 + (x - centreX) ** 2) / (2 * (height / 7) ** 2));
        for (let channel = 0; channel < channels; channel++) values[at++] = blob + 0.3 * (random.uniform() - 0.5);
      }
    }
  }
  return { size, x: { shape, values }, labels, z: noLatent };
}

/** Sequences of 500 words; three of ten are of the 50 that belong to its class. */
function sentences(random: Random, size: number, timeSteps: number): Batch {
  const labels = new Int32Array(size).map(() => random.integer(10));
  const words = [...labels].flatMap((label) =>
    Array.from({ length: timeSteps }, () =>
      random.uniform() < 0.3 ? label * 50 + random.integer(50) : random.integer(500),
    ),
  );
  return { size, x: { shape: [size, timeSteps], values: Int32Array.from(words) }, labels, z: noLatent };
}

/** Each letter follows from the one before, but for one in ten. */
function letters(random: Random, size: number, timeSteps: number): Batch {
  const x = new Int32Array(size * timeSteps);
  const labels = new Int32Array(size * timeSteps);
  for (let example = 0, at = 0; example < size; example++) {
    let letter = random.integer(64);
    for (let time = 0; time < timeSteps; time++, at++) {
      x[at] = letter;
      letter = (letter * 5 + 7 + Number(random.uniform() < 0.1)) % 64;
      labels[at] = letter;
    }
  }
  return { size, x: { shape: [size, timeSteps], values: x }, labels, z: noLatent };
}

function count(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
