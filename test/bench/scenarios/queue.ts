import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { count, type Figure } from '../figure.js';
import { makeQueueDataset, type QueueDataset } from '../queue-dataset.js';
import { ADMIN_KEY, ROOT, startProduct, type Server } from '../servers.js';
import type { Bed } from './scenario.js';

const COMMENTS = 1_000_000;
const ROWS = 40;
/** What a page may take in the database, and in the server as a whole. */
const QUERY_MS = 50;
const PAGE_MS = 150;
const REQUESTS = 40;

interface Asked {
  readonly name: string;
  readonly state: string;
  readonly sort: string;
  readonly filter: Record<string, string>;
}

const asked = (state: string, sort: string, filter: Record<string, string> = {}): Asked => ({
  name: [state, sort, ...Object.entries(filter).map((pair) => pair.join('='))].join(' '),
  state,
  sort,
  filter,
});

const LISTS = (data: QueueDataset): Asked[] => [
  ...['held', 'flagged', 'appealed', 'escalated', 'published', 'rejected'].flatMap((state) =>
    ['risk', 'oldest', 'newest'].map((sort) => asked(state, sort)),
  ),
  ...[
    { section: 'World' },
    { section: 'Obituaries' },
    { story: data.storyKey },
    { topic: 'ACME' },
    { tier: 'insider-gold' },
    { language: 'fr' },
    { rule: 'score-threat' },
    { readers: 'new' },
    { readers: 'known' },
    { standing: 'trusted' },
    { older: '30d' },
    { younger: '1h' },
    { opinion: 'asked' },
    { section: 'Obituaries', language: 'fr', tier: 'insider' },
  ].flatMap((filter) => [
    asked('held', 'risk', filter as never),
    asked('published', 'newest', filter as never),
  ]),
];

const middle = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const p95 = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * 0.95))];

interface Sql {
  pageSql(query: object, values: unknown[]): string;
}

/** The page's own statement, as the product sends it and with the rights it has, explained. */
class Explainer {
  private constructor(
    private readonly client: pg.Client,
    private readonly sql: Sql,
    private readonly data: QueueDataset,
  ) {}

  static async open(databaseUrl: string, data: QueueDataset): Promise<Explainer> {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query(`SELECT set_config('app.site_id', $1, false)`, [data.siteId]);
    await client.query(`SET ROLE postbag_app`);
    const sql = (await import(join(ROOT, 'dist/features/moderation/queue-page.sql.js'))) as Sql;
    return new Explainer(client, sql, data);
  }

  /** @returns milliseconds, the middle of five, and the last plan */
  async explain({ state, sort, filter }: Asked): Promise<{ ms: number; plan: string }> {
    const times: number[] = [];
    let plan = '';
    for (let n = 0; n < 5; n++) {
      const now = new Date();
      const values: unknown[] = [this.data.siteId, now, 'admin', new Date(now.getTime() - 30_000)];
      const text = this.sql.pageSql({ state, sort, filter, after: null, rows: ROWS + 1, now }, values);
      const { rows } = await this.client.query<{ 'QUERY PLAN': string }>(
        `EXPLAIN (ANALYZE, BUFFERS, TIMING OFF) ${text}`,
        values,
      );
      plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      times.push(Number(/Execution Time: ([\d.]+) ms/.exec(plan)?.[1]));
    }
    return { ms: middle(times), plan };
  }

  /** A statement of another screen, whose first parameter is the site. */
  async explainText(text: string, more: readonly unknown[]): Promise<{ ms: number; plan: string }> {
    const times: number[] = [];
    let plan = '';
    for (let n = 0; n < 5; n++) {
      const { rows } = await this.client.query<{ 'QUERY PLAN': string }>(
        `EXPLAIN (ANALYZE, BUFFERS, TIMING OFF) ${text}`,
        [this.data.siteId, ...more],
      );
      plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      times.push(Number(/Execution Time: ([\d.]+) ms/.exec(plan)?.[1]));
    }
    return { ms: middle(times), plan };
  }

  close(): Promise<void> {
    return this.client.end();
  }
}

/** The statements of quality and the live desk, by module and name, with what follows the site. */
async function statements(): Promise<{ name: string; text: string; more: unknown[] }[]> {
  const ago = (minutes: number): Date => new Date(Date.now() - minutes * 60_000);
  const days = 90 * 24 * 60;
  const wanted: [module: string, name: string, more: unknown[]][] = [
    ['quality/quality.view', 'RULES_SQL', [ago(days)]],
    ['quality/quality.view', 'DAYS_SQL', [ago(days), 'Europe/London']],
    ['quality/quality.view', 'WAITED_SQL', [ago(days), 'Europe/London']],
    ['quality/quality.view', 'SAMPLE_SQL', [ago(days)]],
    ['quality/quality.view', 'PAIRS_SQL', [ago(days)]],
    ['quality/quality.view', 'OPINIONS_SQL', [ago(days)]],
    ['quality/calibration.view', 'HELD_BINS_SQL', ['insult', ago(days)]],
    ['quality/calibration.view', 'SAMPLE_BINS_SQL', ['insult', ago(days)]],
    ['quality/calibration.view', 'TOTALS_SQL', [ago(days)]],
    ['live-desk/live-desk.view', 'MINUTES_SQL', [ago(60)]],
    ['live-desk/live-desk.view', 'WAITING_SQL', []],
    ['live-desk/live-desk.view', 'STORIES_SQL', [ago(60), ago(25 * 60)]],
  ];
  return Promise.all(
    wanted.map(async ([module, name, more]) => {
      const file = join(ROOT, `dist/features/moderation/${module}.js`);
      const text = ((await import(file)) as Record<string, string>)[name];
      return { name: `${module.split('/')[0]} ${name.replace(/_SQL$/, '').toLowerCase()}`, text, more };
    }),
  );
}

