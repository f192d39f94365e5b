import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { startApp, type TestApp } from '../../support/app.js';
import {
  BILLERS,
  ENDS_AT,
  GENERIC,
  OWN,
  REVENUECAT,
  secondOf,
  STRIPE,
  type Biller,
} from '../../support/billing.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { until } from '../../support/processes.js';
import {
  subscriptionMessages,
  deliveryOrders,
  type SubscriptionMessage,
} from '../../support/message-orders.js';
import { createSite, type Body, type TestSite } from '../../support/sites.js';

let database: FreshDatabase;
let server: TestApp;
let owner: pg.Client;

beforeAll(async () => {
  database = await freshDatabase();
  server = await startApp({ databaseUrl: database.url, settings: { role: 'api' } });
  owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
});

afterAll(async () => {
  await owner?.end();
  await server?.close();
  await database?.drop();
});

const GATE = { gate: { comment: 'insider-gold', reply: 'insider' } };

interface SentWebhook {
  readonly secret?: string;
  readonly at?: Date;
  readonly headers?: Record<string, string>;
  readonly sentBody?: string;
}

async function createIntegration(billingProvider: Biller, settings: object = {}) {
  const site = await createSite(server, { policy: GATE });
  const put = await site.publisher('PUT', `/inbound/${billingProvider.provider}`, {
    ...billingProvider.settings,
    ...settings,
  });
  expect([put.status, put.body]).toEqual([200, expect.anything()]);
  const push = (event: object, { secret, at = new Date(), headers, sentBody }: SentWebhook = {}) => {
    const body = JSON.stringify(event, null, 2);
    return server.call<Body>('POST', `/api/v1/sites/${site.id}/inbound/${billingProvider.provider}`, {
      body: sentBody ?? body,
      headers: {
        ...billingProvider.headers(body, secret ?? billingProvider.settings.secret, at),
        ...headers,
      },
    });
  };
  const log = async (query = '') =>
    (await site.publisher('GET', `/inbound/${billingProvider.provider}/log${query}`)).body.items;
  return { site, push, log };
}

const entitlements = async (site: TestSite, reader = 'ada') =>
  (await site.publisher('GET', `/readers/${reader}/entitlements`)).body.items;

/** The rows that the webhooks led to: entitlements, their endings and the ledger. */
async function readStoredState(site: TestSite): Promise<unknown> {
  const read = (table: string, columns: string) =>
    owner.query<object>(`SELECT ${columns} FROM ${table} WHERE site_id = $1 ORDER BY 1, 2, 3`, [site.id]);
  const [rows, endings, readerFacts] = await Promise.all([
    read(
      'entitlement',
      'reader_key, key, tier, status, valid_until, grace_until, ended_at, sequence, reported_at',
    ),
    read('entitlement_ending', 'reader_key, tier, ended_at'),
    read('entitlement_ledger_entry', 'reader_key, key, message_id, tier, status'),
  ]);
  return { rows: rows.rows, endings: endings.rows, readerFacts: readerFacts.rows };
}

