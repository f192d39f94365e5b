import type { Description, Schema } from './api-description.js';

/** One way to make a body invalid. */
export interface BadBody {
  /** What is wrong, for the error message. */
  readonly what: string;
  /** JSON; lone surrogates are escaped. */
  readonly text: string;
  /** JSON pointer to the invalid part. */
  readonly pointer: string;
}

type Json = unknown;

const LONE_SURROGATE = String.fromCharCode(0xd800);
const NUL = String.fromCharCode(0);

const typesOf = (schema: Schema): string[] => [schema.type ?? []].flat();

/** Splits a schema into the schema of its non-null values and whether it allows null. */
function splitNullable(
  schema: Schema,
  resolve: Description['resolve'],
): { schema: Schema; nullable: boolean } {
  const direct = resolve(schema);
  const variants = direct.anyOf ?? direct.oneOf;
  if (variants) {
    const nonNull = variants.filter((variant) => variant.type !== 'null');
    return {
      schema: nonNull.length === 1 ? resolve(nonNull[0]) : {},
      nullable: nonNull.length < variants.length,
    };
  }
  return { schema: direct, nullable: typesOf(direct).includes('null') };
}

/** Values that are invalid for a member with this schema. */
function wrongValues(schema: Schema, nullable: boolean): [what: string, value: Json][] {
  const type = typesOf(schema).find((name) => name !== 'null');
  const wrong: [string, Json][] = nullable ? [] : [['null', null]];
  switch (type) {
    case 'string': {
      wrong.push(['a number', 42], ['an object', {}], ['a list', ['x']], ['true', true]);
      wrong.push(['a NUL', `x${NUL}y`], ['a lone surrogate', `x${LONE_SURROGATE}y`]);
      if (schema.enum) wrong.push(['not one of the values', 'no such value']);
      if (schema.format) wrong.push(['not in the format', 'neither date nor ID nor URL']);
      if ((schema.minLength ?? 0) > 0) wrong.push(['empty', '']);
      if (schema.maxLength !== undefined && schema.maxLength < 100_000) {
        wrong.push(['too long', 'x'.repeat(schema.maxLength + 1)]);
      }
      break;
    }
    case 'integer':
    case 'number':
      wrong.push(
        ['text', 'x'],
        ['a number in text', '1'],
        ['an object', {}],
        ['a list', [1]],
        ['true', true],
      );
      if (type === 'integer') wrong.push(['a fraction', 1.5], ['a huge number', 1e300]);
      if (schema.minimum !== undefined) wrong.push(['too small', schema.minimum - 1]);
      if (schema.maximum !== undefined) wrong.push(['too large', schema.maximum + 1]);
      break;
    case 'boolean':
      wrong.push(['text', 'true'], ['a number', 1], ['an object', {}], ['a list', [true]]);
      break;
    case 'array':
      wrong.push(
        ['an object', {}],
        ['text', 'x'],
        ['a number', 1],
        ['an object like a list', { 0: 'x', length: 1 }],
      );
      if ((schema.minItems ?? 0) > 0) wrong.push(['an empty list', []]);
      wrong.push(['a list of null', [null]], ['a list of lists', [[]]]);
      break;
    case 'object':
      wrong.push(['text', 'x'], ['a number', 1], ['a list', [{}]], ['true', true]);
      break;
    case undefined:
      break;
  }
  return wrong;
}

function withValueAt(body: Json, path: readonly string[], value: Json): Json {
  if (path.length === 0) return value;
  const [name, ...rest] = path as [string, ...string[]];
  if (Array.isArray(body))
    return body.map((item, index) => (String(index) === name ? withValueAt(item, rest, value) : item));
  const members = (body ?? {}) as Record<string, Json>;
  // Like JSON.parse, this creates an own property even if its name is `__proto__`.
  const copy = Object.fromEntries(Object.entries(members));
  const inner = Object.hasOwn(members, name) ? members[name] : undefined;
  Object.defineProperty(copy, name, {
    value: withValueAt(inner, rest, value),
    enumerable: true,
    configurable: true,
    writable: true,
  });
  return copy;
}

const OMITTED = Symbol('omitted');

/** Returns every way to make a valid body invalid, one at a time. */
export function badBodies(body: Json, schema: Schema, { resolve }: Description): BadBody[] {
  const found: BadBody[] = [];
  const add = (what: string, path: readonly string[], value: Json): void => {
    const text = JSON.stringify(withValueAt(body, path, value), (_, at: Json) =>
      at === OMITTED ? undefined : at,
    );
    found.push({
      what: `${what} at /${path.join('/')}`,
      text,
      pointer: path.map((part) => `/${part}`).join(''),
    });
  };
  const walk = (at: Schema, path: readonly string[], example: Json): void => {
    const { schema: resolved, nullable } = splitNullable(at, resolve);
    if (path.length > 0) for (const [what, value] of wrongValues(resolved, nullable)) add(what, path, value);
    const type = typesOf(resolved).find((name) => name !== 'null');
    if (type === 'array' && Array.isArray(example) && example.length > 0 && resolved.items) {
      walk(resolved.items, [...path, '0'], example[0]);
      if (resolved.maxItems !== undefined && resolved.maxItems <= 1000) {
        add(
          'too many',
          path,
          Array.from({ length: resolved.maxItems + 1 }, () => example[0] as Json),
        );
      }
    }
    if (type !== 'object' || !resolved.properties) return;
    const own = (example ?? {}) as Record<string, Json>;
    if (resolved.additionalProperties === false) {
      for (const name of ['noSuchField', '__proto__', 'constructor', 'site_id']) {
        add('an unknown field', [...path, name], 'x');
      }
    }
    for (const name of resolved.required ?? [])
      if (Object.hasOwn(own, name)) add('missing', [...path, name], OMITTED);
    for (const [name, member] of Object.entries(resolved.properties))
      walk(member, [...path, name], own[name]);
  };
  walk(schema, [], body);
  return found;
}

/** Bodies that are invalid for every route that takes an object or a list. */
export const malformedBodies: readonly (readonly [what: string, body: string | Buffer])[] = [
  ['nothing', ''],
  ['half an object', '{"name":'],
  ['two values', '{}{}'],
  ['not JSON', 'name=x'],
  ['a comment in JSON', '{/* */}'],
  ['NaN', '{"name": NaN}'],
  ['a prototype', '{"__proto__": {"x": 1}}'],
  ['a constructor', '{"constructor": {"prototype": {"x": 1}}}'],
  ['a constructor that is a string', '{"constructor": "x"}'],
  ['bytes that are not UTF-8', Buffer.from('\xff\xfe{', 'latin1')],
  ['very deep lists', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
  ['very deep objects', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
];

/** Returns the body with a byte that is not valid UTF-8 in its first string; null if it has no string. */
export function withInvalidUtf8(body: unknown): Buffer | null {
  const json = JSON.stringify(body);
  const at = json.search(/(?<=[:[]")/);
  return at < 0
    ? null
    : Buffer.concat([Buffer.from(json.slice(0, at)), Buffer.of(0xff), Buffer.from(json.slice(at))]);
}

/** Bodies that are valid JSON but have the wrong type. */
export const bodiesOfWrongType: readonly string[] = [
  'null',
  'true',
  '42',
  '"text"',
  '[null]',
  '[[]]',
  '[42]',
  '["x"]',
];
