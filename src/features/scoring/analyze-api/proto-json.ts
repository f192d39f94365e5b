import { badMessage, type FieldViolation } from './analyze-error.js';

/*
 * Parses JSON like protocol buffers do (https://protobuf.dev/programming-guides/json): field names may be in
 * camelCase or in snake_case as in the .proto file; null means omitted; numbers may be strings, and enum values may
 * be numbers. Unknown fields are refused.
 */

const INVALID = Symbol('invalid');
type Fault = (field: string, description: string) => typeof INVALID;
/** @returns the value, undefined if it is omitted, INVALID after a fault was reported */
type Read<T> = (value: unknown, field: string, fault: Fault) => T | typeof INVALID;
type FieldReader<R> = R extends Read<infer T> ? T : never;

const MAX_SHOWN = 40;

function invalidValue(kind: string): (value: unknown, field: string, fault: Fault) => typeof INVALID {
  return (value, field, fault) => {
    const shown = JSON.stringify(value) ?? '';
    return fault(field, `Invalid value at '${field}' (${kind}), ${shown.slice(0, MAX_SHOWN)}`);
  };
}

export function text(max = Infinity): Read<string> {
  const invalid = invalidValue('TYPE_STRING');
  return (value, field, fault) => {
    if (typeof value !== 'string') return invalid(value, field, fault);
    return value.length <= max ? value : fault(field, `'${field}' is longer than ${max} characters.`);
  };
}

export const flag: Read<boolean> = (value, field, fault) =>
  typeof value === 'boolean' ? value : invalidValue('TYPE_BOOL')(value, field, fault);

const NUMERIC = /^[+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][+-]?\d{1,3})?$/;

function numeric(kind: string, fits: (value: number) => boolean): Read<number> {
  return (value, field, fault) => {
    const number = typeof value === 'string' && NUMERIC.test(value) ? Number(value) : value;
    return typeof number === 'number' && fits(number) ? number : invalidValue(kind)(value, field, fault);
  };
}

export const float = numeric('TYPE_FLOAT', Number.isFinite);
export const int32 = numeric(
  'TYPE_INT32',
  (value) => Number.isInteger(value) && Math.abs(value) <= 0x7fffffff,
);

/** @param values in the order of their enum numbers, from 0 */
export const choice =
  <T extends string>(kind: string, values: readonly T[]): Read<T> =>
  (value, field, fault) => {
    const found = typeof value === 'number' ? values[value] : values.find((known) => known === value);
    return (
      found ??
      invalidValue(`type.googleapis.com/google.commentanalyzer.v1alpha1.${kind}`)(value, field, fault)
    );
  };

export const list =
  <T>(item: Read<T>, max: number): Read<T[]> =>
  (value, field, fault) => {
    if (!Array.isArray(value)) return invalidValue('a list')(value, field, fault);
    if (value.length > max) return fault(field, `'${field}' has more than ${max} items.`);
    const read = value.map((each, index) => item(each, `${field}[${index}]`, fault));
    return read.includes(INVALID) ? INVALID : (read as T[]);
  };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const map =
  <T>(item: Read<T>, max: number): Read<Map<string, T>> =>
  (value, field, fault) => {
    if (!isObject(value)) return invalidValue('a map')(value, field, fault);
    const entries = Object.entries(value);
    if (entries.length > max) return fault(field, `'${field}' has more than ${max} entries.`);
    const read = entries.map(([key, each]) => [
      key,
      item(each, `${field}[${key.slice(0, MAX_SHOWN)}]`, fault),
    ]);
    return read.some(([, each]) => each === INVALID) ? INVALID : new Map(read as [string, T][]);
  };

type Fields = Readonly<Record<string, Read<unknown>>>;
type Message<F extends Fields> = { [K in keyof F]?: FieldReader<F[K]> };

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export function message<F extends Fields>(fields: F): Read<Message<F>> {
  const names = new Map(
    Object.keys(fields).flatMap((name) => [[name, name] as const, [snake(name), name] as const]),
  );
  return (value, field, fault) => {
    if (!isObject(value)) return invalidValue('an object')(value, field, fault);
    const read: Record<string, unknown> = {};
    let isInvalid = false;
    for (const [given, member] of Object.entries(value)) {
      const name = names.get(given);
      const path = field === '' ? given : `${field}.${given}`;
      if (name === undefined) {
        const where = field === '' ? '' : ` at '${field}'`;
        const unknown = given.slice(0, MAX_SHOWN);
        fault(field, `Invalid JSON payload received. Unknown name "${unknown}"${where}: Cannot find field.`);
        isInvalid = true;
      } else if (member !== null) {
        const result = fields[name](member, path, fault);
        isInvalid ||= result === INVALID;
        read[name] = result;
      }
    }
    return isInvalid ? INVALID : (read as Message<F>);
  };
}

/** @throws AnalyzeError that lists every invalid field */
export function readMessage<T>(read: Read<T>, body: unknown): T {
  const violations: FieldViolation[] = [];
  const result = read(body ?? {}, '', (field, description) => {
    violations.push({ field, description });
    return INVALID;
  });
  if (result === INVALID) throw badMessage(violations);
  return result;
}
