import { DataSource } from 'typeorm';
import { startApp, type TestApp } from '../../support/app.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';

/** TypeORM's own table, and a table that imports write in bulk. It has no primary key, which an entity needs. */
const WITHOUT_ENTITY = ['migrations', 'import_record'];
/** Tables with a `site_id` that are read across sites, because the relay serves all sites (ADR 0001). */
const WITHOUT_ROW_SECURITY = ['outbox', 'outbox_job'];

const IN_SCHEMA = `c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')`;

describe('the entities', () => {
  let database: FreshDatabase;
  let app: TestApp;
  let source: DataSource;
  beforeAll(async () => {
    database = await freshDatabase();
    app = await startApp({ databaseUrl: database.url });
    source = app.app.get(DataSource);
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  it('declare exactly the columns of every table in the schema', async () => {
    const inSchema = await source.query<Record<string, unknown>[]>(
      `SELECT c.relname AS table, a.attname AS column, format_type(a.atttypid, a.atttypmod) AS type,
         NOT a.attnotnull AS nullable, coalesce(a.attnum = ANY (k.conkey), false) AS primary
       FROM pg_class c
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
       WHERE ${IN_SCHEMA} AND c.relname <> ALL ($1)`,
      [WITHOUT_ENTITY],
    );
    const inEntities = source.entityMetadatas.flatMap(({ tableName, columns }) =>
      columns.map((column) => ({
        table: tableName,
        column: column.databaseName,
        type: `${catalogType(source.driver.normalizeType(column))}${column.isArray ? '[]' : ''}`,
        nullable: column.isNullable,
        primary: column.isPrimary,
      })),
    );
    expect(inSchema.length).toBeGreaterThan(800);
    expect(sorted(inEntities)).toEqual(sorted(inSchema));
  });

  it('with a site_id are protected by row-level security, which also applies to the tables’ owner', async () => {
    const unprotected = await source.query<{ table: string }[]>(
      `SELECT c.relname AS table FROM pg_class c
       WHERE ${IN_SCHEMA} AND c.relname <> ALL ($1)
         AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'site_id' AND NOT a.attisdropped)
         AND NOT (c.relrowsecurity AND c.relforcerowsecurity
           AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'site_isolation' AND p.polpermissive
             AND pg_get_expr(p.polqual, p.polrelid) LIKE '%app.site_id%' AND pg_get_expr(p.polwithcheck, p.polrelid) LIKE '%app.site_id%')
           AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polpermissive
             AND p.polname NOT IN ('site_isolation', 'owner_sees_all')))`,
      [WITHOUT_ROW_SECURITY],
    );
    expect(unprotected).toEqual([]);
  });
});

/** Converts a column type of TypeORM to the name that `format_type` returns. */
function catalogType(type: string): string {
  return type === 'timestamptz' ? 'timestamp with time zone' : type;
}

const sorted = (columns: readonly object[]): string[] =>
  columns.map((column) => JSON.stringify(column)).sort();
