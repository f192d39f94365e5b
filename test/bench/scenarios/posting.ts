import { randomUUID } from 'node:crypto';
import { measureAlternately, throughputFigure, type Figure } from '../figure.js';
import { makeDataset } from '../dataset.js';
import { sendAll, type BenchRequest } from '../load.js';
import { startCeiling, startProduct } from '../servers.js';
import type { BenchEnvironment } from './bench-environment.js';

const POSTS = 3_000;
const ROUNDS = 3;

/**
 * Measures an API process without workers: as in the ceiling server, accepted comments are only stored. Posts as the
 * element does, signed in and with an `Idempotency-Key`.
 */
export async function measurePosting({ databaseUrl, env }: BenchEnvironment): Promise<Figure[]> {
  const product = await startProduct({ DATABASE_URL: databaseUrl, ROLE: 'api', ...env });
  const data = await makeDataset(product, databaseUrl, 10, 200);
  const ceiling = await startCeiling({
    DATABASE_URL: databaseUrl,
    SITE_ID: data.siteId,
    STORY_ID: data.storyId,
    AUTHOR_ID: data.authorId,
  });
  let posted = 0;
  const body = (): string =>
    JSON.stringify({
      body: `Number ${++posted} of many: who asked for the second version of the report, and what did it cost us?`,
    });
  const json = { 'content-type': 'application/json' };
  const productRequests = (): BenchRequest[] =>
    Array.from({ length: POSTS }, (_, n) => ({
      method: 'POST',
      path: `/api/v1/sites/${data.siteId}/stories/${data.storyKey}/comments`,
      headers: {
        ...json,
        authorization: `Bearer ${data.tokens[n % data.tokens.length]}`,
        'idempotency-key': randomUUID(),
      },
      body: body(),
    }));
  const ceilingRequests = (): BenchRequest[] =>
    Array.from({ length: POSTS }, () => ({ method: 'POST', path: '/write', headers: json, body: body() }));
  // Warm-up, which is not measured: the first comment of a reader creates the reader, and a new process is slow.
  await sendAll(product.url, productRequests());
  await sendAll(ceiling.url, ceilingRequests());
  const rates = await measureAlternately(
    ROUNDS,
    () => sendAll(product.url, productRequests()),
    () => sendAll(ceiling.url, ceilingRequests()),
  );
  await ceiling.stop();
  await product.stop();
  return [throughputFigure('posting', rates, 0.6)];
}
