import type { PipeTransform } from '@nestjs/common';
import { invalid, type FieldError } from './problem.js';
import { parseAs } from './validation.pipe.js';

/** For bodies that are a bare array: each entry is validated by its DTO class; a 400 names every error. */
export class ListBodyPipe<T extends object> implements PipeTransform<unknown, Promise<T[]>> {
  constructor(
    private readonly type: new () => T,
    private readonly maxItems: number,
  ) {}

  async transform(value: unknown): Promise<T[]> {
    if (!Array.isArray(value)) {
      throw invalid([{ pointer: '', code: 'is-array', message: 'The body must be a JSON array.' }]);
    }
    if (value.length > this.maxItems) {
      throw invalid([
        {
          pointer: '',
          code: 'array-max-size',
          message: `The body contains more than ${this.maxItems} entries.`,
        },
      ]);
    }
    const items: T[] = [];
    const errors: FieldError[] = [];
    for (const [index, entry] of value.entries()) {
      const parsed = await parseAs(this.type, entry, { root: `/${index}` });
      if (parsed.ok) items.push(parsed.value);
      else errors.push(...parsed.errors);
    }
    if (errors.length > 0) throw invalid(errors);
    return items;
  }
}
