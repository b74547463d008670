/** Random numbers of one stream. Each call takes the next ones. */
export interface Random {
  /** Even in [0, 1), a multiple of 2^-24: exact as float32. */
  uniform(): number;
  /** Normally distributed, mean 0, variance 1. */
  normal(): number;
  /** A whole number from 0 to `n - 1`; no number is more likely than another by more than n / 2^32. */
  integer(n: number): number;
  /** The numbers from 0 to `n - 1` in random order, every order equally likely. */
  shuffled(n: number): Uint32Array;
  uniforms(n: number): Float32Array;
  normals(n: number): Float32Array;
}

/**
 * A stream of random numbers that is a pure function of seed, name and counter: the mask of step k is
 * `createRandom(seed, 'dropout', k)`, so a run that goes on from a checkpoint needs no generator state but its step.
 * Streams of different names or counters are independent.
 *
 * @param seed a whole number from 0 to 2^32 - 1.
 * @param stream what the numbers are for, such as 'weights' or 'dropout'.
 * @param counter a whole number from 0 to 2^32 - 1, such as the step.
 */
export function createRandom(seed: number, stream: string, counter = 0): Random {
  const streamKey = hash(stream);
  const block = new Uint32Array(2);
  let blocks = 0;
  let used = 2;

  const word = (): number => {
    if (used === 2) {
      threefry2x32(seed, streamKey, blocks, counter, block);
      blocks += 1;
      used = 0;
    }
    const next = block[used] ?? 0;
    used += 1;
    return next;
  };
  const uniform = () => (word() >>> 8) / 2 ** 24;
  const integer = (n: number) => Math.floor((word() / 2 ** 32) * n);
  // Box and Muller (1958); 1 - u is never 0, so the logarithm is finite.
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());

  return {
    uniform,
    normal,
    integer,
    shuffled: (n) => shuffle(n, integer),
    uniforms: (n) => new Float32Array(n).map(uniform),
    normals: (n) => new Float32Array(n).map(normal),
  };
}

/** Fisher and Yates, as in Knuth, The Art of Computer Programming, volume 2, algorithm 3.4.2P. */
function shuffle(n: number, integer: (n: number) => number): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_, index) => index);
  for (let last = n - 1; last > 0; last -= 1) {
    const other = integer(last + 1);
    const moved = order[last] ?? 0;
    order[last] = order[other] ?? 0;
    order[other] = moved;
  }
  return order;
}

/** FNV-1a over the name's UTF-16 code units: 32 bits. */
function hash(name: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < name.length; index += 1) {
    value = Math.imul(value ^ name.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}

/**
 * Threefry-2x32 with 20 rounds: encrypts a counter of two words with a key of two words.
 *
 * @param out takes the two random words.
 * @see Salmon et al. 2011, Parallel random numbers: as easy as 1, 2, 3. The generator of JAX.
 */
export function threefry2x32(key0: number, key1: number, counter0: number, counter1: number, out: Uint32Array): void {
  const keys = [key0, key1, 0x1bd11bda ^ key0 ^ key1];
  let x = (counter0 + key0) | 0;
  let y = (counter1 + key1) | 0;
  for (let group = 1; group <= 5; group += 1) {
    for (const turn of group % 2 === 1 ? oddTurns : evenTurns) {
      x = (x + y) | 0;
      y = ((y << turn) | (y >>> (32 - turn))) ^ x;
    }
    x = (x + (keys[group % 3] ?? 0)) | 0;
    y = (y + (keys[(group + 1) % 3] ?? 0) + group) | 0;
  }
  out[0] = x;
  out[1] = y;
}

/** By how many bits each round turns, in groups of four. */
const oddTurns = [13, 15, 26, 6];
const evenTurns = [17, 29, 16, 24];
