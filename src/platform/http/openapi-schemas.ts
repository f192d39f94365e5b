import type { OpenAPIObject } from '@nestjs/swagger';

/** A JSON Schema, or any other node of the document. */
export type Node = Record<string, unknown>;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Rewrites every object of a document from the leaves up. */
export function rewrite<T>(value: T, change: (node: Node) => Node): T {
  if (Array.isArray(value)) return value.map((item: unknown) => rewrite(item, change)) as T;
  if (!isNode(value)) return value;
  return change(
    Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rewrite(item, change)])),
  ) as T;
}

const PREFIX = '#/components/schemas/';

/** Since 3.1 a reference may have siblings; the scanner still wraps it in `allOf`. */
function unwrapped(node: Node): Node {
  const { allOf, ...rest } = node;
  if (!Array.isArray(allOf) || allOf.length !== 1 || !isNode(allOf[0])) return node;
  return '$ref' in allOf[0] ? { ...rest, ...allOf[0] } : node;
}

/** Names for readers of the document: what our code calls `CommentDto` is a Comment; a body beside an answer is a body. */
function renamesOf(names: readonly string[]): Map<string, string> {
  const taken = new Set(names);
  return new Map(
    names.flatMap((name) => {
      const bare = name.replace(/Dto$/, '');
      if (bare === name) return [];
      return [[name, taken.has(`${bare}Answer`) ? `${bare}Body` : bare]];
    }),
  );
}

/** Names of the schemas that a node refers to, also through others. */
function reached(from: unknown, schemas: Node, seen = new Set<string>()): Set<string> {
  rewrite(from, (node) => {
    const ref = node['$ref'];
    if (typeof ref === 'string' && ref.startsWith(PREFIX)) {
      const name = ref.slice(PREFIX.length);
      if (!seen.has(name)) {
        seen.add(name);
        reached(schemas[name], schemas, seen);
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
 * The document's schemas under names for its readers. Bodies take no unknown members; what
 * validation bounds in bodies is no promise about answers.
 */
export function completeSchemas(scanned: OpenAPIObject): OpenAPIObject {
  const names = renamesOf(Object.keys(scanned.components?.schemas ?? {}));
  const nameOf = (name: string): string => names.get(name) ?? name;
  const document = rewrite(scanned, (scannedNode) => {
    const node = unwrapped(scannedNode);
    const ref = node['$ref'];
    if (typeof ref !== 'string' || !ref.startsWith(PREFIX)) return node;
    // The scanner puts the type that it guessed beside a reference.
    const { type: _guess, ...rest } = node;
    return { ...rest, $ref: PREFIX + nameOf(ref.slice(PREFIX.length)) };
  });
  const schemas = Object.fromEntries(
    Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => [nameOf(name), schema]),
  );
  const operations = operationsOf(document);
  const sent = reached(
    operations.map((operation) => operation['requestBody']),
    schemas,
  );
  const completed = Object.entries(schemas).map(([name, schema]) => [
    name,
    sent.has(name) ? closed(schema as Node) : rewrite(schema as Node, unbounded),
  ]);
  const sorted = completed.sort(([a], [b]) => ((a as string) < (b as string) ? -1 : 1));
  return {
    ...document,
    components: { ...document.components, schemas: Object.fromEntries(sorted) as never },
  };
}
