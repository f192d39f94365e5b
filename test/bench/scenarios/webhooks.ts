import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { cpuMsOf, cpuMsOfPostgres } from '../cpu.js';
import { makeDataset } from '../dataset.js';
import { formatNumber, type Figure } from '../figure.js';
import { percentile } from '../load.js';
import { ADMIN_KEY, startProduct, type Server } from '../servers.js';
import { commentIds, makeBacklog, addOutboxEvents } from '../webhooks/events.js';
import { Receivers, type Behaviour, type Delivery } from '../webhooks/receiver.js';
import type { BenchEnvironment } from './bench-environment.js';

const FAILING_ENDPOINTS_LOAD = { events: 10_000, stories: 100, withinMs: 300_000 };
const DECISIONS = { perSecond: 50, seconds: 15, rounds: 3 };
/** Half of the CPU time that two processors provide at that rate. */
const CPU_MS_PER_DECISION = 20;
const BACKLOG = 100_000;
/** How long the delivery of the backlog is measured; with `--whole`, until it is completely delivered. */
const DRAIN_SECONDS = process.argv.includes('--whole') ? 1_200 : 60;
/** Half of the CPU time that two processors provide at 200 deliveries per second. */
const CPU_MS_PER_DELIVERY = 5;
const MB = 1_000_000;
const LOOPBACK = { OUTBOUND_ALLOW: '127.0.0.0/8' };

async function call<T>(server: Server, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${ADMIN_KEY}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (answer.status === 204 ? null : await answer.json()) as T;
}

const addEndpoint = async (server: Server, siteId: string, url: string, events = ['*']): Promise<string> =>
  (await call<{ id: string }>(server, 'POST', `/sites/${siteId}/webhooks`, { url, events })).id;

const atMost = (name: string, value: number, unit: string, max: number): Figure => ({
  name,
  value: `${formatNumber(value)} ${unit}`,
  baseline: `${formatNumber(max)} ${unit} allowed`,
  ratio: max === 0 ? value : value / max,
  target: { operator: '<=', ratio: max === 0 ? 0 : 1 },
});

/**
 * Derives the receiver's behaviour from the event, so that every run has the same mix of failures: most events are
 * accepted on the first attempt, the rest on the second.
 */
function failingBehaviour({ id, attempt }: Delivery): Behaviour {
  if (attempt > 1) return { kind: 'accept' };
  const bucket = Number.parseInt(id.slice(-4), 16) % 1000;
  if (bucket < 3) return { kind: 'hang' };
  if (bucket < 25) return { kind: 'answer', status: 503 };
  if (bucket < 40) return { kind: 'answer', status: 302, headers: { location: 'http://127.0.0.1:9/' } };
  if (bucket < 55) return { kind: 'answer', status: 429, headers: { 'retry-after': '2' } };
  if (bucket < 70) return { kind: 'close-early' };
  return { kind: 'accept' };
}

/**
 * Checks that every event arrives, and that the events of each comment arrive in order, although receivers fail, hang,
 * redirect, close connections early or no longer exist.
 */
async function measureFailingReceivers(
  { databaseUrl, env }: BenchEnvironment,
  receivers: Receivers,
): Promise<Figure[]> {
  const product = await startProduct({ DATABASE_URL: databaseUrl, ROLE: 'all', ...LOOPBACK, ...env });
  const { id: siteId } = await call<{ id: string }>(product, 'POST', '/sites', {
    name: 'Trouble',
    origins: ['http://localhost'],
  });
  let isGone = true;
  const url = receivers.at('/trouble', failingBehaviour);
  const goneUrl = receivers.at('/gone', () =>
    isGone ? { kind: 'answer', status: 410 } : { kind: 'accept' },
  );
  await addEndpoint(product, siteId, url, [
    'comment.submitted',
    'comment.held',
    'comment.published',
    'comment.removed',
  ]);
  const goneId = await addEndpoint(product, siteId, goneUrl, ['story.created']);
  const since = new Date(Date.now() - 60_000).toISOString();
  const startedAt = performance.now();
  await addOutboxEvents(databaseUrl, siteId, FAILING_ENDPOINTS_LOAD.events, FAILING_ENDPOINTS_LOAD.stories);
  await receivers.waitFor('/trouble', FAILING_ENDPOINTS_LOAD.events, FAILING_ENDPOINTS_LOAD.withinMs);
  const seconds = (performance.now() - startedAt) / 1000;
  isGone = false;
  const { status } = await call<{ status: string }>(product, 'GET', `/sites/${siteId}/webhooks/${goneId}`);
  await call(product, 'PATCH', `/sites/${siteId}/webhooks/${goneId}`, { status: 'enabled' });
  await call(product, 'POST', `/sites/${siteId}/webhooks/${goneId}/recover`, { since });
  await receivers.waitFor('/gone', FAILING_ENDPOINTS_LOAD.stories, 30_000);
  await product.stop();

  const deliveries = receivers.deliveriesAt('/trouble');
  const stories = new Set(receivers.deliveriesAt('/gone').map(({ id }) => id)).size;
  const lost =
    FAILING_ENDPOINTS_LOAD.events -
    new Set(deliveries.map(({ id }) => id)).size +
    (FAILING_ENDPOINTS_LOAD.stories - stories);
  const last = new Map<string, number>();
  let outOfOrder = 0;
  for (const { subject, sequence } of deliveries) {
    const before = last.get(subject) ?? 0;
    // A repeated event is allowed (at-least-once delivery). Otherwise, only the next number is in order.
    if (sequence !== before && sequence !== before + 1) outOfOrder++;
    last.set(subject, Math.max(before, sequence));
  }
  return [
    atMost(
      `webhooks lost of ${formatNumber(FAILING_ENDPOINTS_LOAD.events)} to failing receivers (${formatNumber(seconds)} s)`,
      lost,
      'events',
      0,
    ),
    atMost('webhooks out of order per comment', outOfOrder, 'events', 0),
    atMost('an endpoint that answers 410 stays enabled', status === 'disabled' ? 0 : 1, 'endpoints', 0),
  ];
}

