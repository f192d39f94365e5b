import type { OpenAPIObject } from '@nestjs/swagger';

/** A JSON Schema, or any other node of the document. */
export type Node = Record<string, unknown>;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Rewrites every object of a document, innermost first. */
export function rewrite<T>(value: T, change: (node: Node) => Node): T {
  if (Array.isArray(value)) return value.map((item: unknown) => rewrite(item, change)) as T;
  if (!isNode(value)) return value;
  return change(
    Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rewrite(item, change)])),
  ) as T;
}

const PREFIX = '#/components/schemas/';

/** Since OpenAPI 3.1 a reference may have siblings; the scanner still wraps it in `allOf`. */
function unwrapped(node: Node): Node {
  const { allOf, ...rest } = node;
  if (!Array.isArray(allOf) || allOf.length !== 1 || !isNode(allOf[0])) return node;
  return '$ref' in allOf[0] ? { ...rest, ...allOf[0] } : node;
}

/**
 * New names of schemas: `CommentDto` becomes `Comment`, or `CommentBody` if there is also a `CommentAnswer`.
 */
function renamesOf(names: readonly string[]): Map<string, string> {
  const usedNames = new Set(names);
  return new Map(
    names.flatMap((name) => {
      const withoutSuffix = name.replace(/Dto$/, '');
      if (withoutSuffix === name) return [];
      return [[name, usedNames.has(`${withoutSuffix}Answer`) ? `${withoutSuffix}Body` : withoutSuffix]];
    }),
  );
}

/** Names of the schemas that a node refers to, directly or through others. */
function schemasReachableFrom(from: unknown, schemas: Node, seen = new Set<string>()): Set<string> {
  rewrite(from, (node) => {
    const ref = node['$ref'];
    if (typeof ref === 'string' && ref.startsWith(PREFIX)) {
      const name = ref.slice(PREFIX.length);
      if (!seen.has(name)) {
        seen.add(name);
        schemasReachableFrom(schemas[name], schemas, seen);
      }
    }
    return node;
  });
  return seen;
}

const BOUNDS = ['minLength', 'maxLength', 'pattern', 'minItems', 'maxItems'];
const unbounded = (node: Node): Node =>
  Object.fromEntries(Object.entries(node).filter(([key, value]) => isNode(value) || !BOUNDS.includes(key)));

const closed = (node: Node): Node =>
  node['type'] === 'object' && 'properties' in node && !('additionalProperties' in node)
    ? { ...node, additionalProperties: false }
    : node;

const operationsOf = (document: OpenAPIObject): Node[] =>
  Object.values(document.paths).flatMap((path) => Object.values(path as Node).filter(isNode));

/**
 * Renames schemas (see `renamesOf`). Marks schemas of bodies as closed, because unknown members are refused. Removes
 * limits from schemas that only responses use, because validation guarantees them only for bodies.
 */
export function completeSchemas(scanned: OpenAPIObject): OpenAPIObject {
  const names = renamesOf(Object.keys(scanned.components?.schemas ?? {}));
  const nameOf = (name: string): string => names.get(name) ?? name;
  const document = rewrite(scanned, (scannedNode) => {
    const node = unwrapped(scannedNode);
    const ref = node['$ref'];
    if (typeof ref !== 'string' || !ref.startsWith(PREFIX)) return node;
    // The scanner adds a guessed type beside a reference.
    const { type: _guess, ...rest } = node;
    return { ...rest, $ref: PREFIX + nameOf(ref.slice(PREFIX.length)) };
  });
  const schemas = Object.fromEntries(
    Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => [nameOf(name), schema]),
  );
  const operations = operationsOf(document);
  const bodySchemas = schemasReachableFrom(
    operations.map((operation) => operation['requestBody']),
    schemas,
  );
  const completed = Object.entries(schemas).map(([name, schema]) => [
    name,
    bodySchemas.has(name) ? closed(schema as Node) : rewrite(schema as Node, unbounded),
  ]);
  const sorted = completed.sort(([a], [b]) => ((a as string) < (b as string) ? -1 : 1));
  return {
    ...document,
    components: { ...document.components, schemas: Object.fromEntries(sorted) as never },
  };
}
