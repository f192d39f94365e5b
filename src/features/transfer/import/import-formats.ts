import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { coralFormat } from './coral/coral.format.js';
import type { ImportFormat } from './import-format.js';

export const IMPORT_FORMATS = ['coral'] as const;

/** The supported export formats of other products. */
@Injectable()
export class ImportFormats {
  private readonly formats: ReadonlyMap<string, ImportFormat>;

  constructor(clock: Clock) {
    this.formats = new Map([coralFormat(() => clock.nowMs())].map((format) => [format.name, format]));
  }

  get(name: string): ImportFormat | undefined {
    return this.formats.get(name);
  }
}