/** Milliseconds of requests one after the other. */
async function timesOf(product: Server, path: string): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < REQUESTS; n++) {
    const began = performance.now();
    const answer = await fetch(product.url + path, { headers: { authorization: `Bearer ${ADMIN_KEY}` } });
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    if (n > 2) times.push(performance.now() - began);
  }
  return times;
}

const figure = (name: string, ms: number, limit: number): Figure => ({
  name,
  value: `${count(ms)} ms`,
  against: `${limit} ms`,
  ratio: ms / limit,
  target: { at: '<=', ratio: 1 },
});

/**
 * The moderators' queue over 1,000,000 comments of which 100,000 are held: each list, order and filter. Its plans are
 * kept in the folder after `--explain`.
 */
export async function measureQueue({ databaseUrl, env }: Bed): Promise<Figure[]> {
  const product = await startProduct({ DATABASE_URL: databaseUrl, ROLE: 'api', ...env });
  const data = await makeQueueDataset(product, databaseUrl, COMMENTS);
  const explainer = await Explainer.open(databaseUrl, data);
  const at = process.argv.indexOf('--explain');
  const folder = at < 0 ? undefined : process.argv[at + 1];
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const figures: Figure[] = [];
  for (const list of LISTS(data)) {
    const { ms, plan } = await explainer.explain(list);
    if (folder !== undefined)
      writeFileSync(join(folder, `${list.name.replace(/\W+/g, '-')}.txt`), `${plan}\n`);
    figures.push(figure(`queue query: ${list.name}`, ms, QUERY_MS));
  }
  for (const { name, text, more } of await statements()) {
    const { ms, plan } = await explainer.explainText(text, more);
    if (folder !== undefined) writeFileSync(join(folder, `${name.replace(/\W+/g, '-')}.txt`), `${plan}\n`);
    figures.push(figure(`queue query: ${name}`, ms, QUERY_MS));
  }
  await explainer.close();
  const site = `site=${data.siteId}`;
  const paths: [string, string][] = [
    ['first page by risk', `queue?${site}&limit=${ROWS}`],
    ['a rare filter', `queue?${site}&limit=${ROWS}&section=Obituaries&language=fr`],
    ['counts of all lists', `queue/counts?${site}`],
    ['count of a filter', `queue/count?${site}&readers=new`],
    ['one comment with everything', `comments/${data.heldId}`],
    ['its conversation', `comments/${data.heldId}/conversation`],
    ['readers, the newest', `readers?${site}&limit=${ROWS}`],
    ['readers by a word that all have', `readers?${site}&limit=${ROWS}&q=reader`],
    ['readers by a rare word', `readers?${site}&limit=${ROWS}&q=reader%2039`],
    ['readers by a standing', `readers?${site}&limit=${ROWS}&standing=trusted`],
    ['the busiest reader with everything', `readers/${data.busyReaderId}`],
    ['what the busiest reader wrote', `readers/${data.busyReaderId}/comments?limit=${ROWS}`],
    ['of that what was rejected', `readers/${data.busyReaderId}/comments?limit=${ROWS}&status=rejected`],
    ['a removal’s preview', `readers/${data.busyReaderId}/removal`],
    ['search for words that all say', `search?${site}&limit=${ROWS}&q=carefully%20report`],
    ['the same among the rejected', `search?${site}&limit=${ROWS}&q=carefully%20report&status=rejected`],
    ['search for a word that one says', `search?${site}&limit=${ROWS}&q=${data.heldId.slice(-12)}`],
    [
      'search by state, rule and score',
      `search?${site}&limit=${ROWS}&status=held&rule=score-threat&label=threat&low=0.78`,
    ],
  ];
  for (const [name, path] of paths) {
    figures.push(
      figure(`queue, p95: ${name}`, p95(await timesOf(product, `/api/v1/moderation/${path}`)), PAGE_MS),
    );
  }
  const ofSite: [string, string][] = [
    ['quality over 90 days', 'quality?days=90&zone=Europe/London'],
    ['a label’s calibration', 'quality/labels/insult?days=90'],
    ['the sample', 'samples?limit=20'],
    ['the live desk', 'live-desk'],
  ];
  for (const [name, path] of ofSite) {
    const times = await timesOf(product, `/api/v1/sites/${data.siteId}/${path}`);
    figures.push(figure(`queue, p95: ${name}`, p95(times), PAGE_MS));
  }
  await product.stop();
  return figures;
}
