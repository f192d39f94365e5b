import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { Webhook } from 'standardwebhooks';
import { DeletionTombstones } from '../../../src/features/entitlements/deletion-tombstones.js';
import { Clock } from '../../../src/platform/clock.js';
import { startApp, type TestApp } from '../../support/app.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { until } from '../../support/processes.js';
import { createSite, type TestSite, type Body } from '../../support/sites.js';

const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

let database: FreshDatabase;
let server: TestApp;
let owner: pg.Client;

interface PushOptions {
  readonly id?: string;
  readonly secret?: string;
  readonly signedAt?: Date;
  /** Sent in place of the body that was signed. */
  readonly sent?: string;
  readonly headers?: Record<string, string>;
  readonly provider?: string;
}

async function createIntegration(tiers: Record<string, string> = {}) {
  const site = await createSite(server, { policy: { gate: { comment: 'insider-gold' } } });
  const secret = newSecret();
  const put = await site.publisher('PUT', '/inbound/generic', { secret, tiers });
  expect(put.status).toBe(200);
  const push = (
    event: unknown,
    { id = `msg_${randomUUID()}`, signedAt = new Date(), ...options }: PushOptions = {},
  ) => {
    // Unusual spacing, because the signature covers the exact bytes.
    const body = typeof event === 'string' ? event : JSON.stringify(event, null, 3);
    const signature = new Webhook(options.secret ?? secret).sign(id, signedAt, body);
    return server.call<Body>('POST', `/api/v1/sites/${site.id}/inbound/${options.provider ?? 'generic'}`, {
      body: options.sent ?? body,
      headers: {
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(signedAt.getTime() / 1000)),
        'webhook-signature': signature,
        ...options.headers,
      },
    });
  };
  return { site, secret, push };
}

const at = (secondsFromNow: number): string => new Date(Date.now() + secondsFromNow * 1000).toISOString();
const entitlementEvent = (data: object = {}, timestamp = at(0)) => ({
  type: 'subscription.updated',
  timestamp,
  data: { readerKey: 'ada', tier: 'insider-gold', status: 'active', ...data },
});
const readEntitlement = async (site: TestSite) =>
  (await site.publisher('GET', '/readers/ada/entitlement')).body;

beforeAll(async () => {
  database = await freshDatabase();
  owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
  server = await startApp({ databaseUrl: database.url, settings: { role: 'api' } });
});

afterAll(async () => {
  await owner?.end();
  await server?.close();
  await database?.drop();
});

