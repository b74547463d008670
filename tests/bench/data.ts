import { createRandom, type Random } from '#src/nn/random.ts';

/** What is measured: small networks as a book on networks trains them. */
export const workloadNames = ['mlp', 'gan2d', 'cnn', 'dcgan', 'lstm', 'char', 'rgb64'] as const;
export type WorkloadName = (typeof workloadNames)[number];

export interface Numbers {
  shape: number[];
  values: Float32Array<ArrayBuffer>;
}

/**
 * What every library starts from: the same first weights and the same batch. Shapes are tfjs's: kernels
 * `[height, width, in, out]` (of a transposed convolution `[height, width, out, in]`), dense weights `[in, out]`, those
 * of an LSTM `[in, 4 * units]` and `[units, 4 * units]` with its gates in the order input, forget, cell, output.
 */
export interface Given {
  learningRate: number;
  weights: Record<string, Numbers>;
  batch: Batch;
}

export interface Batch {
  size: number;
  /** What goes in: pictures `[batch, height, width, channels]`, points `[batch, 2]` or token numbers `[batch, time]`. */
  x: Numbers;
  /** Classes or 0 and 1, one for each example (for `char` one for each character); of a GAN none. */
  labels: Int32Array<ArrayBuffer>;
  /** A GAN's latent `[batch, latent]`. */
  z?: Numbers;
}

/** @param seed the same seed gives the same numbers, in every library. */
export function createGiven(workload: WorkloadName, seed: number): Given {
  const batch = createRandom(seed, 'batch');
  const weights = createRandom(seed, 'weights');
  switch (workload) {
    case 'mlp':
      return {
        learningRate: 1e-2,
        weights: {
          ...dense(weights, 'dense1', 2, 8),
          ...dense(weights, 'dense2', 8, 8),
          ...dense(weights, 'dense3', 8, 1),
        },
        batch: quadrants(batch, 32),
      };
    case 'gan2d':
      return {
        learningRate: 1e-3,
        weights: {
          ...dense(weights, 'generator1', 2, 14),
          ...dense(weights, 'generator2', 14, 14),
          ...dense(weights, 'generator3', 14, 2),
          ...dense(weights, 'discriminator1', 2, 14),
          ...dense(weights, 'discriminator2', 14, 14),
          ...dense(weights, 'discriminator3', 14, 1),
        },
        batch: ring(batch, 150),
      };
    case 'cnn':
      return {
        learningRate: 1e-3,
        weights: {
          ...convolution(weights, 'conv1', 3, 1, 8),
          ...convolution(weights, 'conv2', 3, 8, 16),
          ...dense(weights, 'dense', 400, 10),
        },
        batch: blobs(batch, [64, 28, 28, 1], 10),
      };
    case 'dcgan':
      return {
        learningRate: 1e-3,
        weights: {
          ...dense(weights, 'generator1', 64, 1568),
          ...transposedConvolution(weights, 'generator2', 4, 32, 16),
          ...transposedConvolution(weights, 'generator3', 4, 16, 1),
          ...convolution(weights, 'discriminator1', 4, 1, 16),
          ...convolution(weights, 'discriminator2', 4, 16, 32),
          ...dense(weights, 'discriminator3', 1568, 1),
        },
        batch: {
          ...blobs(batch, [32, 28, 28, 1], 10),
          z: { shape: [32, 64], values: Float32Array.from(batch.normals(32 * 64)) },
        },
      };
    case 'lstm':
      return {
        learningRate: 1e-3,
        weights: {
          embedding: uniform(weights, [500, 32], 0.05),
          ...lstm(weights, 'lstm1', 32, 32),
          ...lstm(weights, 'lstm2', 32, 32),
          ...dense(weights, 'dense', 32, 10),
        },
        batch: sentences(batch, 32, 20),
      };
    case 'char':
      return createCharacters(seed, 64, 128);
    case 'rgb64':
      return {
        learningRate: 1e-3,
        weights: {
          ...convolution(weights, 'conv1', 3, 3, 32),
          ...convolution(weights, 'conv2', 3, 32, 64),
          ...convolution(weights, 'conv3', 3, 64, 128),
          ...convolution(weights, 'conv4', 3, 128, 128),
          ...dense(weights, 'dense1', 512, 512),
          ...dense(weights, 'dense2', 512, 1),
        },
        batch: blobs(batch, [16, 64, 64, 3], 2),
      };
  }
}

