const SIZE = 1 << 15;

/** Numbers by the hash of a word: open addressing, in arrays, since every word of every comment is looked up. */
export class HashTable {
  private readonly keys: Int32Array;
  private readonly values: Int32Array;
  private readonly mask: number;

  /** @param size a power of two, well above how many words there will be */
  constructor(size = SIZE) {
    this.keys = new Int32Array(size);
    this.values = new Int32Array(size);
    this.mask = size - 1;
  }

  /** @returns 0 for a hash that is not there */
  get(hash: number): number {
    const { keys, values, mask } = this;
    for (let slot = slotOf(hash) & mask; keys[slot] !== 0; slot = (slot + 1) & mask)
      if (keys[slot] === hash) return values[slot];
    return 0;
  }

  or(hash: number, bits: number): void {
    const { keys, values, mask } = this;
    let slot = slotOf(hash) & mask;
    while (keys[slot] !== 0 && keys[slot] !== hash) slot = (slot + 1) & mask;
    keys[slot] = hash;
    values[slot] |= bits;
  }
}

const slotOf = (hash: number): number => Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 17;