describe('a webhook of the generic provider', () => {
  it('opens and closes the gate', async () => {
    const { site, push } = await createIntegration();
    const token = await site.token('ada');
    const mayComment = async () => (await site.reader(token, 'GET', '/me')).body.gate.comment.allowed;
    expect(await mayComment()).toBe(false);
    const accepted = await push(entitlementEvent({ validUntil: '2999-01-01T00:00:00Z', unknownField: 1 }));
    expect([accepted.status, accepted.body]).toEqual([200, { outcome: 'applied' }]);
    expect(await readEntitlement(site)).toMatchObject({
      source: 'generic',
      validUntil: '2999-01-01T00:00:00.000Z',
    });
    expect(await mayComment()).toBe(true);
    await push(entitlementEvent({ status: 'cancelled' }));
    expect(await mayComment()).toBe(false);
  });

  it('maps the provider’s plan names to tiers', async () => {
    const { site, push } = await createIntegration({ price_gold_yearly: 'insider-gold' });
    expect((await push(entitlementEvent({ tier: 'price_gold_yearly' }))).status).toBe(200);
    expect((await readEntitlement(site)).tier).toBe('insider-gold');
    const unknown = await push(entitlementEvent({ tier: 'price_unknown' }));
    expect([unknown.status, unknown.body.errors[0].code]).toEqual([400, 'unknown-tier']);
  });

  it('takes effect once if it is sent twice', async () => {
    const { site, push } = await createIntegration();
    const event = entitlementEvent();
    expect((await push(event, { id: 'msg_1' })).body.outcome).toBe('applied');
    await push(entitlementEvent({ status: 'expired' }, at(1)));
    // A retry has a new signature and carries the same event.
    const again = await push(event, { id: 'msg_1', signedAt: new Date(Date.now() + 5000) });
    expect([again.status, again.body.outcome]).toEqual([200, 'duplicate']);
    expect((await readEntitlement(site)).status).toBe('expired');
  });

  it('changes nothing if it is older than the stored state', async () => {
    const { site, push } = await createIntegration();
    await push(entitlementEvent({ status: 'cancelled' }, at(-10)));
    const late = await push(entitlementEvent({ status: 'active' }, at(-20)));
    expect([late.status, late.body.outcome]).toEqual([200, 'older']);
    expect((await readEntitlement(site)).status).toBe('cancelled');
    // If both have a sequence, it takes precedence over the time.
    await push(entitlementEvent({ status: 'active', sequence: 5 }, at(0)));
    expect((await push(entitlementEvent({ status: 'cancelled', sequence: 4 }, at(1)))).body.outcome).toBe(
      'older',
    );
    expect((await push(entitlementEvent({ status: 'expired', sequence: 6 }, at(-5)))).body.outcome).toBe(
      'applied',
    );
    // With equal times, events are ordered by ID, regardless of the order in which they arrive.
    const same = at(60);
    await push(entitlementEvent({ status: 'trialing' }, same), { id: 'msg_b' });
    expect((await push(entitlementEvent({ status: 'active' }, same), { id: 'msg_a' })).body.outcome).toBe(
      'older',
    );
    expect((await push(entitlementEvent({ status: 'active' }, same), { id: 'msg_c' })).body.outcome).toBe(
      'applied',
    );
  });

  it('shares one entitlement with the publisher’s API calls: the later one is in effect', async () => {
    const { site, push } = await createIntegration();
    await site.publisher('PUT', '/readers/ada/entitlement', { tier: 'insider-gold', status: 'active' });
    expect((await push(entitlementEvent({ status: 'cancelled' }, at(-30)))).body.outcome).toBe('older');
    expect((await push(entitlementEvent({ status: 'cancelled' }, at(1)))).body.outcome).toBe('applied');
    await site.publisher('PUT', '/readers/ada/entitlement', { tier: 'insider-gold', status: 'active' });
    expect((await readEntitlement(site)).status).toBe('active');
  });

  it('of another type is accepted and ignored', async () => {
    const { push } = await createIntegration();
    const answer = await push({ type: 'invoice.paid', timestamp: at(0), data: { anything: true } });
    expect([answer.status, answer.body.outcome]).toEqual([200, 'ignored']);
  });

  it.each<[string, (secret: string) => PushOptions]>([
    ['with another secret', () => ({ secret: newSecret() })],
    ['over another body', () => ({ sent: JSON.stringify(entitlementEvent({ tier: 'insider' })) })],
    ['over the same body formatted differently', () => ({ sent: JSON.stringify(entitlementEvent()) })],
    ['six minutes ago', () => ({ signedAt: new Date(Date.now() - 360_000) })],
    ['in six minutes', () => ({ signedAt: new Date(Date.now() + 360_000) })],
    ['for another id', () => ({ headers: { 'webhook-id': 'msg_other' } })],
    [
      'for another time',
      () => ({ headers: { 'webhook-timestamp': String(Math.floor(Date.now() / 1000) - 9) } }),
    ],
    ['for a time that is not an integer', () => ({ headers: { 'webhook-timestamp': '1e9' } })],
    ['with an empty signature', () => ({ headers: { 'webhook-signature': '' } })],
    ['with an unknown version', () => ({ headers: { 'webhook-signature': 'v2,AAAA' } })],
    ['with a full stop in its id', () => ({ id: 'msg.1' })],
  ])('signed %s gets a 401 and changes nothing', async (_, options) => {
    const { site, secret, push } = await createIntegration();
    const answer = await push(entitlementEvent(), options(secret));
    expect([answer.status, answer.body.code]).toEqual([401, 'unauthorized']);
    expect((await readEntitlement(site)).code).toBe('not-found');
  });

  it('may carry several signatures', async () => {
    const { secret, push } = await createIntegration();
    const event = JSON.stringify(entitlementEvent());
    const signedAt = new Date();
    const good = new Webhook(secret).sign('msg_many', signedAt, event);
    const headers = { 'webhook-signature': `v1a,xyz v1,AAAA ${good}` };
    expect((await push(event, { id: 'msg_many', signedAt, headers })).status).toBe(200);
  });

  it.each([
    ['{'],
    ['[]'],
    ['null'],
    ['7'],
    [JSON.stringify({})],
    [JSON.stringify({ type: 'subscription.updated' })],
    [JSON.stringify({ ...entitlementEvent(), timestamp: 'now' })],
    [JSON.stringify({ ...entitlementEvent(), data: null })],
    [JSON.stringify(entitlementEvent({ readerKey: 7 }))],
    [JSON.stringify(entitlementEvent({ readerKey: '' }))],
    [JSON.stringify(entitlementEvent({ readerKey: 'a\0' }))],
    [JSON.stringify(entitlementEvent({ status: 'paused' }))],
    [JSON.stringify(entitlementEvent({ sequence: -1 }))],
    [JSON.stringify(entitlementEvent({ sequence: 1.5 }))],
    [JSON.stringify(entitlementEvent({ validUntil: 'soon' }))],
    [JSON.stringify(entitlementEvent({}, '2999-01-01T00:00:00Z'))],
  ])('of the shape %s gets a 400 and changes nothing', async (body) => {
    const { site, push } = await createIntegration();
    const id = 'msg_bad';
    expect((await push(body, { id })).status).toBe(400);
    expect((await readEntitlement(site)).code).toBe('not-found');
    // A corrected message may be sent again with the same ID.
    expect((await push(entitlementEvent(), { id })).body.outcome).toBe('applied');
  });

  it('for another site or provider is not found', async () => {
    const { push } = await createIntegration();
    const other = await createSite(server);
    expect((await push(entitlementEvent(), { provider: 'nobody' })).status).toBe(404);
    expect(
      (await other.reader(null, 'POST', `/sites/${other.id}/inbound/generic`, entitlementEvent())).status,
    ).toBe(404);
    expect(
      (await other.reader(null, 'POST', '/sites/no-uuid/inbound/generic', entitlementEvent())).status,
    ).toBe(404);
  });

  it('signed with another site’s secret gets a 401', async () => {
    const [one, two] = [await createIntegration(), await createIntegration()];
    expect((await one.push(entitlementEvent(), { secret: two.secret })).status).toBe(401);
  });
});