/**
 * Removes comments at a fixed rate, as a moderator.
 *
 * @returns milliseconds from each decision to its first delivery attempt; infinite if none came within a minute
 */
async function measureDecisionLatency(
  product: Server,
  receivers: Receivers,
  path: string,
  comments: readonly string[],
): Promise<number[]> {
  const decidedAt = new Map<string, number>();
  const calls: Promise<void>[] = [];
  const startedAt = performance.now();
  for (const [n, commentId] of comments.entries()) {
    await sleep(Math.max(0, startedAt + (n * 1000) / DECISIONS.perSecond - performance.now()));
    decidedAt.set(commentId, performance.now());
    const decisions = [{ commentId, revision: 1, action: 'remove', reason: 'off-topic' }];
    calls.push(
      call<{ results: { status?: string }[] }>(product, 'POST', '/moderation/decisions', { decisions }).then(
        ({ results }) => {
          if (results[0].status !== 'removed') throw new Error(`not decided: ${JSON.stringify(results)}`);
        },
      ),
    );
  }
  await Promise.all(calls);
  const hasArrived = (id: string): boolean => receivers.firstSeenAt(path, id) !== undefined;
  for (let waited = 0; waited < 60_000 && !comments.every(hasArrived); waited += 100) await sleep(100);
  return [...decidedAt].map(([id, at]) => (receivers.firstSeenAt(path, id) ?? Number.POSITIVE_INFINITY) - at);
}

/**
 * Measures first delivery attempts at 50 decisions per second: with one endpoint, with a second one that hangs, and with
 * a second one that responds.
 */
async function measureDecisions(
  { databaseUrl, env }: BenchEnvironment,
  receivers: Receivers,
): Promise<Figure[]> {
  const product = await startProduct({ DATABASE_URL: databaseUrl, ROLE: 'all', ...LOOPBACK, ...env });
  const each = DECISIONS.perSecond * DECISIONS.seconds;
  const commentCount = 100 + each * DECISIONS.rounds * 3;
  const { siteId } = await makeDataset(product, databaseUrl, commentCount, 1);
  const comments = await commentIds(databaseUrl, siteId, commentCount);
  const goodUrl = receivers.at('/good');
  await addEndpoint(product, siteId, goodUrl, ['comment.removed']);
  await measureDecisionLatency(product, receivers, '/good', comments.splice(0, 100)); // Warm-up.
  const readCpuMs = async (): Promise<number[]> => [cpuMsOf(product.pid), await cpuMsOfPostgres(databaseUrl)];
  const decideWithOtherEndpoint = async (path: string, behaviour: Behaviour): Promise<number[]> => {
    const url = receivers.at(path, () => behaviour);
    const otherEndpointId = await addEndpoint(product, siteId, url, ['comment.removed']);
    const durations = await measureDecisionLatency(product, receivers, '/good', comments.splice(0, each));
    await call(product, 'DELETE', `/sites/${siteId}/webhooks/${otherEndpointId}`);
    return durations;
  };
  const cpuMs = [0, 0];
  const aloneLatencies: number[] = [];
  const withHangingLatencies: number[] = [];
  const withHealthyLatencies: number[] = [];
  for (let round = 0; round < DECISIONS.rounds; round++) {
    const before = await readCpuMs();
    aloneLatencies.push(
      ...(await measureDecisionLatency(product, receivers, '/good', comments.splice(0, each))),
    );
    const after = await readCpuMs();
    for (const [part, ms] of after.entries()) cpuMs[part] += (ms - before[part]) / each / DECISIONS.rounds;
    withHangingLatencies.push(...(await decideWithOtherEndpoint(`/hangs${round}`, { kind: 'hang' })));
    withHealthyLatencies.push(...(await decideWithOtherEndpoint(`/well${round}`, { kind: 'accept' })));
  }
  await product.stop();
  const [p95, p95Hanging, p95BesideHealthy] = [
    aloneLatencies,
    withHangingLatencies,
    withHealthyLatencies,
  ].map((durations) => percentile(durations, 0.95));
  const isolationFigure = (name: string, baseline: string, ratio: number): Figure => ({
    name,
    value: `${formatNumber(p95Hanging)} ms`,
    baseline,
    ratio,
    target: { operator: '<=', ratio: 1.2 },
  });
  return [
    atMost(
      `processor time of a decision and its delivery (${formatNumber(cpuMs[0])} ms in Postbag, ${formatNumber(cpuMs[1])} ms in PostgreSQL)`,
      cpuMs[0] + cpuMs[1],
      'ms',
      CPU_MS_PER_DECISION,
    ),
    atMost(`first attempt at ${DECISIONS.perSecond} decisions/s, p95`, p95, 'ms', 3_000),
    isolationFigure(
      'p95 of an endpoint beside one that hangs',
      `${formatNumber(p95)} ms without it`,
      p95Hanging / p95,
    ),
    isolationFigure(
      'the same, compared with one beside it that answers',
      `${formatNumber(p95BesideHealthy)} ms beside that`,
      p95Hanging / p95BesideHealthy,
    ),
  ];
}

const residentBytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) * 1024;

/** Measures how one worker delivers a backlog. */
async function measureBacklog(
  { databaseUrl, env }: BenchEnvironment,
  receivers: Receivers,
): Promise<Figure[]> {
  const api = await startProduct({ DATABASE_URL: databaseUrl, ROLE: 'api', ...LOOPBACK, ...env });
  const { id: siteId } = await call<{ id: string }>(api, 'POST', '/sites', {
    name: 'Backlog',
    origins: ['http://localhost'],
  });
  const endpointId = await addEndpoint(api, siteId, receivers.at('/backlog'));
  await makeBacklog(databaseUrl, siteId, endpointId, BACKLOG);
  await api.stop();
  const worker = await startProduct({ DATABASE_URL: databaseUrl, ROLE: 'worker', ...LOOPBACK, ...env });
  await receivers.waitFor('/backlog', 1, 30_000);
  const startedAt = performance.now();
  const before = receivers.deliveriesAt('/backlog').length;
  const cpuMsBefore = [cpuMsOf(worker.pid), await cpuMsOfPostgres(databaseUrl)];
  let bytes = 0;
  for (
    let second = 0;
    second < DRAIN_SECONDS && receivers.deliveriesAt('/backlog').length < BACKLOG;
    second++
  ) {
    await sleep(1_000);
    bytes = Math.max(bytes, residentBytes(worker.pid));
  }
  const drained = receivers.deliveriesAt('/backlog').length - before;
  const [productMs, postgresMs] = [
    (cpuMsOf(worker.pid) - cpuMsBefore[0]) / drained,
    ((await cpuMsOfPostgres(databaseUrl)) - cpuMsBefore[1]) / drained,
  ];
  const perSecond = drained / ((performance.now() - startedAt) / 1000);
  await worker.stop();
  return [
    {
      name: `a backlog of ${formatNumber(BACKLOG)} webhooks drains (${formatNumber(drained)} of them measured)`,
      value: `${formatNumber(perSecond)} /s`,
      baseline: '200 /s required',
      ratio: perSecond / 200,
      target: { operator: '>=', ratio: 1 },
    },
    atMost(
      `processor time of a delivery (${formatNumber(productMs)} ms in Postbag, ${formatNumber(postgresMs)} ms in PostgreSQL)`,
      productMs + postgresMs,
      'ms',
      CPU_MS_PER_DELIVERY,
    ),
    atMost("the worker's peak resident memory", bytes / MB, 'MB', 300),
  ];
}

type Measure = (environment: BenchEnvironment, receivers: Receivers) => Promise<Figure[]>;

const runWithReceivers =
  (measure: Measure) =>
  async (environment: BenchEnvironment): Promise<Figure[]> => {
    const receivers = await Receivers.open();
    try {
      return await measure(environment, receivers);
    } finally {
      await receivers.close();
    }
  };

/** Each takes minutes, so they run only if they are named. The name `webhooks` runs all of them. */
export const WEBHOOKS: Readonly<Record<string, (environment: BenchEnvironment) => Promise<Figure[]>>> = {
  'webhooks-backlog': runWithReceivers(measureBacklog),
  'webhooks-decisions': runWithReceivers(measureDecisions),
  'webhooks-trouble': runWithReceivers(measureFailingReceivers),
};
