const firstCapacity = 1 << 12;
/** Knuth's multiplier, 2^32 divided by the golden ratio: neighbouring keys land far apart. */
const multiplier = 0x9e3779b1;

/**
 * Gives whole numbers from 0 to 2^32 - 1 the ids 0, 1, 2 ... in the order in which they come: a hash table with open
 * addressing in typed arrays, at most half full.
 */
export class NgramTable {
  /** `[size]`, the key of each id; the rest of the array is not yet used. */
  keys = new Uint32Array(firstCapacity / 2);
  size = 0;
  /** `[capacity]`, id + 1 of the key that lies there; 0 is free. */
  private places = new Int32Array(firstCapacity);

  /** The id of a key; -1 if it never came. */
  find(key: number): number {
    return (this.places[this.placeOf(key)] ?? 0) - 1;
  }

  /** The id of a key, which gets the next one if it never came. */
  add(key: number): number {
    const place = this.placeOf(key);
    const id = (this.places[place] ?? 0) - 1;
    if (id >= 0) return id;
    if (this.size === this.keys.length) {
      this.grow();
      return this.add(key);
    }
    this.keys[this.size] = key;
    this.places[place] = ++this.size;
    return this.size - 1;
  }

  /** Where the key lies, or the free place where it belongs. */
  private placeOf(key: number): number {
    const { keys, places } = this;
    const mask = places.length - 1;
    const hash = Math.imul(key, multiplier);
    let place = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const id = (places[place] ?? 0) - 1;
      if (id < 0 || keys[id] === key) return place;
      place = (place + 1) & mask;
    }
  }

  private grow(): void {
    const { keys, size } = this;
    this.keys = new Uint32Array(2 * keys.length);
    this.keys.set(keys);
    this.places = new Int32Array(4 * keys.length);
    for (let id = 0; id < size; id++) this.places[this.placeOf(keys[id] ?? 0)] = id + 1;
  }
}
