import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { SECRETS, type Secrets } from '../config/secrets.js';
import { invalid } from './problem.js';

/** One page of a list route. */
export interface Page<T> {
  items: T[];
  next: string | null;
}

/**
 * Opaque, signed keyset cursors. The values are the sort key of the last row of a page; the scope names
 * the list and its order, so that a cursor of one list is refused by another.
 */
@Injectable()
export class Cursors {
  private readonly key: Buffer;

  constructor(@Inject(SECRETS) secrets: Secrets) {
    this.key = secrets.derive('cursor');
  }

  write(scope: string, values: readonly (string | number)[]): string {
    const payload = Buffer.from(JSON.stringify(values));
    return Buffer.concat([this.sign(scope, payload), payload]).toString('base64url');
  }

  /** @throws Problem 400 for anything this server did not write for this scope */
  read(scope: string, cursor: string | undefined): (string | number)[] | null {
    if (cursor === undefined) return null;
    const bytes = Buffer.from(cursor, 'base64url');
    const payload = bytes.subarray(12);
    if (bytes.length < 14 || !timingSafeEqual(bytes.subarray(0, 12), this.sign(scope, payload))) {
      throw invalid([
        {
          pointer: '/query/cursor',
          code: 'bad-cursor',
          message: 'The cursor is not one that this list gave.',
        },
      ]);
    }
    return JSON.parse(payload.toString()) as (string | number)[];
  }

  /** Cuts the extra row that tells whether there is more. `rows` holds up to `limit + 1`. */
  page<Row, Item>(
    rows: readonly Row[],
    limit: number,
    scope: string,
    keyOf: (row: Row) => (string | number)[],
    itemOf: (row: Row) => Item,
  ): Page<Item> {
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: shown.map(itemOf),
      next: rows.length > limit && last !== undefined ? this.write(scope, keyOf(last)) : null,
    };
  }

  private sign(scope: string, payload: Buffer): Buffer {
    return createHmac('sha256', this.key).update(scope).update('\0').update(payload).digest().subarray(0, 12);
  }
}
