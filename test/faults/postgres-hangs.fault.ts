import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../src/platform/database/embedded/embedded-postgres.js';
import { sendAsCoral, coralRequest, type CoralOutcome } from '../support/coral-phase.js';
import { until } from '../support/processes.js';
import { startProduct, PRODUCT_ADMIN_KEY, type Product } from '../support/product.js';
import { createSite, type TestSite } from '../support/sites.js';
import { openTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { tempFolder } from '../support/temp-folder.js';
import { countIn, createLockBarrier } from '../support/database-locks.js';
import { MAX_WAIT_MS, TEST_MS } from '../support/promise-checker.js';

const ANSWER_MS = 2_000;
/** Coral's timeout for its phase. */
const CORAL_MS = 2_000;
const HEALTHY_MS = 10_000;
const EXIT_MS = 30_000;
const TAKE_OVER_MS = 30_000;

const tempDir = tempFolder();
let postgres: EmbeddedPostgres;
const cleanups: (() => Promise<unknown> | void)[] = [];

beforeAll(async () => {
  postgres = await startEmbeddedPostgres({
    dataDir: tempDir.path,
    log: () => undefined,
    onProgress: () => undefined,
  });
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
}, TEST_MS);
afterAll(async () => {
  await postgres.stop();
  tempDir.remove();
});

async function freshDatabase(): Promise<URL> {
  const client = new pg.Client({ connectionString: postgres.superuserUrl });
  await client.connect();
  const name = `spec_${Date.now()}`;
  const url = new URL(postgres.url);
  await client.query(`CREATE DATABASE ${name} OWNER ${url.username}`);
  await client.end();
  url.pathname = `/${name}`;
  return url;
}

async function start(databaseUrl: string, role: 'all' | 'api' | 'worker'): Promise<Product> {
  const product = await startProduct({ databaseUrl, role, env: { LIMITS: 'off' } });
  cleanups.push(() => product.process.kill());
  return product;
}

async function proxied(url: URL): Promise<{ proxy: TcpProxy; url: string }> {
  const proxy = await openTcpProxy(Number(url.port));
  cleanups.push(() => proxy.close());
  const proxiedUrl = new URL(url);
  proxiedUrl.port = String(proxy.port);
  return { proxy, url: proxiedUrl.href };
}

/** Process IDs of the postmaster and all its children, or only of the backends that serve the given database. */
function backends(database?: string): number[] {
  const postmaster = Number(
    readFileSync(join(tempDir.path, 'postgres/postmaster.pid'), 'utf8').split('\n')[0],
  );
  const children = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='])
    .toString()
    .trim()
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line)!)
    .filter(
      ([, , parent, args]) => Number(parent) === postmaster && (!database || args.includes(` ${database} `)),
    )
    .map(([, pid]) => Number(pid));
  return database ? children : [postmaster, ...children];
}

function freeze(pids: readonly number[]): () => void {
  const signal = (name: NodeJS.Signals): void => {
    for (const pid of pids) {
      try {
        process.kill(pid, name);
      } catch {
        // The backend has already exited.
      }
    }
  };
  signal('SIGSTOP');
  const thaw = (): void => signal('SIGCONT');
  cleanups.push(thaw);
  return thaw;
}

interface TimedResponse {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly tookMs: number;
}

/** Measures only the time in which this process could run, so that other load on the machine does not count. */
async function measureRequest(request: () => Promise<Response>): Promise<TimedResponse> {
  let tookMs = 0;
  let at = performance.now();
  const tick = setInterval(() => {
    const now = performance.now();
    if (now - at < 75) tookMs += now - at;
    at = now;
  }, 50);
  try {
    const answer = await request();
    await answer.arrayBuffer();
    return { status: answer.status, retryAfter: answer.headers.get('retry-after'), tookMs };
  } finally {
    clearInterval(tick);
  }
}

class Reader {
  private n = 0;
  private constructor(
    private readonly product: Product,
    private readonly site: TestSite,
    private readonly token: string,
  ) {}

  static async open(product: Product): Promise<Reader> {
    const site = await createSite({ call: product.call, adminKey: PRODUCT_ADMIN_KEY });
    await site.publisher('PUT', '/stories/talks', { url: 'https://news.example/talks', title: 'Talks' });
    return new Reader(product, site, await site.token('ann'));
  }

  get id(): string {
    return this.site.id;
  }

  post(): Promise<TimedResponse> {
    return measureRequest(() =>
      fetch(`${this.product.url}/api/v1/sites/${this.site.id}/stories/talks/comments`, {
        method: 'POST',
        headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ body: `A calm remark, number ${this.n++}.` }),
      }),
    );
  }

  async expectPosted(): Promise<void> {
    expect(await this.post()).toMatchObject({ status: 202 });
  }
}

