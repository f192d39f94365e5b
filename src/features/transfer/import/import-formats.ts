import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { coralFormat } from './coral/coral.format.js';
import { jsonlFormat } from './jsonl/jsonl.format.js';
import type { ImportFormat } from './import-format.js';

export const IMPORT_FORMATS = ['coral', 'jsonl'] as const;

/** The supported formats, by name. */
@Injectable()
export class ImportFormats {
  private readonly formats: ReadonlyMap<string, ImportFormat>;

  constructor(clock: Clock) {
    this.formats = new Map(
      [coralFormat(() => clock.nowMs()), jsonlFormat()].map((format) => [format.name, format]),
    );
  }

  get(name: string): ImportFormat | undefined {
    return this.formats.get(name);
  }
}