describe.each(BILLERS.map((billingProvider) => [billingProvider.provider, billingProvider] as const))(
  'webhooks from %s',
  (_, billingProvider) => {
    it('open the gate, keep it open to the end of the paid period, and close it', async () => {
      const { site, push } = await createIntegration(billingProvider);
      const token = await site.token('ada');
      const commentGate = async () => (await site.reader(token, 'GET', '/me')).body.gate.comment;
      expect((await push(billingProvider.buildEvent('gold', 1))).body).toEqual({ outcome: 'applied' });
      expect((await commentGate()).allowed).toBe(true);
      expect((await push(billingProvider.buildEvent('ending', 2))).body.outcome).toMatch(/applied|unchanged/);
      expect((await commentGate()).allowed).toBe(true);
      expect((await entitlements(site))[0]).toMatchObject({ tier: 'insider-gold', validUntil: ENDS_AT });
      expect((await push(billingProvider.buildEvent('over', 3))).body).toEqual({ outcome: 'applied' });
      expect((await commentGate()).code).toBe('entitlement-ended');
    });

    it('end the higher tier when the reader moves to a lower plan', async () => {
      const { site, push } = await createIntegration(billingProvider);
      await push(billingProvider.buildEvent('gold', 1));
      await push(billingProvider.buildEvent('silver', 2));
      const { gate, tier } = (await site.reader(await site.token('ada'), 'GET', '/me')).body;
      expect([tier.key, gate.comment.code, gate.reply.allowed]).toEqual([
        'insider',
        'entitlement-ended',
        true,
      ]);
    });

    it('lead to the same state when repeated, late or in any order', async () => {
      const applyAll = async (deliveries: readonly SubscriptionMessage[]) => {
        const { site, push } = await createIntegration(billingProvider);
        for (const { state, second, mark } of deliveries)
          expect((await push(billingProvider.buildEvent(state, second, 'ada', mark))).status).toBe(200);
        return readStoredState(site);
      };
      const orders = subscriptionMessages({ mayTie: true, maxLength: 5 }).chain((messages) =>
        fc.tuple(deliveryOrders(messages), deliveryOrders(messages)),
      );
      await fc.assert(
        fc.asyncProperty(orders, async ([one, other]) =>
          expect(await applyAll(one)).toEqual(await applyAll(other)),
        ),
        { numRuns: 4 },
      );
    });

    it('are refused with a wrong or missing signature, and the log says why', async () => {
      const { site, push, log } = await createIntegration(billingProvider);
      const event = billingProvider.buildEvent('gold', 1);
      const isSigned = !(
        'authorization' in billingProvider.headers('', billingProvider.settings.secret, new Date())
      );
      const otherSecret =
        billingProvider.provider === 'generic' ? `whsec_${'B'.repeat(32)}` : 'other:another secret';
      expect((await push(event, { secret: otherSecret })).status).toBe(401);
      const emptyHeaders = Object.fromEntries(
        Object.keys(billingProvider.headers('', billingProvider.settings.secret, new Date())).map((name) => [
          name,
          '',
        ]),
      );
      expect((await push(event, { headers: emptyHeaders })).status).toBe(401);
      if (isSigned) {
        expect((await push(event, { sentBody: JSON.stringify(event) })).status).toBe(401);
        // The exact limit is tested elsewhere, because time passes before it is checked here.
        for (const ms of [-301_000, 360_000])
          expect((await push(event, { at: new Date(Date.now() + ms) })).status).toBe(401);
      }
      expect(await entitlements(site)).toEqual([]);
      const reasons = (await log('?outcome=refused')).map((line: Body) => [line.reason, line.isReplayable]);
      const expectedReasons = isSigned
        ? ['out-of-time', 'out-of-time', 'wrong', 'unsigned', 'wrong']
        : ['unsigned', 'wrong'];
      expect(reasons).toEqual(expectedReasons.map((reason) => [reason, false]));
    });

    it('are accepted with the new secret at once, and still with the previous one', async () => {
      const { site, push } = await createIntegration(billingProvider);
      const next =
        billingProvider.provider === 'generic' ? `whsec_${'C'.repeat(32)}` : 'name:the next secret';
      const { secret: _old, ...rest } = billingProvider.settings;
      expect(
        (await site.publisher('PUT', `/inbound/${billingProvider.provider}`, { ...rest, secret: next }))
          .status,
      ).toBe(200);
      expect((await push(billingProvider.buildEvent('gold', 1))).status).toBe(200);
      expect((await push(billingProvider.buildEvent('over', 2), { secret: next })).status).toBe(200);
      // The tiers can be edited without sending a secret.
      expect(
        (await site.publisher('PUT', `/inbound/${billingProvider.provider}`, { ...rest, tiers: {} })).status,
      ).toBe(200);
      expect((await push(billingProvider.buildEvent('gold', 3), { secret: next })).status).toBe(
        billingProvider.provider === 'generic' ? 400 : 200,
      );
    });

    it('of other types are accepted and ignored', async () => {
      const { push, log } = await createIntegration(billingProvider);
      expect((await push(billingProvider.other)).body).toEqual({ outcome: 'ignored' });
      expect((await push(billingProvider.other)).body).toEqual({ outcome: 'duplicate' });
      expect((await log()).map((line: Body) => line.outcome)).toEqual(['duplicate', 'ignored']);
    });

    it('of an unknown shape get a 400, and are stored for inspection', async () => {
      const { site, push, log } = await createIntegration(billingProvider);
      for (const event of [{}, [], { type: 7 }, { event: null, data: [], content: 'x' }]) {
        expect((await push(event)).status).toBe(400);
      }
      const [line] = await log();
      expect(line).toMatchObject({ outcome: 'refused', reason: 'bad-shape', isReplayable: true });
      const entry = await site.publisher('GET', `/inbound/${billingProvider.provider}/log/${line.id}`);
      expect(JSON.parse(entry.body.body)).toEqual({ event: null, data: [], content: 'x' });
    });
  },
);

