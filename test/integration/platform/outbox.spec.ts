import pg from 'pg';
import { SYSTEM } from '../../../src/platform/auth/principal.js';
import type { OutboxEvent } from '../../../src/platform/outbox/outbox-handlers.js';
import { defineJob } from '../../../src/platform/jobs/jobs.js';
import type { SiteId } from '../../../src/platform/ids.js';
import { describeOnBothBackends } from '../../support/backends.js';
import {
  createContext,
  newSiteId,
  startPlatform,
  type PlatformFixture,
} from '../../support/platform-fixture.js';
import { until } from '../../support/processes.js';
import { sql as sqlText } from '../../../src/platform/database/sql.js';

const noteJob = defineJob<{ outboxId: string }>({
  name: 'note',
  parse: (raw) => raw as { outboxId: string },
  attempts: 3,
  backoffMs: 10,
  timeoutMs: 2_000,
  concurrency: 4,
});

describeOnBothBackends('outbox', (backend) => {
  const started: PlatformFixture[] = [];

  afterEach(async () => {
    await Promise.all(started.splice(0).map((each) => each.close()));
    await sql('DELETE FROM outbox');
  });

  async function sql<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    const client = new pg.Client({ connectionString: backend.databaseUrl });
    await client.connect();
    try {
      return (await client.query<Row>(text, values)).rows;
    } finally {
      await client.end();
    }
  }

  interface ReceivedEvents {
    readonly events: OutboxEvent[];
    readonly jobs: string[];
  }

  async function start(
    options: {
      role?: 'all' | 'api' | 'worker';
      received?: ReceivedEvents;
      refuse?: (event: OutboxEvent) => boolean;
      withJobs?: boolean;
    } = {},
  ): Promise<PlatformFixture & { received: ReceivedEvents }> {
    const { role = 'all', received = { events: [], jobs: [] }, refuse, withJobs = false } = options;
    const platform = await startPlatform({
      databaseUrl: backend.databaseUrl,
      redisUrl: backend.redisUrl,
      role,
      register: ({ outboxHandlers, jobHandlers }) => {
        outboxHandlers.register('listener', '*', async (tx, events) => {
          const bad = events.find((event) => refuse?.(event));
          if (bad) throw new Error('refused');
          // Runs in the context of the site, so that row-level security allows the relay to write the site's rows.
          const [scope] = await tx.query<{ site: string }>(
            sqlText`SELECT current_setting('app.site_id') AS site`,
          );
          expect(scope.site).toBe(events[0].siteId);
          tx.afterCommit(() => received.events.push(...events));
          return withJobs ? events.map(({ id }) => noteJob.create(`note-${id}`, { outboxId: id })) : [];
        });
        jobHandlers.handle(noteJob, async ({ outboxId }) => {
          received.jobs.push(outboxId);
        });
      },
    });
    started.push(platform);
    return Object.assign(platform, { received });
  }

  const add = (platform: PlatformFixture, siteId: SiteId, subject: string, n = 0): Promise<void> =>
    platform.database.inSite({ siteId, principal: SYSTEM }, (tx) =>
      platform.outbox.add(tx, createContext(siteId), { type: 'thing.happened', subject, payload: { n } }),
    );

  it('relays committed events and none that were rolled back', async () => {
    const platform = await start();
    const siteId = newSiteId();
    await expect(
      platform.database.inSite({ siteId, principal: SYSTEM }, async (tx) => {
        await platform.outbox.add(tx, createContext(siteId), {
          type: 'never',
          subject: 'comment:1',
          payload: {},
        });
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    await add(platform, siteId, 'comment:1', 7);
    await until(() => platform.received.events.length > 0);
    expect(platform.received.events).toMatchObject([
      { siteId, type: 'thing.happened', subject: 'comment:1', payload: { n: 7 } },
    ]);
    expect(await sql('SELECT 1 FROM outbox')).toHaveLength(0);
  });

  it('keeps the order of each subject under concurrent writers of several sites', async () => {
    const platform = await start({ role: 'worker' });
    const writer = await start({ role: 'api' });
    const sites = [newSiteId(), newSiteId(), newSiteId()];
    await sql('CREATE TABLE counter (subject text PRIMARY KEY, n int NOT NULL)');
    await sql('GRANT ALL ON counter TO postbag_app');
    const subjects = ['comment:a', 'comment:b', 'story:c'];
    for (const site of sites)
      for (const subject of subjects) await sql('INSERT INTO counter VALUES ($1, 0)', [`${site} ${subject}`]);
    const write = (siteId: SiteId, subject: string): Promise<void> =>
      writer.database.inSite({ siteId, principal: SYSTEM }, async (tx) => {
        // The subject's row is locked from here to the commit, as in a status change.
        const [row] = await tx.query<{ n: number }>(
          sqlText`UPDATE counter SET n = n + 1 WHERE subject = $1 RETURNING n`,
          [`${siteId} ${subject}`],
        );
        await writer.outbox.add(tx, createContext(siteId), {
          type: 'counted',
          subject,
          payload: { n: row.n },
        });
        if (row.n % 7 === 0) await tx.query(sqlText`SELECT pg_sleep(0.01)`);
      });
    const writes = sites.flatMap((site) =>
      subjects.flatMap((subject) => Array.from({ length: 40 }, () => write(site, subject))),
    );
    await Promise.all(writes);
    await until(() => platform.received.events.length >= 360);
    expect(platform.received.events).toHaveLength(360);
    for (const site of sites) {
      for (const subject of subjects) {
        const numbers = platform.received.events
          .filter((event) => event.siteId === site && event.subject === subject)
          .map((event) => event.payload['n']);
        expect(numbers).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
      }
    }
  });

  it('relays each event once with several relays, and adds the jobs that follow', async () => {
    const received: ReceivedEvents = { events: [], jobs: [] };
    const relays = await Promise.all(
      [1, 2, 3].map(() => start({ role: 'worker', received, withJobs: true })),
    );
    const siteId = newSiteId();
    await Promise.all(Array.from({ length: 250 }, (_, n) => add(relays[n % 3], siteId, `comment:${n}`, n)));
    await until(() => received.jobs.length >= 250);
    expect(new Set(received.events.map(({ id }) => id)).size).toBe(250);
    expect(received.events).toHaveLength(250);
    expect(new Set(received.jobs)).toEqual(new Set(received.events.map(({ id }) => id)));
    expect(received.jobs).toHaveLength(250);
  });

  it('finds events by polling when no signal arrives', async () => {
    const platform = await start({ role: 'worker' });
    const siteId = newSiteId();
    await sql(
      `INSERT INTO outbox (site_id, type, subject, payload, occurred_at) VALUES ($1, 'quiet', 'comment:q', '{}', now())`,
      [siteId],
    );
    await until(() => platform.received.events.some(({ type }) => type === 'quiet'));
  });

  it('postpones a failing event so that only its subject waits, and recovers', async () => {
    let isBroken = true;
    const platform = await start({
      refuse: (event) => isBroken && event.payload['n'] === 666,
    });
    const siteId = newSiteId();
    await platform.database.inSite({ siteId, principal: SYSTEM }, async (tx) => {
      for (const [subject, n] of [
        ['comment:good', 1],
        ['comment:bad', 1],
        ['comment:bad', 666],
        ['comment:bad', 2],
        ['comment:good', 2],
      ] as const) {
        await platform.outbox.add(tx, createContext(siteId), { type: 'thing', subject, payload: { n } });
      }
    });
    await until(() => platform.received.events.length === 3);
    await add(platform, siteId, 'comment:bad', 3);
    await add(platform, siteId, 'comment:good', 3);
    await until(() => platform.received.events.length === 4);
    const payloadsOf = (subject: string): unknown[] =>
      platform.received.events
        .filter((event) => event.subject === subject)
        .map(({ payload }) => payload['n']);
    expect(payloadsOf('comment:good')).toEqual([1, 2, 3]);
    expect(payloadsOf('comment:bad')).toEqual([1]);
    const [postponed] = await sql<{ error: string }>('SELECT error FROM outbox WHERE failed_at IS NOT NULL');
    expect(postponed.error).toContain('refused');
    expect(await platform.relay.stats()).toMatchObject({ waiting: 3, postponed: 1 });

    isBroken = false;
    await until(() => platform.received.events.length === 7);
    expect(payloadsOf('comment:bad')).toEqual([1, 666, 2, 3]);
    expect(await sql('SELECT 1 FROM outbox')).toHaveLength(0);
  });

  it('in an API process, writes events and does not relay them', async () => {
    const api = await start({ role: 'api' });
    await add(api, newSiteId(), 'comment:1');
    // Connections of the previous spec may still be closing.
    await until(async () => {
      const connections = await sql(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'postbag jobs'`,
      );
      return connections.length === 0;
    });
    expect(await sql('SELECT 1 FROM outbox')).toHaveLength(1);
    const worker = await start({ role: 'worker' });
    await until(() => worker.received.events.length === 1);
  });
});
