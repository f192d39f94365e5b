import Papa from 'papaparse';
import type { ImportItem } from '../api-types.js';

/** What one import takes. */
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

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, '');
const BY_NAME = new Map<string, Column>([
  ...COLUMNS.map((column) => [plain(column), column] as const),
  ['reader', 'readerKey'],
  ['sub', 'readerKey'],
]);

export interface ParsedTable {
  readonly items: readonly ImportItem[];
  /** Columns that say nothing to an import, as they are named. */
  readonly ignored: readonly string[];
}

/**
 * Reads entitlements from a file: CSV with a line of names (comma, semicolon or tab), or JSON, either a list or
 * `{items: […]}`. What a value may be is for the server to say.
 *
 * @throws Error whose message is for people
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
    throw new Error('The file begins like JSON and is none.');
  }
  const items = Array.isArray(parsed) ? (parsed as unknown[]) : (parsed as { items?: unknown }).items;
  if (!Array.isArray(items) || items.length === 0)
    throw new Error('The file holds no list of entitlements, nor one under "items".');
  return { items: items as ImportItem[], ignored: [] };
}

function readCsv(text: string): ParsedTable {
  const { data, meta, errors } = Papa.parse<Record<string, string>>(text, {
    header: true,
    skipEmptyLines: 'greedy',
  });
  const names = meta.fields ?? [];
  const columns = names.flatMap((name) => {
    const column = BY_NAME.get(plain(name));
    return column ? [[name, column] as const] : [];
  });
  if (!columns.some(([, column]) => column === 'readerKey'))
    throw new Error('The first line names no column "readerKey", which says whose each entitlement is.');
  const broken = errors.find(({ type }) => type !== 'Delimiter');
  if (broken) {
    // Rows are counted from 0: of the file for quotes, of what stands below the names for what does not fit them.
    const line = (broken.row ?? 0) + (broken.type === 'Quotes' ? 1 : 2);
    throw new Error(`Line ${line}: ${broken.message}.`);
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

/** A day alone is its first instant in UTC; what is no time stays as it is, to be refused with its words. */
const instant = (value: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T00:00:00Z` : value);

/** In pieces that one request each takes, in order. */
export function toBatches<T>(items: readonly T[], size = BATCH_ITEMS): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) =>
    items.slice(n * size, (n + 1) * size),
  );
}
