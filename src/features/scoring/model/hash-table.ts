const SIZE = 1 << 15;

/**
 * Maps word hashes to numbers, with open addressing in typed arrays, because every word of every comment is looked
 * up.
 */
export class HashTable {
  private readonly keys: Int32Array;
  private readonly values: Int32Array;
  private readonly mask: number;

  /** @param size a power of two, well above the expected number of words */
  constructor(size = SIZE) {
    this.keys = new Int32Array(size);
    this.values = new Int32Array(size);
    this.mask = size - 1;
  }

  /** @returns 0 for an unknown hash */
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
