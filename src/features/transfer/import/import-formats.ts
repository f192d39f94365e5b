import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { coralFormat } from './coral/coral.format.js';
import { csvFormat } from './csv/csv.format.js';
import { disqusFormat } from './disqus/disqus.format.js';
import { jsonlFormat } from './jsonl/jsonl.format.js';
import type { ImportFormat } from './import-format.js';
import { wordPressFormat } from './wordpress/wordpress.format.js';

export const IMPORT_FORMATS = ['coral', 'disqus', 'wordpress', 'jsonl', 'csv'] as const;

/** The supported formats, by name. */
@Injectable()
export class ImportFormats {
  private readonly formats: ReadonlyMap<string, ImportFormat>;

  constructor(clock: Clock) {
    const nowMs = (): number => clock.nowMs();
    const formats = [coralFormat, disqusFormat, wordPressFormat, csvFormat].map((create) => create(nowMs));
    this.formats = new Map([...formats, jsonlFormat()].map((format) => [format.name, format]));
  }

  get(name: string): ImportFormat | undefined {
    return this.formats.get(name);
  }
}