describe('a plan missing from the mapping', () => {
  it('is acknowledged and stored, and opens the gate when it has been mapped and the webhook is replayed', async () => {
    const { site, push, log } = await createIntegration(STRIPE, { tiers: {} });
    expect((await push(STRIPE.buildEvent('gold', 1))).body).toEqual({ outcome: 'unmapped' });
    expect((await push(STRIPE.buildEvent('gold', 2, 'bob'))).body).toEqual({ outcome: 'unmapped' });
    const [, line] = await log();
    expect(line).toMatchObject({
      outcome: 'unmapped',
      reason: 'unknown-plan',
      readerKey: 'ada',
      detail: expect.stringContaining('plan_gold'),
    });
    expect((await entitlements(site))[0]).toMatchObject({ tier: 'plan_gold', counts: false });
    const events = `SELECT 1 FROM outbox WHERE site_id = $1 AND type = 'entitlement.changed'`;
    expect((await owner.query(events, [site.id])).rowCount).toBe(0);

    await site.publisher('PUT', '/inbound/stripe', { tiers: { plan_gold: 'insider-gold' } });
    const one = await site.publisher('POST', `/inbound/stripe/log/${line.id}/replay`);
    expect([one.status, one.body]).toEqual([200, { outcome: 'applied' }]);
    expect((await entitlements(site))[0]).toMatchObject({ tier: 'insider-gold', counts: true });
    const rest = await site.publisher('POST', '/inbound/stripe/replay', { since: '2026-01-01T00:00:00Z' });
    expect(rest.body).toEqual({ replayed: 1, outcomes: { applied: 1 }, more: false });
    expect((await entitlements(site, 'bob'))[0]).toMatchObject({ tier: 'insider-gold', counts: true });
    expect((await owner.query(events, [site.id])).rowCount).toBe(2);
    // A second replay changes nothing, and replaying an old webhook does not undo a newer one.
    expect(
      (await site.publisher('POST', '/inbound/stripe/replay', { since: '2026-01-01T00:00:00Z' })).body,
    ).toEqual({
      replayed: 0,
      outcomes: {},
      more: false,
    });
    await push(STRIPE.buildEvent('over', 9));
    expect((await site.publisher('POST', `/inbound/stripe/log/${line.id}/replay`)).body.outcome).toBe(
      'older',
    );
    expect((await entitlements(site))[0].counts).toBe(false);
  });

  it('ends the previous tier of the subscription', async () => {
    const { site, push } = await createIntegration(STRIPE, { tiers: { plan_gold: 'insider-gold' } });
    await push(STRIPE.buildEvent('gold', 1));
    expect((await push(STRIPE.buildEvent('silver', 2))).body.outcome).toBe('unmapped');
    expect((await site.reader(await site.token('ada'), 'GET', '/me')).body.gate.comment.code).toBe(
      'entitlement-ended',
    );
  });
});