/** Letters of a vocabulary of 64, each asked for the one after it. */
export function createCharacters(seed: number, timeSteps: number, units: number): Given {
  const weights = createRandom(seed, 'weights');
  return {
    learningRate: 1e-3,
    weights: { ...lstm(weights, 'lstm', 64, units), ...dense(weights, 'dense', units, 64) },
    batch: characters(createRandom(seed, 'batch'), 32, timeSteps),
  };
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

function dense(random: Random, name: string, inputs: number, units: number) {
  return { [`${name}Weights`]: glorot(random, [inputs, units], inputs, units), [`${name}Bias`]: zeros([units]) };
}

function convolution(random: Random, name: string, size: number, inputs: number, filters: number) {
  const kernel = glorot(random, [size, size, inputs, filters], size * size * inputs, size * size * filters);
  return { [`${name}Kernel`]: kernel, [`${name}Bias`]: zeros([filters]) };
}

function transposedConvolution(random: Random, name: string, size: number, inputs: number, filters: number) {
  const kernel = glorot(random, [size, size, filters, inputs], size * size * inputs, size * size * filters);
  return { [`${name}Kernel`]: kernel, [`${name}Bias`]: zeros([filters]) };
}

/** The forget gate starts open: Jozefowicz et al. 2015, section 2.2. */
function lstm(random: Random, name: string, inputs: number, units: number) {
  return {
    [`${name}Kernel`]: glorot(random, [inputs, 4 * units], inputs, 4 * units),
    [`${name}Recurrent`]: glorot(random, [units, 4 * units], units, 4 * units),
    [`${name}Bias`]: { shape: [4 * units], values: new Float32Array(4 * units).fill(1, units, 2 * units) },
  };
}

/** Points of the plane; class 1 where both coordinates have the same sign. */
function quadrants(random: Random, size: number): Batch {
  const x = Float32Array.from(random.uniforms(size * 2), (even) => 2 * even - 1);
  const labels = new Int32Array(size).map((_, at) => Number((x[2 * at] ?? 0) * (x[2 * at + 1] ?? 0) > 0));
  return { size, x: { shape: [size, 2], values: x }, labels };
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
  return { size, x: { shape, values }, labels };
}

/** Sequences of 500 words; three of ten are of the 50 that belong to its class. */
function sentences(random: Random, size: number, timeSteps: number): Batch {
  const labels = new Int32Array(size).map(() => random.integer(10));
  const words = [...labels].flatMap((label) =>
    Array.from({ length: timeSteps }, () =>
      random.uniform() < 0.3 ? label * 50 + random.integer(50) : random.integer(500),
    ),
  );
  return { size, x: { shape: [size, timeSteps], values: Float32Array.from(words) }, labels };
}

/** Each letter follows from the one before, but for one in ten. */
function characters(random: Random, size: number, timeSteps: number): Batch {
  const letters = new Float32Array(size * timeSteps);
  const labels = new Int32Array(size * timeSteps);
  for (let example = 0, at = 0; example < size; example++) {
    let letter = random.integer(64);
    for (let time = 0; time < timeSteps; time++, at++) {
      letters[at] = letter;
      letter = (letter * 5 + 7 + Number(random.uniform() < 0.1)) % 64;
      labels[at] = letter;
    }
  }
  return { size, x: { shape: [size, timeSteps], values: letters }, labels };
}

function count(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
