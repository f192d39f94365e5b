import { isUuid } from '../ids.js';

declare const checked: unique symbol;

/**
 * SQL that is written in the source code. Only the functions of this file create it, and a transaction accepts nothing
 * else. External text therefore cannot become SQL: values are always parameters ($1, $2, …).
 */
export type Sql = string & { readonly [checked]: true };

/** SQL, a number, or a string whose literal type shows that it is written in the code. */
type Part<T> = T extends Sql | number ? T : Record<never, never> extends Record<T & string, 1> ? never : T;

/** A complete, static statement. ESLint checks it against the schema (`npm run lint`). */
export function sql(text: TemplateStringsArray): Sql {
  return String.raw({ raw: text }) as Sql;
}

/**
 * A statement, or a part of one, that contains other parts. Statements composed this way are module constants or come
 * from exported functions, and `composed-statements.spec.ts` prepares every variant.
 */
export function composeSql<const T extends readonly (string | number)[]>(
  text: TemplateStringsArray,
  ...parts: { [K in keyof T]: Part<T[K]> }
): Sql {
  return String.raw({ raw: text }, ...parts) as Sql;
}

/** Joins parts, for example conditions with ' AND '. */
export function joinSql(parts: readonly Sql[], separator: string): Sql {
  return parts.join(separator) as Sql;
}

/**
 * An id as a literal, for statements that cannot have parameters, such as CREATE TABLE AS.
 *
 * @throws Error unless it is a UUID
 */
export function uuidSql(id: string): Sql {
  if (!isUuid(id)) throw new Error('not a UUID');
  return `'${id}'::uuid` as Sql;
}
