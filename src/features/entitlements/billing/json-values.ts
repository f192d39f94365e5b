import type { FieldError } from '../../../platform/http/problem.js';
import { isReaderKey } from '../../readers/reader-key.js';

/** JSON Pointer (RFC 6901), for example `/data/object/metadata/readerKey`. */
export const POINTER = /^(?:\/(?:[^~/]|~[01])*)+$/;

/** Returns the value at a JSON pointer, or undefined if there is none. Reads own properties only. */
export function valueAt(value: unknown, pointer: string): unknown {
  let current: unknown = value;
  for (const part of pointer.slice(1).split('/')) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, name)) return undefined;
    current = (current as Record<string, unknown>)[name];
  }
  return current;
}

/**
 * Returns a text, or a number as text. Returns null for any other value, and for text that is empty or that the
 * database cannot store.
 */
export function textAt(value: unknown, pointer: string): string | null {
  const found = valueAt(value, pointer);
  if (typeof found === 'number' && Number.isFinite(found)) return String(found);
  return typeof found === 'string' && found !== '' && found.isWellFormed() && !found.includes('\0')
    ? found
    : null;
}

/** Returns the name of an event type; numbers are not accepted. */
export const typeAt = (value: unknown, pointer: string): string | null =>
  typeof valueAt(value, pointer) === 'string' ? textAt(value, pointer) : null;

/**
 * Returns the distinct texts at several pointers; a list contributes each of its items. Texts longer than 255
 * characters are left out.
 */
export function textsAt(value: unknown, pointers: readonly string[]): string[] {
  const texts = pointers.flatMap((pointer) => {
    const found = valueAt(value, pointer);
    if (!Array.isArray(found)) return textAt(value, pointer) ?? [];
    return found.flatMap((_, index) => textAt(value, `${pointer}/${index}`) ?? []);
  });
  return [...new Set(texts.filter((text) => text.length <= 255))];
}

/** Returns the items of a list that are objects. */
export function listAt(value: unknown, pointer: string): unknown[] {
  const found = valueAt(value, pointer);
  return Array.isArray(found) ? found.filter((item) => typeof item === 'object' && item !== null) : [];
}

// Smaller numbers are seconds. This number of seconds is in the year 5138; as milliseconds it is in 1973.
const MIN_MILLISECONDS = 100_000_000_000;
const MAX_TIME_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const ISO_8601 = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?) ?(Z|[+-]\d\d:?\d\d)?)?$/;

/** Parses a time in the formats of billing systems: ISO 8601 (UTC if it has no zone), Unix seconds or milliseconds. */
export function instantAt(value: unknown, pointer: string): Date | null {
  const found = valueAt(value, pointer);
  let ms = Number.NaN;
  if (typeof found === 'number') ms = found >= MIN_MILLISECONDS ? found : found * 1000;
  else if (typeof found === 'string' && /^\d{9,13}$/.test(found))
    return instantAt({ found: Number(found) }, '/found');
  else if (typeof found === 'string') {
    const [, day, time = '00:00', zone = 'Z'] = ISO_8601.exec(found) ?? [];
    if (day !== undefined) ms = Date.parse(`${day}T${time}${zone.replace(/(\d\d):?(\d\d)$/, '$1:$2')}`);
  }
  return ms > 0 && ms <= MAX_TIME_MS ? new Date(Math.floor(ms)) : null;
}

export const readerKeyAt = (value: unknown, pointer: string): string | null => {
  const key = textAt(value, pointer);
  return isReaderKey(key) ? key : null;
};

/**
 * Builds the key of an entitlement from the provider's subscription id, using only characters that are allowed in
 * the API's URLs.
 */
export const entitlementKeyFor = (provider: string, externalId: string): string =>
  `${provider}:${externalId.replace(/[^A-Za-z0-9._:-]/g, '_')}`.slice(0, 128);

/** Maps a provider's status; undefined if it is unknown. */
export const statusFor = <T>(
  statuses: Readonly<Record<string, T>>,
  providerStatus: string | null,
): T | undefined =>
  providerStatus !== null && Object.hasOwn(statuses, providerStatus) ? statuses[providerStatus] : undefined;

export const daysAfter = (from: Date, days: number): Date => new Date(from.getTime() + days * 86_400_000);

export const missingValue = (pointer: string, name: string): { kind: 'bad-shape'; errors: FieldError[] } => ({
  kind: 'bad-shape',
  errors: [{ pointer, code: 'missing', message: `The ${name} is missing at ${pointer}.` }],
});

const invalidTime = (pointer: string): FieldError => ({
  pointer,
  code: 'bad-time',
  message: `The value at ${pointer} is not a valid time. Send ISO 8601, Unix seconds or Unix milliseconds.`,
});

/** Returns the error for a missing or invalid time. */
export const missingTime = (value: unknown, pointer: string): { kind: 'bad-shape'; errors: FieldError[] } =>
  valueAt(value, pointer) === undefined
    ? missingValue(pointer, 'time')
    : { kind: 'bad-shape', errors: [invalidTime(pointer)] };

/**
 * Returns an error if a value at one of these locations is not a valid time. Treating it as absent would grant a tier
 * without an end.
 */
export function invalidEnd(
  value: unknown,
  pointers: readonly (string | undefined)[],
): { kind: 'bad-shape'; errors: FieldError[] } | null {
  const errors = pointers.flatMap((pointer) => {
    if (pointer === undefined || [undefined, null, ''].includes(valueAt(value, pointer) as string)) return [];
    if (instantAt(value, pointer) !== null) return [];
    return [invalidTime(pointer)];
  });
  return errors.length > 0 ? { kind: 'bad-shape', errors } : null;
}

/** Result for event types that do not affect what a reader may do, including unknown ones. */
export const unhandledType = (id: string | null, type: string) =>
  ({
    kind: 'ignored',
    id,
    reason: 'other-type',
    detail: `Webhooks of the type "${type.slice(0, 64)}" do not affect entitlements.`,
  }) as const;

export const missingReader = (id: string | null, pointer: string, setting = `integration's "reader"`) =>
  ({
    kind: 'unusable',
    id,
    reason: 'no-reader',
    detail: `There is no reader key at ${pointer}. Set the correct JSON pointer in the ${setting}.`,
  }) as const;

export const missingPlan = (id: string | null) =>
  ({ kind: 'unusable', id, reason: 'no-plan', detail: 'The subscription has no plan.' }) as const;

export const missingStatus = (id: string | null, pointer: string) =>
  ({ kind: 'unusable', id, reason: 'unknown-status', detail: `There is no status at ${pointer}.` }) as const;

export const unknownStatus = (id: string | null, status: string | null) =>
  ({
    kind: 'unusable',
    id,
    reason: 'unknown-status',
    detail: `The status "${(status ?? '').slice(0, 64)}" is not known.`,
  }) as const;