const readiness = async ({ url }: Product): Promise<{ status: number; body: { unavailable: string[] } }> => {
  const answer = await fetch(`${url}/health/ready`);
  return { status: answer.status, body: (await answer.json()) as { unavailable: string[] } };
};

const isReady = async (product: Product): Promise<boolean> => (await readiness(product)).status === 200;

function expectUnavailable(answers: readonly TimedResponse[]): void {
  for (const { status, retryAfter, tookMs } of answers) {
    expect({ status, retryAfter }).toEqual({ status: 503, retryAfter: '2' });
    expect(tookMs).toBeLessThan(ANSWER_MS);
  }
}

const twelveTimes = (call: () => Promise<TimedResponse>): Promise<TimedResponse[]> =>
  Promise.all(Array.from({ length: 12 }, call));

it(
  'a frozen PostgreSQL makes requests fail with 503 at once and processes not ready; they recover, and can stop while it is frozen',
  async () => {
    const url = await freshDatabase();
    const api = await start(url.href, 'api');
    const worker = await start(url.href, 'worker');
    const ann = await Reader.open(api);
    await ann.expectPosted();

    const thaw = freeze(backends());
    // More requests than the pool has connections.
    expectUnavailable(await twelveTimes(() => ann.post()));
    expectUnavailable([await ann.post()]);
    for (const product of [api, worker]) {
      expect(await readiness(product)).toMatchObject({
        status: 503,
        body: { status: 'not-ready', unavailable: expect.arrayContaining(['database']) },
      });
      const metrics = await measureRequest(() => fetch(`${product.url}/metrics`));
      expect(metrics.status).toBe(200);
      expect(metrics.tookMs).toBeLessThan(2 * ANSWER_MS);
    }

    thaw();
    const thawedAt = performance.now();
    await until(async () => (await isReady(api)) && (await isReady(worker)), HEALTHY_MS);
    await until(async () => (await ann.post()).status === 202, HEALTHY_MS);
    expect(performance.now() - thawedAt).toBeLessThan(HEALTHY_MS);
    // The worker scores again.
    await until(async () => (await countIn(url.href, `comment WHERE status = 'pending'`)) === 0, MAX_WAIT_MS);

    freeze(backends());
    const posting = ann.post().catch(() => null);
    const stoppedAt = performance.now();
    expect(await Promise.all([api.process.stop(), worker.process.stop()])).toMatchObject([
      { code: 0 },
      { code: 0 },
    ]);
    expect(performance.now() - stoppedAt).toBeLessThan(EXIT_MS);
    await posting;
  },
  TEST_MS,
);

it(
  'a worker with running jobs stays responsive while PostgreSQL is frozen, and completes them afterwards',
  async () => {
    const url = await freshDatabase();
    const api = await start(url.href, 'api');
    const worker = await start(url.href, 'worker');
    const ann = await Reader.open(api);
    const posting = (async () => {
      for (;;) {
        const answers = await twelveTimes(() => ann.post());
        if (answers.some(({ status }) => status !== 202)) return;
      }
    })();
    await until(async () => (await countIn(url.href, `comment WHERE status <> 'pending'`)) > 20, MAX_WAIT_MS);

    const thaw = freeze(backends());
    await posting;
    const isUnavailable = async (): Promise<boolean> => {
      const answer = await fetch(`${worker.url}/health/ready`, { signal: AbortSignal.timeout(ANSWER_MS) });
      return answer.status === 503;
    };
    await until(isUnavailable, HEALTHY_MS);
    for (let n = 0; n < 20; n++) expect(await isUnavailable()).toBe(true);
    thaw();
    await until(async () => (await isReady(api)) && (await isReady(worker)), HEALTHY_MS);
    await until(async () => (await countIn(url.href, `comment WHERE status = 'pending'`)) === 0, MAX_WAIT_MS);
  },
  TEST_MS,
);