describe('the reader key of a webhook', () => {
  it('is read from the configured path; a webhook without one is logged as unmapped', async () => {
    const { site, push, log } = await createIntegration(STRIPE, { reader: '/data/object/customer' });
    await push(STRIPE.buildEvent('gold', 1, 'eve'));
    expect((await entitlements(site, 'cus_eve'))[0].tier).toBe('insider-gold');
    await site.publisher('PUT', '/inbound/stripe', { tiers: {}, reader: '/data/object/nowhere' });
    expect((await push(STRIPE.buildEvent('gold', 2, 'eve'))).body.outcome).toBe('unmapped');
    expect((await log())[0]).toMatchObject({
      reason: 'no-reader',
      detail: expect.stringContaining('/nowhere'),
    });
  });
});

describe('the entitlement history', () => {
  it('can be read later, regardless of the current entitlement', async () => {
    const { site, push } = await createIntegration(GENERIC);
    await push(GENERIC.buildEvent('over', 2));
    await push(GENERIC.buildEvent('gold', 1));
    await site.publisher('PUT', '/readers/ada/entitlement', { tier: 'insider', status: 'active' });
    await site.publisher('DELETE', '/readers/ada/entitlement');
    const { items } = (await site.publisher('GET', '/readers/ada/entitlements/default/history')).body;
    expect(items.map((entry: Body) => [entry.source, entry.tier, entry.status])).toEqual([
      ['api', 'insider', 'deleted'],
      ['api', 'insider', 'active'],
      ['generic', 'insider-gold', 'cancelled'],
      ['generic', 'insider-gold', 'active'],
    ]);
    // A webhook about the time before the deletion does not restore the entitlement.
    expect((await push(GENERIC.buildEvent('gold', 3))).body.outcome).toBe('older');
    expect(await entitlements(site)).toEqual([]);
  });
});

describe('Stripe', () => {
  it('applies the configured grace period to a failed payment', async () => {
    const { site, push } = await createIntegration(STRIPE, { graceDays: 3 });
    const event = STRIPE.buildEvent('gold', 1) as Body;
    event.data.object.status = 'past_due';
    event.data.object.current_period_start = Math.floor(Date.now() / 1000) - 86_400;
    await push(event);
    const [entitlement] = await entitlements(site);
    expect(entitlement).toMatchObject({ status: 'past_due', counts: true });
    expect(Date.parse(entitlement.graceUntil) - Date.now()).toBeGreaterThan(1.9 * 86_400_000);
    await site.publisher('PUT', '/inbound/stripe', { tiers: STRIPE.settings['tiers'] });
    const later = structuredClone(event);
    Object.assign(later, { id: 'evt_later', created: event.created + 5 });
    await push(later);
    expect((await entitlements(site))[0]).toMatchObject({ status: 'past_due', counts: false });
  });

  it('uses the highest tier of several prices', async () => {
    const { site, push } = await createIntegration(STRIPE);
    const event = STRIPE.buildEvent('silver', 1) as Body;
    event.data.object.items.data.push({ price: { id: 'price_x', lookup_key: 'plan_gold' } });
    await push(event);
    expect((await entitlements(site))[0].tier).toBe('insider-gold');
  });
});

describe('RevenueCat', () => {
  it('accepts a fixed Authorization header instead of a signature', async () => {
    const { push } = await createIntegration(REVENUECAT);
    const signature = { 'x-revenuecat-webhook-signature': '' };
    const authorized = (authorization: string) =>
      push(REVENUECAT.buildEvent('gold', 1), { headers: { ...signature, authorization } });
    expect((await authorized(`Bearer ${REVENUECAT.settings.secret}`)).status).toBe(200);
    expect((await authorized(REVENUECAT.settings.secret)).status).toBe(200);
    expect((await authorized('Bearer something else')).status).toBe(401);
  });

  it('ends refunded entitlements, and ignores sandbox purchases', async () => {
    const { site, push } = await createIntegration(REVENUECAT);
    const sandbox = REVENUECAT.buildEvent('gold', 1) as Body;
    sandbox.event.environment = 'SANDBOX';
    expect((await push(sandbox)).body.outcome).toBe('ignored');
    await push(REVENUECAT.buildEvent('gold', 2));
    const refund = REVENUECAT.buildEvent('ending', 3) as Body;
    refund.event.cancel_reason = 'CUSTOMER_SUPPORT';
    await push(refund);
    expect((await entitlements(site))[0]).toMatchObject({ status: 'expired', counts: false });
  });
});

