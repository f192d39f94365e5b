import { join } from 'node:path';
import pg from 'pg';
import { median } from '../load.js';
import { ROOT } from '../servers.js';
import type { QueueDataset } from './dataset.js';
import type { ListRequest } from './queue-lists.js';

export const ROWS = 40;

interface Sql {
  pageSql(query: object, values: unknown[]): string;
}

export interface Explained {
  /** Median of five executions in the database, in milliseconds. */
  readonly ms: number;
  readonly plan: string;
}

/** Runs EXPLAIN on the product's statements, with the privileges that the product has. */
export class Explainer {
  private constructor(
    private readonly client: pg.Client,
    private readonly sql: Sql,
    private readonly data: QueueDataset,
    private readonly sections: readonly string[] | null,
  ) {}

  /** @param sections the sections that the moderator is limited to; null if there is no limit */
  static async open(
    databaseUrl: string,
    data: QueueDataset,
    sections: readonly string[] | null,
  ): Promise<Explainer> {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query(`SELECT set_config('app.site_id', $1, false)`, [data.siteId]);
    await client.query(`SELECT set_config('app.sections', coalesce($1::text[]::text, ''), false)`, [
      sections,
    ]);
    await client.query(`SET ROLE ${sections === null ? 'postbag_app' : 'postbag_sections'}`);
    const sql = (await import(join(ROOT, 'dist/features/moderation/queue-page.sql.js'))) as Sql;
    return new Explainer(client, sql, data, sections);
  }

  list({ state, sort, filter }: ListRequest): Promise<Explained> {
    return this.medianOfFive(() => {
      const now = new Date();
      const values: unknown[] = [this.data.siteId, now, 'admin', new Date(now.getTime() - 30_000), null];
      const { sections } = this;
      const text = this.sql.pageSql(
        { state, sort, filter, sections, after: null, rows: ROWS + 1, now },
        values,
      );
      return { text, values };
    });
  }

  /** Explains a statement of another screen. Its first parameter is the site. */
  statement(text: string, otherParameters: readonly unknown[]): Promise<Explained> {
    return this.medianOfFive(() => ({ text, values: [this.data.siteId, ...otherParameters] }));
  }

  close(): Promise<void> {
    return this.client.end();
  }

  private async medianOfFive(next: () => { text: string; values: unknown[] }): Promise<Explained> {
    const times: number[] = [];
    let plan = '';
    for (let n = 0; n < 5; n++) {
      const { text, values } = next();
      const { rows } = await this.client.query<{ 'QUERY PLAN': string }>(
        `EXPLAIN (ANALYZE, BUFFERS, TIMING OFF) ${text}`,
        values,
      );
      plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      times.push(Number(/Execution Time: ([\d.]+) ms/.exec(plan)?.[1]));
    }
    return { ms: median(times), plan };
  }
}

/**
 * The statements of the quality and overview screens, by module and name, with the parameters that follow the site.
 */
export async function statements(): Promise<{ name: string; text: string; otherParameters: unknown[] }[]> {
  const ago = (minutes: number): Date => new Date(Date.now() - minutes * 60_000);
  const days = 90 * 24 * 60;
  const queries: [module: string, name: string, otherParameters: unknown[]][] = [
    ['quality/quality.view', 'RULES_SQL', [ago(days)]],
    ['quality/quality.view', 'DAYS_SQL', [ago(days), 'Europe/London']],
    ['quality/quality.view', 'WAITING_TIMES_SQL', [ago(days), 'Europe/London']],
    ['quality/quality.view', 'SAMPLE_SQL', [ago(days)]],
    ['quality/quality.view', 'PAIRS_SQL', [ago(days)]],
    ['quality/quality.view', 'OPINIONS_SQL', [ago(days)]],
    ['quality/calibration.view', 'HELD_BINS_SQL', ['insult', ago(days)]],
    ['quality/calibration.view', 'SAMPLE_BINS_SQL', ['insult', ago(days)]],
    ['quality/calibration.view', 'TOTALS_SQL', [ago(days)]],
    ['overview/overview.view', 'MINUTES_SQL', [ago(60)]],
    ['overview/overview.view', 'WAITING_SQL', []],
    ['overview/overview.view', 'STORIES_SQL', [ago(60), ago(25 * 60)]],
  ];
  return Promise.all(
    queries.map(async ([module, name, otherParameters]) => {
      const file = join(ROOT, `dist/features/moderation/${module}.js`);
      const text = ((await import(file)) as Record<string, string>)[name];
      return {
        name: `${module.split('/')[0]} ${name.replace(/_SQL$/, '').toLowerCase()}`,
        text,
        otherParameters,
      };
    }),
  );
}
