import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import ts from 'typescript';
import { freshDatabase, type FreshDatabase } from '../../../support/postgres.js';
import { commentVariants } from './comment-variants.js';
import { moderationVariants } from './moderation-variants.js';
import { createTemporaryTables, transferVariants } from './transfer-variants.js';

/**
 * The variants of each function that composes statements, by its name. PostgreSQL prepares them, so that a wrong column
 * in a rare combination of filters fails here instead of in production.
 */
const VARIANTS: Readonly<Record<string, readonly string[]>> = {
  ...commentVariants,
  ...moderationVariants,
  ...transferVariants,
};

const STATEMENT = /^\s*(SELECT|WITH|INSERT|UPDATE|DELETE|MERGE)\b/;
const SOURCE = 'src';

interface ComposedStatement {
  readonly file: string;
  readonly line: number;
  /** Name of the exported constant or function that contains it; undefined if there is none. */
  readonly name: string | undefined;
}

function isExported(node: ts.Node): boolean {
  return (
    ts.canHaveModifiers(node) &&
    ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true
  );
}

function nameOf(top: ts.Node): string | undefined {
  if (!isExported(top)) return undefined;
  if (ts.isFunctionDeclaration(top)) return top.name?.text;
  return ts.isVariableStatement(top) ? top.declarationList.declarations[0].name.getText() : undefined;
}

function composedStatementsIn(file: string): ComposedStatement[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: ComposedStatement[] = [];
  const visit = (node: ts.Node, top: ts.Node): void => {
    if (
      ts.isTaggedTemplateExpression(node) &&
      node.tag.getText() === 'composeSql' &&
      STATEMENT.test(node.template.getText().slice(1))
    )
      found.push({
        file,
        line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1,
        name: nameOf(top),
      });
    ts.forEachChild(node, (child) => visit(child, top));
  };
  for (const top of source.statements) visit(top, top);
  return found;
}

/**
 * Finds statements in strings without a tag. The type of `Tx` does not always reject them, because method parameters are
 * bivariant.
 */
function untaggedStatementsIn(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
    if (isText && !ts.isTaggedTemplateExpression(node.parent) && STATEMENT.test(node.getText().slice(1)))
      found.push(`${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const paths = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.ts$/.test(path) && !/\.spec\.ts$|^web/.test(path))
  .map((path) => join(SOURCE, path));
const composed = paths.flatMap(composedStatementsIn);

/** Returns the complete statements in a constant, or the listed variants of a function. */
function statementsOf(name: string, value: unknown): readonly string[] {
  if (typeof value === 'function') return VARIANTS[name] ?? [];
  if (typeof value === 'string') return STATEMENT.test(value) ? [value] : [];
  return Object.values(value as object).flatMap((each) => statementsOf(name, each));
}

describe('composed statements', () => {
  let database: FreshDatabase;
  let client: pg.Client;
  beforeAll(async () => {
    database = await freshDatabase();
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query('BEGIN');
    for (const statement of createTemporaryTables) await client.query(statement);
  });
  afterAll(async () => {
    await client?.end();
    await database?.drop();
  });

  it('are exported constants, or come from exported functions whose variants are listed', async () => {
    const unexported = composed.filter(({ name }) => name === undefined);
    expect(unexported.map(({ file, line }) => `${file}:${line}`)).toEqual([]);
    const unlisted: string[] = [];
    for (const { file, name } of composed) {
      const module = (await import(`../../../../${file}`)) as Record<string, unknown>;
      if (statementsOf(name!, module[name!]).length === 0 && typeof module[name!] === 'function')
        unlisted.push(`${file}: ${name!}`);
    }
    expect([...new Set(unlisted)]).toEqual([]);
  });

  it('are accepted by PostgreSQL', async () => {
    const failed: string[] = [];
    let prepared = 0;
    for (const { file, name } of new Map(
      composed.map((each) => [`${each.file} ${each.name}`, each]),
    ).values()) {
      const module = (await import(`../../../../${file}`)) as Record<string, unknown>;
      for (const statement of name === undefined ? [] : statementsOf(name, module[name])) {
        await client.query('SAVEPOINT unprepared');
        await client.query(`PREPARE checked AS ${statement}`).then(
          () => client.query('DEALLOCATE checked'),
          (error: unknown) => failed.push(`${file} ${name}: ${String(error)}\n${statement}`),
        );
        await client.query('ROLLBACK TO unprepared');
        prepared++;
      }
    }
    expect(failed).toEqual([]);
    expect(prepared).toBeGreaterThan(100);
  });

  it('have a tag: no feature has a statement in a plain string', () => {
    expect(
      paths.filter((path) => path.startsWith(join(SOURCE, 'features'))).flatMap(untaggedStatementsIn),
    ).toEqual([]);
  });
});