describe('Recurly', () => {
  let api: Server;
  let url: string;
  let answer: { status: number; body: object };
  const requests: { path: string; authorization: string }[] = [];
  const SECRET = 'a key of the recurly endpoint';
  beforeAll(async () => {
    api = createServer((request, response) => {
      requests.push({ path: request.url ?? '', authorization: request.headers.authorization ?? '' });
      response
        .writeHead(answer.status, { 'content-type': 'application/json' })
        .end(JSON.stringify(answer.body));
    });
    await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(api.address() as AddressInfo).port}/`;
  });
  afterAll(() => new Promise((resolve) => api.close(resolve)));

  const subscription = (state: string, second: number, more: object = {}) => ({
    id: 'sub1',
    account: { code: 'ada' },
    plan: { code: 'plan_gold' },
    state,
    current_period_ends_at: ENDS_AT,
    updated_at: secondOf(second).toISOString(),
    ...more,
  });
  const billingProvider: Biller = {
    ...STRIPE,
    provider: 'recurly',
    settings: { secret: SECRET, tiers: { plan_gold: 'insider-gold' }, apiKey: 'key' },
    headers: (body, secret, at) => {
      const ms = String(at.getTime());
      const mac = createHmac('sha256', secret).update(`${ms}.${body}`).digest('hex');
      return { 'recurly-signature': `${ms},0badc0de,${mac}` };
    },
  };
  const idOnlyEvent = (type: string) => ({
    id: 'sub1',
    object_type: 'subscription',
    site_id: 'site1',
    event_type: type,
    event_time: '2026-09-01T00:00:00Z',
  });

  it('sends only the ID of a subscription; its state is fetched from the API', async () => {
    const { site, push } = await createIntegration(billingProvider, { apiUrl: url });
    answer = { status: 200, body: subscription('active', 1) };
    expect((await push(idOnlyEvent('created'))).body.outcome).toBe('applied');
    expect(requests.at(-1)).toEqual({ path: '/subscriptions/sub1', authorization: `Basic ${btoa('key:')}` });
    expect((await push(idOnlyEvent('created'))).body.outcome).toBe('duplicate');
    answer = { status: 200, body: subscription('canceled', 2) };
    // The bytes are the same, but the provider's API now returns a newer state.
    expect((await push(idOnlyEvent('created'))).body.outcome).toBe('applied');
    expect((await entitlements(site))[0]).toMatchObject({
      status: 'active',
      validUntil: ENDS_AT,
      counts: true,
    });
    answer = { status: 200, body: subscription('expired', 3) };
    await push(idOnlyEvent('expired'));
    expect((await entitlements(site))[0].counts).toBe(false);
    answer = { status: 200, body: subscription('active', 2.5) };
    expect((await push(idOnlyEvent('updated'))).body.outcome).toBe('older');
  });

  it('leads to the same state regardless of the order of its API responses', async () => {
    const states = ['active', 'paused', 'active', 'canceled', 'expired'].map((state, second) =>
      subscription(state, second),
    );
    const orders = fc.shuffledSubarray([...states, ...states.slice(1, 4)], { minLength: 8 });
    const applyAll = async (answers: readonly object[]) => {
      const { site, push } = await createIntegration(billingProvider, { apiUrl: url });
      for (const body of answers) {
        answer = { status: 200, body };
        expect((await push(idOnlyEvent('updated'))).status).toBe(200);
      }
      return readStoredState(site);
    };
    const expected = await applyAll(states);
    expect(expected).toMatchObject({ rows: [{ status: 'expired' }] });
    await fc.assert(
      fc.asyncProperty(orders, async (answers) => expect(await applyAll(answers)).toEqual(expected)),
      { numRuns: 3 },
    );
  });

  it('gets a 503 with Retry-After while its API is unavailable, and can be replayed later', async () => {
    const { site, push, log } = await createIntegration(billingProvider, { apiUrl: url });
    answer = { status: 500, body: {} };
    const unavailableResponse = await push(idOnlyEvent('created'));
    expect([
      unavailableResponse.status,
      unavailableResponse.body.code,
      unavailableResponse.headers.get('retry-after'),
    ]).toEqual([503, 'provider-unavailable', '30']);
    answer = { status: 404, body: {} };
    expect((await push(idOnlyEvent('created'))).body.outcome).toBe('unmapped');
    answer = { status: 200, body: subscription('active', 1) };
    const replayed = await site.publisher('POST', '/inbound/recurly/replay', {
      since: '2026-01-01T00:00:00Z',
    });
    expect(replayed.body).toMatchObject({ replayed: 2, outcomes: { applied: 1, unchanged: 1 } });
    expect((await log('?outcome=refused'))[0].reason).toBe('provider-unavailable');
  });

  it('requires an API key, and an API URL that may be called', async () => {
    const site = await createSite(server);
    const put = (more: object) => site.publisher('PUT', '/inbound/recurly', { secret: SECRET, ...more });
    expect((await put({})).body.errors[0].code).toBe('api-key-needed');
    expect((await put({ apiKey: 'key', apiUrl: 'http://10.0.0.1/' })).body.errors[0].code).toBe(
      'url-refused',
    );
    const made = await put({ apiKey: 'key' });
    expect([made.body.hasApiKey, JSON.stringify(made.body).includes('"key"')]).toEqual([true, false]);
  });
});

describe('a webhook mapping', () => {
  const { mapping } = OWN.settings as Body;
  it.each<[string, object]>([
    ['no content', {}],
    ['no signature header', { mapping: { ...mapping, signature: { by: 'hmac-sha256' } } }],
    [
      'a signed timestamp but no header for it',
      { mapping: { ...mapping, signature: { by: 'hmac-sha256', header: 'x', signed: '{timestamp}{body}' } } },
    ],
    [
      'a signed text without the body',
      { mapping: { ...mapping, signature: { by: 'hmac-sha256', header: 'x', signed: 'x' } } },
    ],
    [
      'a timestamp header that is not signed',
      { mapping: { ...mapping, signature: { by: 'hmac-sha256', header: 'x', timestampHeader: 'y' } } },
    ],
    ['an invalid path', { mapping: { ...mapping, readerKey: 'user.id' } }],
    ['invalid paths of plans', { mapping: { ...mapping, plans: ['abo'] } }],
    ['types but no path to the type', { mapping: { ...mapping, type: undefined } }],
    ['an unknown status', { mapping: { ...mapping, statuses: { running: 'alive' } } }],
  ])('with %s gets a 400', async (_, body) => {
    const site = await createSite(server);
    expect((await site.publisher('PUT', '/inbound/json', { secret: 'a long secret', ...body })).status).toBe(
      400,
    );
  });

  it.each<[string, string]>([
    ['basic', 'a secret without a name'],
    ['standard-webhooks', 'no base64, surely'],
  ])('that requires %s refuses a secret of the wrong form', async (by, secret) => {
    const site = await createSite(server);
    const put = (body: object) => site.publisher('PUT', '/inbound/json', body);
    const integrationRequest = { mapping: { ...mapping, signature: { by } } };
    const refused = await put({ secret, ...integrationRequest });
    expect([refused.status, refused.body.errors]).toMatchObject([400, [{ pointer: '/secret' }]]);
    // The stored secret is also refused for another signature method.
    const before = { mapping: { ...mapping, signature: { by: 'header', header: 'X-Key' } } };
    expect((await put({ secret, ...before })).status).toBe(200);
    expect((await put(integrationRequest)).body.errors[0].code).toBe('bad-secret');
  });

  it('may use boolean statuses, and the log names the path of a missing status', async () => {
    const statuses = { true: 'active', false: 'cancelled' };
    const { site, push, log } = await createIntegration(OWN, {
      mapping: { ...mapping, status: '/abo/on', statuses, type: undefined, types: undefined },
    });
    const eventWith = (second: number, on?: boolean) => {
      const event = OWN.buildEvent('gold', second) as Body;
      return { ...event, abo: { ...event.abo, on } };
    };
    expect((await push(eventWith(1, true))).body.outcome).toBe('applied');
    expect((await push(eventWith(2, false))).body.outcome).toBe('applied');
    expect(await entitlements(site)).toMatchObject([{ status: 'cancelled' }]);
    expect((await push(eventWith(3))).body.outcome).toBe('unmapped');
    expect((await log())[0]).toMatchObject({
      reason: 'unknown-status',
      detail: 'There is no status at /abo/on.',
    });
  });

  it.each<[string, object, string]>([
    [
      'reader',
      { user: 'ada' },
      'There is no reader key at /user/id. Set the correct JSON pointer in the mapping\'s "readerKey".',
    ],
    ['plan', { abo: { number: 1, state: 'running' } }, 'The event has no plan at /abo/products.'],
    [
      'valid time',
      { at: 'Sun, 29 Nov 2026 04:44:00 GMT' },
      'The value at /at is not a valid time. Send ISO 8601, Unix seconds or Unix milliseconds.',
    ],
    ['time', { at: undefined }, 'The time is missing at /at.'],
  ])('reports the path where it found no %s', async (_, change, detail) => {
    const { push, log } = await createIntegration(OWN);
    await push({ ...OWN.buildEvent('gold', 1), ...change });
    expect((await log())[0].detail).toBe(detail);
  });

  it('reports a malformed signature as malformed, not as a wrong secret', async () => {
    const { push, log } = await createIntegration(OWN);
    const { signature } = mapping;
    const header = signature.header.toLowerCase();
    for (const value of ['00', 'other=00', `${signature.prefix ?? ''}zz`])
      expect((await push(OWN.buildEvent('gold', 1), { headers: { [header]: value } })).status).toBe(401);
    expect((await log()).map(({ reason }: Body) => reason)).toEqual(Array(3).fill('malformed'));
  });

  it('is only for the provider `json`', async () => {
    const site = await createSite(server);
    const put = await site.publisher('PUT', '/inbound/stripe', { secret: 'a long secret', mapping });
    expect([put.status, put.body.errors[0].pointer]).toEqual([400, '/mapping']);
  });

  it.each(['basic', 'header', 'standard-webhooks'] as const)('can verify the sender with %s', async (by) => {
    const signature = { by, ...(by === 'header' ? { header: 'X-Key', prefix: 'Key ' } : {}) };
    const secret = by === 'standard-webhooks' ? GENERIC.settings.secret : 'name:a long secret';
    const { push } = await createIntegration(OWN, { secret, mapping: { ...mapping, signature } });
    const headers = (sentSecret: string, body: string): Record<string, string> =>
      by === 'basic'
        ? { authorization: `Basic ${btoa(sentSecret)}` }
        : by === 'header'
          ? { 'x-key': `Key ${sentSecret}` }
          : GENERIC.headers(body, sentSecret, new Date());
    const event = OWN.buildEvent('gold', 1);
    const body = JSON.stringify(event, null, 2);
    const wrong = by === 'standard-webhooks' ? `whsec_${'D'.repeat(32)}` : 'name:a wrong secret';
    expect((await push(event, { headers: headers(wrong, body) })).status).toBe(401);
    expect((await push(event, { headers: headers(secret, body) })).body.outcome).toBe('applied');
  });
});

describe('an unreadable webhook', () => {
  const secret = 'sk_paper_secret';
  const createJsonIntegration = async () => {
    const site = await createSite(server, { policy: GATE });
    const mapping = {
      signature: { by: 'hmac-sha256', header: 'x-sig' },
      readerKey: '/r',
      plans: ['/p'],
      time: '/t',
    };
    expect((await site.publisher('PUT', '/inbound/json', { secret, mapping })).status).toBe(200);
    const push = (body: string, headers: Record<string, string> = {}, siteId = site.id) =>
      server.call<Body>('POST', `/api/v1/sites/${siteId}/inbound/json`, {
        body,
        headers: { 'x-sig': createHmac('sha256', secret).update(body).digest('hex'), ...headers },
      });
    const log = async () => (await site.publisher('GET', '/inbound/json/log?limit=100')).body.items as Body[];
    return { site, push, log };
  };
  const huge = JSON.stringify({ r: 'x'.repeat(256 * 1024) });

  it.each([
    ['too large', 413, 'too-large', huge, {}, `The body has ${huge.length.toLocaleString('en')} bytes`],
    ['not JSON', 400, 'bad-json', '{"r": ', {}, 'The body, 6 bytes, is not valid JSON.'],
    [
      'not JSON and not signed correctly',
      400,
      'bad-json',
      '<xml/>',
      { 'x-sig': '0'.repeat(64) },
      'The signature does not match',
    ],
    ['empty', 400, 'bad-json', '', {}, 'The body, 0 bytes,'],
    ['nested too deeply', 400, 'bad-json', '['.repeat(99) + ']'.repeat(99), {}, '198 bytes'],
    [
      'a form',
      415,
      'bad-type',
      'r=1',
      { 'content-type': 'application/x-www-form-urlencoded' },
      'sent as app',
    ],
    ['compressed', 415, 'bad-type', '{}', { 'content-encoding': 'gzip' }, 'sent as gzip-encoded'],
  ])('is logged without its body because it is %s', async (_, status, reason, body, headers, detail) => {
    const { site, push, log } = await createJsonIntegration();
    expect((await push(body, headers)).status).toBe(status);
    const [line, ...others] = await log();
    expect(others).toEqual([]);
    expect(line).toMatchObject({ outcome: 'refused', reason, isReplayable: false });
    expect(line['detail']).toContain(detail);
    const entry = await site.publisher('GET', `/inbound/json/log/${line['id']}`);
    expect(entry.body.body).toBeNull();
    expect((await site.publisher('POST', `/inbound/json/log/${line['id']}/replay`)).status).toBe(404);
  });

  it('is logged as cut off when its connection ends early', async () => {
    const { site, log } = await createJsonIntegration();
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    const headLines = [
      `POST /api/v1/sites/${site.id}/inbound/json HTTP/1.1`,
      'host: x',
      'content-type: application/json',
    ];
    socket.write(`${headLines.join('\r\n')}\r\ncontent-length: 500\r\n\r\n{"r": `, () => socket.end());
    await until(async () => (await log()).length === 1);
    expect(await log()).toMatchObject([
      {
        outcome: 'refused',
        reason: 'cut-off',
        detail: 'The body was announced with 500 bytes, but did not arrive completely.',
        isReplayable: false,
      },
    ]);
  });

  it('does not flood the log: entries for unsigned ones are limited per minute, and all signed ones are logged', async () => {
    const { push, log } = await createJsonIntegration();
    for (let sent = 0; sent < 70; sent++) expect((await push('{', { 'x-sig': '00' })).status).toBe(400);
    expect((await log()).length).toBe(60);
    expect((await push('{"r": ')).status).toBe(400);
    expect((await log()).length).toBe(61);
  });

  it('without an integration is refused as usual, and not logged', async () => {
    const { push, log } = await createJsonIntegration();
    const other = await createSite(server, {});
    expect((await push('{', {}, other.id)).status).toBe(400);
    expect((await push('{', {}, 'no-uuid')).status).toBe(400);
    expect(await log()).toEqual([]);
  });
});

describe('the webhook log', () => {
  it('is limited to the site, paged, and can be filtered by reader', async () => {
    const { push, log } = await createIntegration(STRIPE);
    const other = await createIntegration(STRIPE);
    for (const second of [1, 2, 3]) await push(STRIPE.buildEvent('gold', second, `r${second}`));
    expect(await other.log()).toEqual([]);
    expect((await log('?readerKey=r2')).map((line: Body) => line.readerKey)).toEqual(['r2']);
    expect(await log('?limit=2')).toHaveLength(2);
    const [line] = await log();
    expect((await other.site.publisher('GET', `/inbound/stripe/log/${line.id}`)).status).toBe(404);
    expect((await other.site.publisher('POST', `/inbound/stripe/log/${line.id}/replay`)).status).toBe(404);
    expect((await other.site.publisher('GET', '/inbound/paddle/log')).status).toBe(404);
  });
});
