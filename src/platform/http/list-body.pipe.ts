import type { PipeTransform } from '@nestjs/common';
import { invalid, type FieldError } from './problem.js';
import { parseAs } from './validation.pipe.js';

/** Validates a body that is an array: each entry by its DTO class. The 400 lists all errors. */
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
      const result = await parseAs(this.type, entry, { root: `/${index}` });
      if (result.ok) items.push(result.value);
      else errors.push(...result.errors);
    }
    if (errors.length > 0) throw invalid(errors);
    return items;
  }
}