describe('a webhook about a reader', () => {
  const PICTURE = 'https://news.example/ada.png';
  const profile = (data: object = {}, timestamp = at(0)) => ({
    type: 'reader.updated',
    timestamp,
    data: { readerKey: 'ada', name: 'Ada King', picture: PICTURE, email: 'ada@mail.example', ...data },
  });
  const deletion = (data: object = {}, timestamp = at(0)) => ({
    type: 'reader.deleted',
    timestamp,
    data: { readerKey: 'ada', ...data },
  });
  /** The stored reader; undefined if there is none with that key. */
  const readerRow = async (site: TestSite, key = 'ada') =>
    (
      await owner.query<Body>(
        'SELECT id, name, name_from_publisher, picture, email FROM reader WHERE site_id = $1 AND key = $2',
        [site.id, key],
      )
    ).rows[0];
  /** A request that stores the reader. */
  const visit = (site: TestSite, token: string) => site.reader(token, 'GET', '/me/ignored');
  const secondsFromNow = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;
  const log = async (site: TestSite) => (await site.publisher('GET', '/inbound/generic/log')).body.items;

  it('updates the profile after moderating the display name; an older token does not undo it', async () => {
    const { site, push } = await createIntegration();
    const before = await site.token('ada', { name: 'Ada Byron', iat: secondsFromNow(-60) });
    await visit(site, before);
    expect((await push(profile())).body).toEqual({ outcome: 'applied' });
    expect(await readerRow(site)).toMatchObject({
      name: 'Ada King',
      picture: PICTURE,
      email: 'ada@mail.example',
    });
    expect((await push(profile({}, at(1)))).body.outcome).toBe('unchanged');
    await visit(site, before);
    expect(await readerRow(site)).toMatchObject({ name: 'Ada King', email: 'ada@mail.example' });
    await visit(site, await site.token('ada', { name: 'Ada Lovelace', iat: secondsFromNow(20) }));
    expect(await readerRow(site)).toMatchObject({ name: 'Ada Lovelace', picture: null, email: null });
    // As with tokens, an invalid name, address or picture is ignored and not refused.
    await push(
      profile({ name: 'The Moderator', picture: 'http://x.example/a.png', email: 'no address' }, at(30)),
    );
    const { name, ...rest } = await readerRow(site);
    expect(rest).toMatchObject({ name_from_publisher: 'The Moderator', picture: null, email: null });
    expect(name).toMatch(/^Reader /);
  });

  it('stores no profile for an unknown reader, and logs the reason', async () => {
    const { site, push } = await createIntegration();
    expect((await push(profile())).body).toEqual({ outcome: 'ignored' });
    expect(await readerRow(site)).toBeUndefined();
    expect((await push(deletion())).body).toEqual({ outcome: 'unchanged' });
    expect(await log(site)).toMatchObject([
      { outcome: 'unchanged', reason: 'unknown-reader', readerKey: 'ada' },
      { outcome: 'ignored', reason: 'unknown-reader', detail: expect.stringContaining('has commented here') },
    ]);
  });

  it('erases a deleted reader at once, even for tokens that are still valid', async () => {
    const { site, push } = await createIntegration();
    const oldToken = await site.token('ada', { iat: secondsFromNow(-60) });
    await visit(site, oldToken);
    const { id } = await readerRow(site);
    await push(profile({}, at(-5)));
    expect((await push(deletion())).body).toEqual({ outcome: 'applied' });
    expect(await readerRow(site)).toBeUndefined();
    expect(await readerRow(site, `erased:${id}`)).toMatchObject({
      name_from_publisher: '',
      picture: null,
      email: null,
    });
    // Later messages about a deleted reader do not create the reader again.
    expect((await push(profile({}, at(5)))).body.outcome).toBe('ignored');
    expect((await push(profile({}, at(-9)))).body.outcome).toBe('older');
    const refused = await visit(site, oldToken);
    expect([refused.status, refused.body.code]).toEqual([401, 'unauthorized']);
    expect(await readerRow(site)).toBeUndefined();
    // A reader who returns is a new reader, and older messages do not apply to them.
    expect((await visit(site, await site.token('ada', { iat: secondsFromNow(20) }))).status).toBe(200);
    expect((await readerRow(site)).id).not.toBe(id);
    expect((await push(profile({ name: 'Old Ada' }, at(-3)))).body.outcome).toBe('older');
    expect((await push(deletion({}, at(-3)))).body.outcome).toBe('older');
    expect((await readerRow(site)).name).toBe('ada');
    expect((await push(profile({ name: 'New Ada' }, at(30)))).body.outcome).toBe('applied');
  });

  it('does not erase a returned reader again when a deletion is replayed', async () => {
    const { site, push } = await createIntegration();
    await visit(site, await site.token('ada', { iat: secondsFromNow(-60) }));
    await push(deletion());
    const [line] = await log(site);
    await visit(site, await site.token('ada', { iat: secondsFromNow(20) }));
    const again = await site.publisher('POST', `/inbound/generic/log/${line.id}/replay`);
    expect([again.status, (await readerRow(site))?.name]).toEqual([200, 'ada']);
    expect(again.body.outcome).toBe('unchanged');
  });

  it('ends the entitlements of a deleted reader and erases their history', async () => {
    const { site, push } = await createIntegration();
    const history = async () =>
      (await site.publisher('GET', '/readers/ada/entitlements/default/history')).body.items;
    await push(entitlementEvent({}, at(-20)));
    await site.publisher('PUT', '/readers/ada/entitlements/gift', { tier: 'insider', status: 'active' });
    const claim = { tier: 'insider-gold', iat: secondsFromNow(-60) };
    const oldToken = await site.token('ada', claim);
    // This request stores no reader.
    const tierBy = async (token: string) => (await site.publisher('POST', '/gate', { token })).body.tier?.key;
    expect(await tierBy(oldToken)).toBe('insider-gold');
    // The data is deleted although no reader with this key is stored.
    expect((await push(deletion())).body).toEqual({ outcome: 'applied' });
    expect((await site.publisher('GET', '/readers/ada/entitlements')).body.items).toEqual([]);
    expect(await history()).toEqual([]);
    for (const table of ['entitlement', 'entitlement_ledger_entry', 'entitlement_ending']) {
      const { rows } = await owner.query<Body>(`SELECT 1 FROM ${table} WHERE site_id = $1`, [site.id]);
      expect([table, rows]).toEqual([table, []]);
    }
    // Earlier tokens no longer grant a tier. Later ones do, because they belong to a new reader.
    expect(await tierBy(oldToken)).toBeUndefined();
    const newToken = await site.token('ada', { ...claim, iat: secondsFromNow(20) });
    expect(await tierBy(newToken)).toBe('insider-gold');
    // Billing messages about the time before the deletion are ignored. Later ones apply to the new reader.
    expect((await push(entitlementEvent({}, at(-10)))).body).toEqual({ outcome: 'older' });
    expect(await history()).toEqual([]);
    expect((await push(entitlementEvent({}, at(30)))).body).toEqual({ outcome: 'applied' });
    expect((await readEntitlement(site)).status).toBe('active');
    expect((await push(deletion({}, at(10)))).body).toEqual({ outcome: 'unchanged' });
    expect((await readEntitlement(site)).status).toBe('active');
  });

  const ACME = { name: 'Acme', seats: 2, tier: 'insider-gold', status: 'active' };
  const createSeats = async () => {
    const { site, push } = await createIntegration();
    await site.publisher('PUT', '/organisations/acme', ACME);
    await site.publisher('POST', '/organisations/acme/seats', { readerKeys: ['ada', 'bo'] });
    return { site, push };
  };
  const seatedReaders = async (site: TestSite) =>
    (await site.publisher('GET', '/organisations/acme/seats')).body.items.map((seat: Body) => seat.readerKey);

  it.each<[string, string, object | undefined, number, string[] | undefined]>([
    ['is changed', 'PUT', { ...ACME, tier: 'insider' }, 200, ['bo']],
    ['is deleted', 'DELETE', undefined, 204, undefined],
  ])(
    'frees a deleted reader’s seat, even while their organisation %s',
    async (_, method, body, status, remainingSeats) => {
      const { site, push } = await createSeats();
      const lock = [`${site.id}\nada`];
      const waitForBlocked = async (count: number): Promise<void> =>
        until(async () => {
          const { rowCount } = await owner.query(
            `SELECT FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1 AND NOT granted
             AND (classid::bigint << 32) | objid::bigint = hashtextextended($1, 7343)`,
            lock,
          );
          return rowCount === count;
        });
      // Both requests wait for the lock on ada's entitlements, in the order in which they arrived.
      await owner.query('SELECT pg_advisory_lock(hashtextextended($1, 7343))', lock);
      const deletionAnswer = push(deletion());
      await waitForBlocked(1);
      const changeAnswer = site.publisher(method, '/organisations/acme', body);
      await waitForBlocked(2);
      await owner.query('SELECT pg_advisory_unlock(hashtextextended($1, 7343))', lock);
      expect([(await deletionAnswer).body, (await changeAnswer).status]).toEqual([
        { outcome: 'applied' },
        status,
      ]);
      expect((await site.publisher('GET', '/readers/ada/entitlements')).body.items).toEqual([]);
      if (remainingSeats) expect(await seatedReaders(site)).toEqual(remainingSeats);
    },
  );

  it('frees a seat taken before the deletion, even if the organisation has changed since', async () => {
    const clock = server.app.get(Clock, { strict: false });
    const realNow = clock.now.bind(clock);
    clock.now = () => new Date(realNow().getTime() - 60_000);
    const { site, push } = await createSeats().finally(() => (clock.now = realNow));
    // Changing the organisation does not reassign its seats. A reader who gets a seat again has it as a new reader.
    await site.publisher('PUT', '/organisations/acme', { ...ACME, tier: 'insider' });
    await site.publisher('DELETE', '/organisations/acme/seats/bo');
    await site.publisher('PUT', '/organisations/acme/seats/bo');
    expect((await push(deletion({}, at(-30)))).body).toEqual({ outcome: 'applied' });
    expect((await push(deletion({ readerKey: 'bo' }, at(-30)))).body).toEqual({ outcome: 'unchanged' });
    expect(await seatedReaders(site)).toEqual(['bo']);
    for (const table of ['entitlement', 'entitlement_ledger_entry', 'entitlement_ending'])
      expect([
        table,
        (await owner.query(`SELECT FROM ${table} WHERE site_id = $1 AND reader_key = 'ada'`, [site.id]))
          .rowCount,
      ]).toEqual([table, 0]);
  });

  it('after 30 days also erases a subscription that ended after the deletion, unless the reader has returned', async () => {
    const { site, push } = await createIntegration();
    const [ends, returns, pays] = ['ends', 'returns', 'pays'];
    for (const readerKey of [ends, returns, pays]) {
      await push(deletion({ readerKey }));
      const status = readerKey === pays ? 'active' : 'expired';
      expect((await push(entitlementEvent({ readerKey, status }, at(10)))).body).toEqual({
        outcome: 'applied',
      });
    }
    await visit(site, await site.token(returns, { iat: secondsFromNow(20) }));
    // A reader of another site has the same key and was not deleted there.
    const another = await createIntegration();
    await another.push(entitlementEvent({ readerKey: ends, status: 'expired' }, at(10)));
    const readerKeysIn = async (table: string, onSite = site): Promise<string[]> => {
      const sql = `SELECT DISTINCT reader_key FROM ${table} WHERE site_id = $1 ORDER BY 1`;
      return (await owner.query<Body>(sql, [onSite.id])).rows.map(({ reader_key }) => reader_key);
    };
    const clock = server.app.get(Clock, { strict: false });
    const purgeAfter = async (days: number): Promise<void> => {
      clock.now = () => new Date(Date.now() + days * 86_400_000);
      await server.app
        .get(DeletionTombstones, { strict: false })
        .purge()
        .finally(() => Reflect.deleteProperty(clock, 'now'));
    };
    await purgeAfter(29);
    expect(await readerKeysIn('reader_fact')).toEqual([ends, pays, returns]);
    await purgeAfter(31);
    expect(await readerKeysIn('reader_fact')).toEqual([]);
    for (const table of ['entitlement', 'entitlement_ledger_entry']) {
      expect(await readerKeysIn(table)).toEqual([pays, returns]);
      expect(await readerKeysIn(table, another.site)).toEqual([ends]);
    }
  });

  it('leads to the same entitlements regardless of the order in which deletions and other changes arrive', async () => {
    const { site, push } = await createIntegration();
    const start = Date.now();
    const step = fc.record({ isDeletion: fc.boolean(), seconds: fc.integer({ min: 0, max: 5 }) });
    const scenarios = fc.array(step, { minLength: 2, maxLength: 5 }).chain((steps) => {
      const messages = steps.map((each, mark) => ({ ...each, mark }));
      const order = fc.shuffledSubarray(messages, { minLength: messages.length });
      return fc.record({ messages: fc.constant(messages), order });
    });
    let readers = 0;
    await fc.assert(
      fc.asyncProperty(scenarios, async ({ messages, order }) => {
        const readerKey = `subscriber-${readers++}`;
        for (const { isDeletion, seconds, mark } of order) {
          const timestamp = new Date(start + seconds * 1000).toISOString();
          const validUntil = new Date(start + 1e8 + mark * 1000).toISOString();
          const event = isDeletion
            ? deletion({ readerKey }, timestamp)
            : entitlementEvent({ readerKey, validUntil }, timestamp);
          expect((await push(event, { id: `${readerKey}-${mark}` })).status).toBe(200);
        }
        const latestDeletionSecond = Math.max(
          -1,
          ...messages.flatMap((each) => (each.isDeletion ? [each.seconds] : [])),
        );
        const last = messages
          .filter(({ isDeletion, seconds }) => !isDeletion && seconds > latestDeletionSecond)
          .sort((one, other) => other.seconds - one.seconds || other.mark - one.mark)[0];
        const { body } = await site.publisher('GET', `/readers/${readerKey}/entitlement`);
        expect(body.validUntil).toBe(last && new Date(start + 1e8 + last.mark * 1000).toISOString());
      }),
      { numRuns: 20 },
    );
  });

  it('keeps the ban of a deleted reader who returns', async () => {
    const { site, push } = await createIntegration();
    await visit(site, await site.token('ada', { iat: secondsFromNow(-60) }));
    const { id } = await readerRow(site);
    const banned = { standing: 'banned', reason: 'Insults' };
    const call = { token: server.adminKey, body: banned };
    expect((await server.call('POST', `/api/v1/moderation/readers/${id}/standing`, call)).status).toBe(200);
    await push(deletion());
    const newToken = await site.token('ada', { iat: secondsFromNow(20) });
    const answer = await site.publisher('POST', '/gate', { token: newToken });
    expect(answer.body.gate.reply).toMatchObject({ allowed: false, code: 'banned' });
    // The same applies if the publisher sends their profile before their first visit.
    const put = await site.publisher('PUT', '/readers/ada', { name: 'Ada anew' });
    expect(put.body).toMatchObject({ standing: 'banned', standingUntil: null });
    expect(put.body.id).not.toBe(id);
    expect((await site.publisher('PUT', '/readers/ada', { name: 'Ada again' })).body.standing).toBe('banned');
  });

  it('does not overwrite a later profile set by the publisher', async () => {
    const { site, push } = await createIntegration();
    await site.publisher('PUT', '/readers/ada', { name: 'Countess Ada' });
    expect((await push(profile({}, at(-30)))).body.outcome).toBe('older');
    expect((await readerRow(site)).name).toBe('Countess Ada');
  });

  it.each([
    [{ type: 'reader.updated', timestamp: at(0), data: { readerKey: 'ada' } }, '/data/name'],
    [{ type: 'reader.updated', timestamp: at(0), data: { readerKey: 'ada', name: ' ' } }, '/data/name'],
    [{ type: 'reader.updated', timestamp: at(0), data: { readerKey: '', name: 'Ada' } }, '/data/readerKey'],
    [{ type: 'reader.deleted', timestamp: at(0), data: { readerKey: 'a\0' } }, '/data/readerKey'],
    [
      { type: 'reader.deleted', timestamp: at(0), data: { readerKey: 'postbag:publication' } },
      '/data/readerKey',
    ],
    [{ type: 'reader.deleted', timestamp: at(0) }, '/data'],
    [{ type: 'reader.deleted', timestamp: '2999-01-01T00:00:00Z', data: { readerKey: 'ada' } }, '/timestamp'],
  ])('gets a 400 if it is invalid: %j', async (event, pointer) => {
    const { push } = await createIntegration();
    const { status, body } = await push(event);
    expect([status, body.errors[0].pointer]).toEqual([400, pointer]);
  });

  it('leads to the same state in any order, even if it is sent several times', async () => {
    const { site, push } = await createIntegration();
    const start = Date.now();
    const step = fc.record({
      isDeletion: fc.boolean(),
      // Some have the same second, so they are ordered by ID.
      seconds: fc.integer({ min: 0, max: 4 }),
    });
    const scenarios = fc
      .record({ isNumbered: fc.boolean(), steps: fc.array(step, { minLength: 2, maxLength: 5 }) })
      .chain(({ isNumbered, steps }) => {
        const messages = steps.map((each, mark) => ({ ...each, mark }));
        const order = fc.array(fc.nat(messages.length - 1), { maxLength: 3 }).chain((again) =>
          fc.shuffledSubarray([...messages, ...again.map((index) => messages[index])], {
            minLength: messages.length + again.length,
          }),
        );
        return fc.record({ isNumbered: fc.constant(isNumbered), messages: fc.constant(messages), order });
      });
    let readers = 0;
    await fc.assert(
      fc.asyncProperty(scenarios, async ({ isNumbered, messages, order }) => {
        const readerKey = `reader-${readers++}`;
        await visit(site, await site.token(readerKey));
        for (const { isDeletion, seconds, mark } of order) {
          const timestamp = new Date(start + seconds * 1000).toISOString();
          const data = { readerKey, ...(isNumbered ? { sequence: mark } : {}) };
          const event = isDeletion
            ? deletion(data, timestamp)
            : profile({ ...data, name: `Name ${mark}` }, timestamp);
          expect((await push(event, { id: `${readerKey}-${mark}` })).status).toBe(200);
        }
        const readerFacts = (
          await owner.query<Body>(
            'SELECT kind, message_id FROM reader_fact WHERE site_id = $1 AND reader_key = $2',
            [site.id, readerKey],
          )
        ).rows;
        const newest = (all: typeof messages) =>
          [...all].sort((one, other) =>
            isNumbered ? other.mark - one.mark : other.seconds - one.seconds || other.mark - one.mark,
          )[0];
        const deletions = messages.filter(({ isDeletion }) => isDeletion);
        const last = newest(deletions.length > 0 ? deletions : messages);
        expect(readerFacts).toEqual([
          { kind: deletions.length > 0 ? 'deletion' : 'profile', message_id: `${readerKey}-${last.mark}` },
        ]);
        expect((await readerRow(site, readerKey))?.name_from_publisher).toBe(
          deletions.length > 0 ? undefined : `Name ${last.mark}`,
        );
      }),
      { numRuns: 20 },
    );
  });
});

