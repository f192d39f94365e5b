import { formatNumber, measureAlternately, throughputFigure, type Figure } from '../figure.js';
import { makeDataset, type Dataset } from '../dataset.js';
import { sendAll, measureThroughput, median, type BenchRequest } from '../load.js';
import { startCeiling, startProduct, type Server } from '../servers.js';
import type { BenchEnvironment } from './bench-environment.js';

const COMMENTS = 10_000;
const ROUNDS = 3;

interface Page {
  readonly items: readonly { readonly id: string }[];
  readonly next: string | null;
}

const pathOf = ({ siteId, storyKey }: Dataset, query: string): string =>
  `/api/v1/sites/${siteId}/stories/${storyKey}/comments?${query}`;

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

/** Reads every page of the thread. The reader's token bypasses the caches. */
async function readAllPages(
  product: Server,
  data: Dataset,
): Promise<{ cursors: string[]; firstIds: string[] }> {
  const cursors: string[] = [];
  const firstIds: string[] = [];
  for (let next: string | null = ''; next !== null;) {
    const query = next === '' ? 'limit=20' : `limit=20&cursor=${encodeURIComponent(next)}`;
    const answer = await fetch(product.url + pathOf(data, query), { headers: bearer(data.tokens[0]) });
    const page = (await answer.json()) as Page;
    firstIds.push(page.items[0].id);
    next = page.next;
    if (next !== null) cursors.push(next);
  }
  return { cursors, firstIds };
}

/** Median duration of `times` requests, in milliseconds. */
async function medianDurationMs(url: string, headers: Record<string, string>, times = 300): Promise<number> {
  const durationsMs: number[] = [];
  for (let n = 0; n < times; n++) {
    const startedAt = performance.now();
    await (await fetch(url, { headers })).arrayBuffer();
    durationsMs.push(performance.now() - startedAt);
  }
  return median(durationsMs);
}

export async function measureReading({ databaseUrl, env }: BenchEnvironment): Promise<Figure[]> {
  const product = await startProduct({ DATABASE_URL: databaseUrl, ROLE: 'api', ...env });
  const data = await makeDataset(product, databaseUrl, COMMENTS, 50);
  const ceiling = await startCeiling({ DATABASE_URL: databaseUrl, SITE_ID: data.siteId });
  const figures: Figure[] = [];

  const firstPageUrl = product.url + pathOf(data, 'sort=newest');
  const bytes = await (await fetch(firstPageUrl)).arrayBuffer();
  await fetch(`${ceiling.url}/memory`, {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream' },
    body: bytes,
  });
  const fromMemory = await measureAlternately(
    ROUNDS,
    async () => (await measureThroughput(firstPageUrl)).perSecond,
    async () => (await measureThroughput(`${ceiling.url}/memory`)).perSecond,
  );
  figures.push(throughputFigure('first page of 10,000 comments, no token', fromMemory, 0.9));

  // Each URL is requested once, so that no response comes from a cache. Every cursor is combined with page sizes that
  // were not requested before.
  const { cursors, firstIds } = await readAllPages(product, data);
  const requestsWithLimit = (limit: number): { product: BenchRequest[]; ceiling: BenchRequest[] } => ({
    product: cursors.map((cursor) => ({
      path: pathOf(data, `limit=${limit}&cursor=${encodeURIComponent(cursor)}`),
    })),
    ceiling: firstIds.map((before) => ({
      path: `/page?story=${data.storyId}&before=${before}&limit=${limit}`,
    })),
  });
  // The first round is a warm-up of both servers. No size is used twice, and both servers get the same sizes in a round.
  const sizes = (round: number): number[] => [0, 1, 2].map((n) => 21 + round * 3 + n);
  const requestsFor = (round: number, target: 'product' | 'ceiling'): BenchRequest[] =>
    sizes(round).flatMap((size) => requestsWithLimit(size)[target]);
  await sendAll(product.url, requestsFor(0, 'product'));
  await sendAll(ceiling.url, requestsFor(0, 'ceiling'));
  const uncached = await measureAlternately(
    ROUNDS,
    (round) => sendAll(product.url, requestsFor(round + 1, 'product')),
    (round) => sendAll(ceiling.url, requestsFor(round + 1, 'ceiling')),
  );
  figures.push(throughputFigure('uncached pages, no token', uncached, 0.8));

  const signedInRequests = requestsWithLimit(20).product.flatMap((request, n) =>
    [0, 1, 2].map((m) => ({ ...request, headers: bearer(data.tokens[(n + m) % data.tokens.length]) })),
  );
  const signedIn = await measureAlternately(
    ROUNDS,
    () => sendAll(product.url, signedInRequests),
    () =>
      sendAll(
        ceiling.url,
        [20, 20, 20].flatMap((size) => requestsWithLimit(size).ceiling),
      ),
  );
  figures.push(throughputFigure('pages with a token', signedIn, 0.6));

  const headers = bearer(data.tokens[0]);
  const firstPageMs = await medianDurationMs(product.url + pathOf(data, 'limit=20'), headers);
  const deepPageMs = await medianDurationMs(
    product.url + pathOf(data, `limit=20&cursor=${encodeURIComponent(cursors[198])}`),
    headers,
  );
  figures.push({
    name: 'page 200 compared with page 1',
    value: `${formatNumber(deepPageMs)} ms`,
    baseline: `${formatNumber(firstPageMs)} ms`,
    ratio: deepPageMs / firstPageMs,
    target: { operator: '<=', ratio: 1.3 },
  });

  await ceiling.stop();
  await product.stop();
  return figures;
}
