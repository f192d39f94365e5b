/* MongoDB Extended JSON, versions 1 and 2, canonical and relaxed: the formats in which mongoexport writes values. */

export type Document = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Document =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads a string, or an ID in any of its forms; null for anything else and for an empty string. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  if (!isObject(value)) return null;
  const inner = value['$oid'] ?? value['$uuid'] ?? value['$symbol'];
  return typeof inner === 'string' ? inner : null;
}

const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;

function numberOf(value: unknown): number | null {
  const plain = isObject(value)
    ? (value['$numberLong'] ?? value['$numberInt'] ?? value['$numberDouble'] ?? value['$numberDecimal'])
    : value;
  const number = typeof plain === 'string' && NUMBER.test(plain) ? Number(plain) : plain;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** Years with four digits, which PostgreSQL accepts and which ISO 8601 writes without a sign. */
const MIN_TIME = Date.UTC(1000, 0, 1);
const MAX_TIME = Date.UTC(9999, 11, 31);

/** A date, or a date and time with offset. mongoexport has written the offset both with and without a colon. */
const ISO_8601 = /^\d{4}-\d\d-(\d\d)(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d))?$/;

/** Stricter than `Date.parse`, which accepts other formats too and turns 31 February into a date in March. */
function parseIso(text: string): number | null {
  const day = ISO_8601.exec(text)?.[1];
  if (day === undefined || new Date(text.slice(0, 10)).getUTCDate() !== Number(day)) return null;
  return Date.parse(text);
}

/** Returns whole milliseconds since 1970; null if the value is not a time, or its year is not from 1000 to 9999. */
export function timeOf(value: unknown): number | null {
  const inner = isObject(value) ? value['$date'] : value;
  const time = typeof inner === 'string' ? parseIso(inner) : numberOf(inner);
  return time !== null && time >= MIN_TIME && time <= MAX_TIME ? Math.trunc(time) : null;
}

export const isPresent = (value: unknown): boolean => value !== undefined && value !== null;

/** Whether the value is present but cannot be read by `timeOf`. */
export const isBadTime = (value: unknown): boolean => isPresent(value) && timeOf(value) === null;

export const documentOf = (value: unknown): Document => (isObject(value) ? value : {});

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const documentsOf = (value: unknown): readonly Document[] => listOf(value).filter(isObject);
