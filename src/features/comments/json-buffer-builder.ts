/** JSON that is put together of pieces, most of them in UTF-8 already, and written once. */
export class JsonBufferBuilder {
  private readonly parts: Buffer[] = [];

  add(...parts: (Buffer | string)[]): this {
    for (const part of parts) this.parts.push(typeof part === 'string' ? Buffer.from(part) : part);
    return this;
  }

  /** What stands between is a comma. */
  list<T>(items: readonly T[], add: (item: T) => void): this {
    items.forEach((item, n) => {
      if (n > 0) this.parts.push(COMMA);
      add(item);
    });
    return this;
  }

  bytes(): Buffer {
    return Buffer.concat(this.parts);
  }
}

const COMMA = Buffer.from(',');

/** An object's JSON without the brace that closes it. */
export const withoutClosingBrace = (json: Buffer): Buffer => json.subarray(0, -1);