describe('a billing integration', () => {
  it('is returned without its secret, and still accepts the previous one after a rotation', async () => {
    const { site, secret, push } = await createIntegration({ gold: 'insider-gold' });
    const read = await site.publisher('GET', '/inbound/generic');
    expect(read.body).toMatchObject({
      provider: 'generic',
      tiers: { gold: 'insider-gold' },
      previousSecretValidUntil: null,
      url: expect.stringContaining(`/api/v1/sites/${site.id}/inbound/generic`),
    });
    expect(JSON.stringify(read.body)).not.toContain(secret);
    const next = newSecret();
    const rotated = await site.publisher('PUT', '/inbound/generic', { secret: next });
    expect(rotated.body.previousSecretValidUntil).not.toBeNull();
    expect((await push(entitlementEvent())).status).toBe(200);
    expect((await push(entitlementEvent(), { secret: next })).status).toBe(200);
    expect((await site.publisher('DELETE', '/inbound/generic')).status).toBe(204);
    expect((await push(entitlementEvent())).status).toBe(404);
    expect((await site.publisher('GET', '/inbound/generic')).status).toBe(404);
  });

  it.each([
    [{}],
    [{ secret: '' }],
    [{ secret: 'whsec_' }],
    [{ secret: 'whsec_short' }],
    [{ secret: 'not base64 at all!' }],
    [{ secret: 7 }],
    [{ secret: newSecret(), tiers: [] }],
    [{ secret: newSecret(), tiers: { a: 7 } }],
    [{ secret: newSecret(), tiers: { a: 'diamond' } }],
    [{ secret: newSecret(), other: 1 }],
  ])('cannot be created from %j', async (body) => {
    const site = await createSite(server);
    expect((await site.publisher('PUT', '/inbound/generic', body)).status).toBe(400);
  });

  it('is listed only with the integrations of its site', async () => {
    const site = await createSite(server);
    await site.publisher('PUT', '/inbound/stripe', {
      secret: 'whsec_a-secret-of-stripe',
      tiers: { p: 'insider' },
    });
    await site.publisher('PUT', '/inbound/json-tollbooth', {
      secret: 'a long secret of theirs',
      mapping: {
        signature: { by: 'header', header: 'X-Key' },
        time: '/at',
        readerKey: '/user',
        plans: ['/plan'],
      },
    });
    const { status, body } = await site.publisher('GET', '/inbound');
    expect([status, body.items.map(({ provider }: Body) => provider)]).toEqual([
      200,
      ['json-tollbooth', 'stripe'],
    ]);
    expect(body.items[1]).toEqual((await site.publisher('GET', '/inbound/stripe')).body);
    expect((await (await createSite(server)).publisher('GET', '/inbound')).body.items).toEqual([]);
  });

  it('for an unknown provider is not found', async () => {
    const site = await createSite(server);
    for (const [method, body] of [
      ['PUT', { secret: newSecret() }],
      ['GET', undefined],
      ['DELETE', undefined],
    ] as const) {
      expect((await site.publisher(method, '/inbound/nobody', body)).status).toBe(404);
    }
  });
});
