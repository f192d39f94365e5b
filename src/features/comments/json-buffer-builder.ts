/** Assembles JSON from pieces, most of which are already encoded in UTF-8, and concatenates them once. */
export class JsonBufferBuilder {
  private readonly parts: Buffer[] = [];

  add(...parts: (Buffer | string)[]): this {
    for (const part of parts) this.parts.push(typeof part === 'string' ? Buffer.from(part) : part);
    return this;
  }

  /** Adds the items, separated by commas. */
  list<T>(items: readonly T[], add: (item: T) => void): this {
    items.forEach((item, index) => {
      if (index > 0) this.parts.push(COMMA);
      add(item);
    });
    return this;
  }

  bytes(): Buffer {
    return Buffer.concat(this.parts);
  }
}

const COMMA = Buffer.from(',');

/** Returns an object's JSON without its closing brace. */
export const withoutClosingBrace = (json: Buffer): Buffer => json.subarray(0, -1);
