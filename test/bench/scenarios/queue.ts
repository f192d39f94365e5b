import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatNumber, type Figure } from '../figure.js';
import { percentile } from '../load.js';
import { makeQueueDataset, type QueueDataset } from '../queue/dataset.js';
import { Explainer, ROWS, statements, type Explained } from '../queue/explainer.js';
import { LISTS } from '../queue/queue-lists.js';
import { signInSectionModerator } from '../queue/section-moderator.js';
import { ADMIN_KEY, startProduct, type Server } from '../servers.js';
import type { BenchEnvironment } from './bench-environment.js';

const COMMENTS = 1_000_000;
/** Time limits for a page in the database, and in the server as a whole. */
const QUERY_MS = 50;
const PAGE_MS = 150;
const REQUESTS = 40;

/** Two sections of the dataset: one has a fifth of the stories, the other one percent. */
const SECTIONS = ['World', 'Obituaries'];

/** Durations of sequential requests, in milliseconds. */
async function measureRequests(
  product: Server,
  path: string,
  headers: Record<string, string>,
): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < REQUESTS; n++) {
    const startedAt = performance.now();
    const answer = await fetch(product.url + path, { headers });
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    if (n > 2) times.push(performance.now() - startedAt);
  }
  return times;
}

const figure = (name: string, ms: number, limit: number): Figure => ({
  name,
  value: `${formatNumber(ms)} ms`,
  baseline: `${limit} ms`,
  ratio: ms / limit,
  target: { operator: '<=', ratio: 1 },
});

/** Screens available to every moderator, below `/api/v1/moderation/`. */
const PATHS = ({ siteId, heldId, busyReaderId }: QueueDataset): [name: string, path: string][] => {
  const site = `site=${siteId}`;
  return [
    ['first page by risk', `queue?${site}&limit=${ROWS}`],
    ['a rare filter', `queue?${site}&limit=${ROWS}&section=Obituaries&language=fr`],
    ['counts of all lists', `queue/counts?${site}`],
    ['count of a filter', `queue/count?${site}&readers=new`],
    ['a comment with all details', `comments/${heldId}`],
    ['its conversation', `comments/${heldId}/conversation`],
    ['newest readers', `readers?${site}&limit=${ROWS}`],
    ['readers by a word in every name', `readers?${site}&limit=${ROWS}&q=reader`],
    ['readers by a rare word', `readers?${site}&limit=${ROWS}&q=reader%2039`],
    ['readers by a standing', `readers?${site}&limit=${ROWS}&standing=trusted`],
    ['the reader with the most comments', `readers/${busyReaderId}`],
    ['comments of that reader', `readers/${busyReaderId}/comments?limit=${ROWS}`],
    ['rejected comments of that reader', `readers/${busyReaderId}/comments?limit=${ROWS}&status=rejected`],
    ['search for words in every comment', `search?${site}&limit=${ROWS}&q=carefully%20report`],
    ['the same among rejected comments', `search?${site}&limit=${ROWS}&q=carefully%20report&status=rejected`],
    ['search for a word in one comment', `search?${site}&limit=${ROWS}&q=${heldId.slice(-12)}`],
    [
      'search by state, rule and score',
      `search?${site}&limit=${ROWS}&status=held&rule=score-threat&label=threat&low=0.78`,
    ],
    ['stories', `stories?${site}&limit=${ROWS}`],
    ['saved queues', `saved-queues?${site}`],
  ];
};

/** Screens for moderators of the whole site, below `/api/v1/`. */
const SITE_PATHS = ({ siteId, busyReaderId }: QueueDataset): [name: string, path: string][] => [
  ['a removal’s preview', `moderation/readers/${busyReaderId}/removal`],
  ['quality over 90 days', `sites/${siteId}/quality?days=90&zone=Europe/London`],
  ['a label’s calibration', `sites/${siteId}/quality/labels/insult?days=90`],
  ['the sample', `sites/${siteId}/samples?limit=20`],
  ['the overview', `sites/${siteId}/overview`],
];

/** Saves a plan in the folder given by `--explain`. */
function createPlanRecorder(): (name: string, explained: Explained) => void {
  const index = process.argv.indexOf('--explain');
  const folder = index < 0 ? undefined : process.argv[index + 1];
  if (folder === undefined) return () => undefined;
  mkdirSync(folder, { recursive: true });
  return (name, { plan }) => writeFileSync(join(folder, `${name.replace(/\W+/g, '-')}.txt`), `${plan}\n`);
}

/** Measures one moderator's lists and statements in the database. */
async function measureQueries(
  databaseUrl: string,
  data: QueueDataset,
  sections: readonly string[] | null,
): Promise<Figure[]> {
  const savePlan = createPlanRecorder();
  const explainer = await Explainer.open(databaseUrl, data, sections);
  const figures: Figure[] = [];
  const add = (name: string, explained: Explained): void => {
    const fullName = sections === null ? name : `${name}, limited to ${sections.join(' and ')}`;
    savePlan(fullName, explained);
    figures.push(figure(`queue query: ${fullName}`, explained.ms, QUERY_MS));
  };
  for (const list of LISTS(data)) add(list.name, await explainer.list(list));
  if (sections === null)
    for (const { name, text, otherParameters } of await statements())
      add(name, await explainer.statement(text, otherParameters));
  await explainer.close();
  return figures;
}

/**
 * Measures the moderation queue over 1,000,000 comments of which 100,000 are held: every list, order and filter, for
 * a moderator of the whole site and for one limited to a section. Query plans are saved in the folder given by
 * `--explain`.
 */
export async function measureQueue({ databaseUrl, env }: BenchEnvironment): Promise<Figure[]> {
  const product = await startProduct({ DATABASE_URL: databaseUrl, ROLE: 'api', ...env });
  const data = await makeQueueDataset(product, databaseUrl, COMMENTS);
  const figures = await measureQueries(databaseUrl, data, null);
  for (const section of SECTIONS) figures.push(...(await measureQueries(databaseUrl, data, [section])));

  const asAdmin = { authorization: `Bearer ${ADMIN_KEY}` };
  const measure = async (name: string, path: string, headers: Record<string, string>): Promise<void> => {
    const times = await measureRequests(product, `/api/v1/${path}`, headers);
    figures.push(figure(`queue, p95: ${name}`, percentile(times, 0.95), PAGE_MS));
  };
  for (const [name, path] of PATHS(data)) await measure(name, `moderation/${path}`, asAdmin);
  for (const [name, path] of SITE_PATHS(data)) await measure(name, path, asAdmin);
  for (const section of SECTIONS) {
    const { headers, heldId } = await signInSectionModerator(product, databaseUrl, data, section);
    for (const [name, path] of PATHS({ ...data, heldId }))
      await measure(`${name}, limited to ${section}`, `moderation/${path}`, headers);
  }
  await product.stop();
  return figures;
}
