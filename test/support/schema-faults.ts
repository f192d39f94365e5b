import type { Description, Schema } from './api-description.js';

const kindOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'number' ? (Number.isInteger(value) ? 'integer' : 'number') : typeof value;
};

const FORMATS: Readonly<Record<string, RegExp>> = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
  uri: /^[a-z][a-z0-9+.-]*:/,
};

function scalarFaults(value: unknown, schema: Schema, at: string): string[] {
  const kinds = [schema.type ?? []].flat();
  const kind = kindOf(value);
  const fits = kinds.length === 0 || kinds.includes(kind) || (kind === 'integer' && kinds.includes('number'));
  if (!fits) return [`${at} is ${kind}, not ${kinds.join(' or ')}`];
  if (schema.enum && !schema.enum.includes(value)) return [`${at} is none of ${schema.enum.join()}`];
  if (schema.const !== undefined && schema.const !== value)
    return [`${at} is not ${JSON.stringify(schema.const)}`];
  if (typeof value === 'string' && schema.format && FORMATS[schema.format]?.test(value) === false) {
    return [`${at} is no ${schema.format}`];
  }
  return [];
}

/**
 * Compares a response with its schema. A member that the schema does not describe is also a fault. Of several variants,
 * the one with the fewest faults counts.
 *
 * @returns a line for each fault, with a JSON pointer
 */
export function schemaFaultsOf(
  value: unknown,
  schemaOrReference: Schema,
  api: Description,
  at = '',
): string[] {
  const schema = api.resolve(schemaOrReference);
  const variants = schema.oneOf ?? schema.anyOf;
  if (variants) {
    const faultsByVariant = variants.map((variant) => schemaFaultsOf(value, variant, api, at));
    return faultsByVariant.some((faults) => faults.length === 0)
      ? []
      : faultsByVariant.reduce((least, faults) => (faults.length < least.length ? faults : least));
  }
  const faults = scalarFaults(value, schema, at);
  if (faults.length > 0) return faults;
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      schema.items ? schemaFaultsOf(item, schema.items, api, `${at}/${index}`) : [],
    );
  }
  if (typeof value !== 'object' || value === null) return [];
  const missing = (schema.required ?? []).filter((name) => !Object.hasOwn(value, name));
  return [
    ...missing.map((name) => `${at}/${name} is missing`),
    ...Object.entries(value).flatMap(([name, member]) => {
      const described = schema.properties?.[name];
      if (described) return schemaFaultsOf(member, described, api, `${at}/${name}`);
      const others = schema.additionalProperties;
      if (typeof others === 'object') return schemaFaultsOf(member, others, api, `${at}/${name}`);
      const isOpen = others === true || (schema.properties === undefined && others === undefined);
      return isOpen ? [] : [`${at}/${name} is not described`];
    }),
  ];
}
