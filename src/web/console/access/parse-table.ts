import Papa from 'papaparse';
import type { ImportItem } from '../api-types.js';

/** Maximum number of items per import request. */
export const BATCH_ITEMS = 1_000;

const COLUMNS = [
  'readerKey',
  'tier',
  'status',
  'validUntil',
  'graceUntil',
  'kind',
  'grantedBy',
  'key',
  'organisation',
] as const satisfies readonly (keyof ImportItem)[];
type Column = (typeof COLUMNS)[number];

const normalizeName = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, '');
const COLUMN_BY_NAME = new Map<string, Column>([
  ...COLUMNS.map((column) => [normalizeName(column), column] as const),
  ['reader', 'readerKey'],
  ['sub', 'readerKey'],
]);

export interface ParsedTable {
  readonly items: readonly ImportItem[];
  /** Names of columns that an import ignores. */
  readonly ignored: readonly string[];
}

/**
 * Reads entitlements from a file: CSV with a header row (comma, semicolon or tab), or JSON, either a list or `{items:
 * […]}`. Values are not validated here; the server does that.
 *
 * @throws Error with a message that can be shown to people
 */
export function parseTable(text: string): ParsedTable {
  const body = text.replace(/^\uFEFF/, '').trim();
  if (body === '') throw new Error('The file is empty.');
  return body.startsWith('[') || body.startsWith('{') ? readJson(body) : readCsv(body);
}

function readJson(text: string): ParsedTable {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new Error('The file starts like JSON but is not valid JSON.');
  }
  const items = Array.isArray(parsed) ? (parsed as unknown[]) : (parsed as { items?: unknown }).items;
  if (!Array.isArray(items) || items.length === 0)
    throw new Error('The file contains no list of entitlements, neither at the top level nor under "items".');
  return { items: items as ImportItem[], ignored: [] };
}

function readCsv(text: string): ParsedTable {
  const { data, meta, errors } = Papa.parse<Record<string, string>>(text, {
    header: true,
    skipEmptyLines: 'greedy',
  });
  const names = meta.fields ?? [];
  const columns = names.flatMap((name) => {
    const column = COLUMN_BY_NAME.get(normalizeName(name));
    return column ? [[name, column] as const] : [];
  });
  if (!columns.some(([, column]) => column === 'readerKey'))
    throw new Error(
      'The first line has no column "readerKey", which identifies the reader of each entitlement.',
    );
  const parseError = errors.find(({ type }) => type !== 'Delimiter');
  if (parseError) {
    // Papa Parse counts rows from 0: from the start of the file for quote errors, from the first row below the header
    // for field errors.
    const line = (parseError.row ?? 0) + (parseError.type === 'Quotes' ? 1 : 2);
    throw new Error(`Line ${line}: ${parseError.message}.`);
  }
  if (data.length === 0) throw new Error('There is no line below the names.');
  return {
    items: data.map(
      (row) =>
        Object.fromEntries(
          columns.flatMap(([name, column]) => {
            const value = row[name]?.trim() ?? '';
            return value === '' ? [] : [[column, isTime(column) ? instant(value) : value]];
          }),
        ) as unknown as ImportItem,
    ),
    ignored: names.filter((name) => !columns.some(([each]) => each === name)),
  };
}

const isTime = (column: Column): boolean => column === 'validUntil' || column === 'graceUntil';

/**
 * Turns a date without a time into midnight UTC. Values that are not dates are passed on, so that the server can
 * refuse them with its own message.
 */
const instant = (value: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T00:00:00Z` : value);

/** Splits the items into batches of one request each, in order. */
export function toBatches<T>(items: readonly T[], size = BATCH_ITEMS): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) =>
    items.slice(n * size, (n + 1) * size),
  );
}