it(
  'Coral gets a response in time while PostgreSQL is frozen, so that abuse is held',
  async () => {
    const url = await freshDatabase();
    const product = await start(url.href, 'all');
    const ann = await Reader.open(product);
    const path = `/api/v1/sites/${ann.id}/coral/moderation-phase`;
    const signing = { secret: `empsec_${'1a'.repeat(32)}` };
    const body = { secret: signing.secret, timeoutMs: CORAL_MS };
    expect((await product.call('PUT', path, { token: PRODUCT_ADMIN_KEY, body })).status).toBe(200);
    const moderate = (n: number): Promise<CoralOutcome> =>
      sendAsCoral(
        `${product.url}${path}`,
        [signing],
        coralRequest({ body: `You are a pathetic idiot, number ${n}, and everybody knows it.` }),
        CORAL_MS,
      );
    await until(async () => (await moderate(0)).kind === 'answered', MAX_WAIT_MS);
    await Promise.all([ann.expectPosted(), ann.expectPosted(), ann.expectPosted()]);

    freeze(backends());
    for (let round = 0; round < 3; round++) {
      const outcomes = await Promise.all(Array.from({ length: 30 }, (_, n) => moderate(n)));
      expect(outcomes.map(({ kind, result }) => [kind, result.status])).toEqual(
        outcomes.map(() => ['answered', 'SYSTEM_WITHHELD']),
      );
    }
  },
  TEST_MS,
);

it(
  'all hanging connections are dropped when new ones work',
  async () => {
    const url = await freshDatabase();
    const product = await start(url.href, 'all');
    const ann = await Reader.open(product);
    await Promise.all([ann.expectPosted(), ann.expectPosted(), ann.expectPosted()]);

    freeze(backends(url.pathname.slice(1)));
    const frozenAt = performance.now();
    const answers: TimedResponse[] = [];
    do answers.push(await ann.post());
    while (answers.at(-1)!.status !== 202);
    expectUnavailable(answers.slice(0, -1));
    await until(() => isReady(product), HEALTHY_MS);
    expect(performance.now() - frozenAt).toBeLessThan(HEALTHY_MS);
    await until(async () => (await countIn(url.href, `comment WHERE status = 'pending'`)) === 0, MAX_WAIT_MS);
  },
  TEST_MS,
);

it(
  'a network that drops every packet is detected within the same time limits',
  async () => {
    const url = await freshDatabase();
    const { proxy, url: proxiedUrl } = await proxied(url);
    const product = await start(proxiedUrl, 'all');
    const ann = await Reader.open(product);
    await ann.expectPosted();

    proxy.cut('new');
    expectUnavailable(await twelveTimes(() => ann.post()));
    expect(await readiness(product)).toMatchObject({ status: 503 });
    proxy.restore();
    await until(async () => (await ann.post()).status === 202 && (await isReady(product)), HEALTHY_MS);
    const ending = product.process.stop();
    proxy.cut('new');
    const stoppedAt = performance.now();
    expect(await ending).toMatchObject({ code: 0 });
    expect(performance.now() - stoppedAt).toBeLessThan(EXIT_MS);
  },
  TEST_MS,
);

it(
  'another worker takes over from one that loses its connection while relaying events, and relays each event once and in order',
  async () => {
    const url = await freshDatabase();
    const { proxy, url: proxiedUrl } = await proxied(url);
    const api = await start(url.href, 'api');
    const ann = await Reader.open(api);
    const disconnectedWorker = await start(proxiedUrl, 'worker');
    const barrier = await createLockBarrier(url.href, 'LOCK TABLE event IN EXCLUSIVE MODE');
    await ann.expectPosted();
    // The relay's transaction waits for this lock while it holds the lock of the active relay.
    await barrier.waiting(1);
    proxy.cut('new');
    const disconnectedAt = performance.now();
    await barrier.release();
    for (let n = 0; n < 5; n++) await ann.expectPosted();
    const second = await start(url.href, 'worker');
    const waiting = (): Promise<number> => countIn(url.href, 'outbox');
    await until(async () => (await waiting()) === 0, MAX_WAIT_MS);
    expect(performance.now() - disconnectedAt).toBeLessThan(TAKE_OVER_MS);
    expect(await isReady(disconnectedWorker)).toBe(false);

    proxy.restore();
    await until(() => isReady(disconnectedWorker), MAX_WAIT_MS);
    for (let n = 0; n < 3; n++) await ann.expectPosted();
    await until(
      async () =>
        (await countIn(url.href, `comment WHERE status = 'published'`)) === 9 && (await waiting()) === 0,
      MAX_WAIT_MS,
    );
    // Each comment was created and then published, exactly once. The sequences have no gaps.
    expect(await countIn(url.href, `event WHERE type = 'comment.published'`)).toBe(9);
    expect(
      await countIn(
        url.href,
        `(SELECT subject FROM event WHERE subject LIKE 'comment:%' GROUP BY subject
          HAVING array_agg(type ORDER BY position) <> array_agg(type ORDER BY sequence)
            OR max(sequence) <> count(*) OR count(*) <> count(DISTINCT type)) wrong`,
      ),
    ).toBe(0);
    void second;
  },
  TEST_MS,
);
