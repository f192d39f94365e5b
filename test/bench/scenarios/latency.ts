import { setTimeout as sleep } from 'node:timers/promises';
import { formatNumber, type Figure } from '../figure.js';
import { makeDataset, type Dataset } from '../dataset.js';
import { median, percentile } from '../load.js';
import { startProduct, type Server } from '../servers.js';
import type { BenchEnvironment } from './bench-environment.js';

const PER_SECOND = 50;
const SECONDS = 20;

/** Reads the story's event stream and records in `receivedAt` when each comment was published, by comment ID. */
async function follow(
  server: Server,
  { siteId, storyKey }: Dataset,
  receivedAt: Map<string, number>,
  signal: AbortSignal,
): Promise<void> {
  const answer = await fetch(`${server.url}/api/v1/sites/${siteId}/stories/${storyKey}/events`, { signal });
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    const parts = text.split('\n\n');
    text = parts.pop() ?? '';
    const now = performance.now();
    for (const part of parts) {
      if (!part.includes('comment.published')) continue;
      const id = /"id":"([0-9a-f-]{36})"/.exec(part)?.[1];
      if (id !== undefined) receivedAt.set(id, now);
    }
  }
}

/**
 * Measures the time from sending a comment until another reader's event stream contains it, with one process for all
 * roles.
 */
export async function measureLatency({ databaseUrl, env }: BenchEnvironment): Promise<Figure[]> {
  const product = await startProduct({ DATABASE_URL: databaseUrl, ROLE: 'all', ...env });
  const data = await makeDataset(product, databaseUrl, 10, 200);
  const receivedAt = new Map<string, number>();
  const stop = new AbortController();
  const following = follow(product, data, receivedAt, stop.signal).catch(() => undefined);
  await sleep(500);

  const sentAt = new Map<string, number>();
  const posts: Promise<void>[] = [];
  const post = async (n: number): Promise<void> => {
    const startedAt = performance.now();
    const answer = await fetch(
      `${product.url}/api/v1/sites/${data.siteId}/stories/${data.storyKey}/comments`,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${data.tokens[n % data.tokens.length]}`,
        },
        body: JSON.stringify({
          body: `Point ${n}: the bridge of ${n} was paid for in year ${1000 + n}, and nobody has seen bill ${n * 7}.`,
        }),
      },
    );
    const { id } = (await answer.json()) as { id: string };
    sentAt.set(id, startedAt);
  };
  const startedAt = performance.now();
  for (let n = 0; n < PER_SECOND * SECONDS; n++) {
    await sleep(Math.max(0, startedAt + (n * 1000) / PER_SECOND - performance.now()));
    posts.push(post(n));
  }
  await Promise.all(posts);
  for (let waited = 0; receivedAt.size < sentAt.size && waited < 20_000; waited += 100) await sleep(100);
  stop.abort();
  await following;
  await product.stop();

  const times = [...sentAt].map(
    ([id, startedAt]) => (receivedAt.get(id) ?? Number.POSITIVE_INFINITY) - startedAt,
  );
  const missing = times.filter((time) => !Number.isFinite(time)).length;
  const receivedTimes = times.filter(Number.isFinite);
  const latencyFigure = (name: string, value: number, limitMs: number): Figure => ({
    name: `submission to live at ${PER_SECOND} posts/s, ${name}${missing > 0 ? ` (${missing} never arrived)` : ''}`,
    value: `${formatNumber(value)} ms`,
    baseline: `${limitMs} ms allowed`,
    ratio: missing > 0 ? Number.POSITIVE_INFINITY : value / limitMs,
    target: { operator: '<=', ratio: 1 },
  });
  return [
    latencyFigure('median', median(receivedTimes), 100),
    latencyFigure('p99', percentile(receivedTimes, 0.99), 1000),
  ];
}
