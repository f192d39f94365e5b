import type { Readable } from 'node:stream';
import type { ImportFormat, SourceLine } from '../import-format.js';
import { jsonDocuments } from '../json-documents.js';
import type { ParsedLine } from '../records.js';
import { inBatches } from '../text-import.js';
import { BadLine, recordOf } from './jsonl-records.js';

/** The export of a site of this product: the lines of `site-records.ts`. */
export function jsonlFormat(): ImportFormat {
  return {
    name: 'jsonl',
    refusal(head) {
      return /^[\ufeff\s]*\{/.test(head.toString('utf8'))
        ? null
        : 'The file is not an export of a site: its first line must be a JSON object.';
    },
    lines: (file) => inBatches(jsonlLines(file)),
    parse({ text }: SourceLine): ParsedLine | null {
      if (text === null) return { fault: { code: 'too-large', message: 'The line exceeds the size limit.' } };
      let value: unknown;
      try {
        value = JSON.parse(text);
      } catch {
        return { fault: { code: 'bad-json', message: 'The line is not valid JSON.' } };
      }
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        return { fault: { code: 'no-object', message: 'The line is not a JSON object.' } };
      try {
        const record = recordOf(value as Record<string, unknown>);
        return record && { record };
      } catch (error) {
        if (!(error instanceof BadLine)) throw error;
        return { fault: { code: error.code, message: error.message } };
      }
    },
  };
}

async function* jsonlLines(file: Readable): AsyncGenerator<SourceLine[]> {
  let line = 0;
  for await (const documents of jsonDocuments(file))
    yield documents.map((text) => ({ file: 'export', line: ++line, text }));
}
