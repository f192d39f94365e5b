import { describe, expect, it } from '@jest/globals';
import { chargebee } from './chargebee.js';
import { json } from './mapped-json.js';
import { paddle } from './paddle.js';
import type { BillingProvider, ParsedWebhook, BillingProviderOptions } from './billing-provider.js';
import { recurly } from './recurly.js';
import { stripe } from './stripe.js';
import { instantAt } from './json-values.js';
import { zephr } from './zephr.js';

const NO_OPTIONS: BillingProviderOptions = {
  reader: null,
  graceDays: 0,
  apiUrl: null,
  apiKey: null,
  mapping: null,
};
const WITH_MAPPING: BillingProviderOptions = {
  ...NO_OPTIONS,
  mapping: {
    signature: { by: 'basic' },
    readerKey: '/reader',
    plans: ['/plan'],
    time: '/at',
    validUntil: '/until',
    graceUntil: '/grace',
  },
};
const TIME = '2026-11-24T09:30:00Z';
const SECONDS = Date.parse(TIME) / 1000;

/** Webhooks about one reader's subscription in a given status, with the response of the provider's API. */
const STATUS_WEBHOOKS: [BillingProvider, (status: string) => { webhook: object; apiResponse?: object }][] = [
  [
    stripe,
    (status) => ({
      webhook: {
        id: 'evt_1',
        type: 'customer.subscription.updated',
        created: SECONDS,
        data: { object: { id: 'sub_1', status, metadata: { readerKey: 'ada' } } },
      },
    }),
  ],
  [
    chargebee,
    (status) => ({
      webhook: {
        id: 'ev_1',
        event_type: 'subscription_changed',
        occurred_at: SECONDS,
        content: { subscription: { id: 'sub_1', customer_id: 'ada', status } },
      },
    }),
  ],
  [
    paddle,
    (status) => ({
      webhook: {
        event_id: 'evt_1',
        event_type: 'subscription.updated',
        occurred_at: TIME,
        data: { id: 'sub_1', status, custom_data: { readerKey: 'ada' } },
      },
    }),
  ],
  [
    recurly,
    (state) => ({
      webhook: { object_type: 'subscription', id: 'sub_1' },
      apiResponse: { id: 'sub_1', updated_at: TIME, state, account: { code: 'ada' } },
    }),
  ],
];

const parse = (provider: BillingProvider, body: unknown, options = NO_OPTIONS, apiResponse?: object) =>
  provider.parse(body, options, () => Promise.resolve(apiResponse ?? null));
const factOf = (parsed: ParsedWebhook) => (parsed.kind === 'subscription' ? parsed.fact : parsed);

describe.each(STATUS_WEBHOOKS)('an unknown status from $name', (provider, webhookWithStatus) => {
  it.each(['constructor', 'toString', '__proto__', 'valueOf'])('is refused when it is %s', async (status) => {
    const { webhook, apiResponse } = webhookWithStatus(status);
    expect(await parse(provider, webhook, NO_OPTIONS, apiResponse)).toMatchObject({
      reason: 'unknown-status',
    });
  });

  it('is distinguished from a known status', async () => {
    const { webhook, apiResponse } = webhookWithStatus('active');
    expect(factOf(await parse(provider, webhook, NO_OPTIONS, apiResponse))).toMatchObject({
      status: 'active',
    });
  });
});

describe('a time in a webhook', () => {
  it.each([
    ['2026-12-31T10:00:00Z', '2026-12-31T10:00:00.000Z'],
    ['2026-12-31 10:00:00+0100', '2026-12-31T09:00:00.000Z'],
    ['2026-12-31T10:00:00.123456+01:00', '2026-12-31T09:00:00.123Z'],
    ['2026-12-31 10:00:00', '2026-12-31T10:00:00.000Z'],
    ['2026-12-31T10:00', '2026-12-31T10:00:00.000Z'],
    ['2026-12-31', '2026-12-31T00:00:00.000Z'],
    ['9999-12-31T23:59:59.9999999Z', '9999-12-31T23:59:59.999Z'],
    [1798711200, '2026-12-31T10:00:00.000Z'],
    ['1798711200000', '2026-12-31T10:00:00.000Z'],
  ])('%s is read as %s', (written, expected) => {
    expect(instantAt({ at: written }, '/at')?.toISOString()).toBe(expected);
  });

  it.each([
    '31.12.2026',
    '2026-13-01',
    '2026-12-31T soon Z',
    '2026-12-31T25:00:00Z',
    'never',
    '',
    null,
    true,
    -5,
  ])('%s is refused', (written) => {
    expect(instantAt({ at: written }, '/at')).toBeNull();
  });
});

describe('an invalid end date', () => {
  const parseMapped = (fields: object) =>
    parse(json, { reader: 'ada', plan: 'gold', at: TIME, ...fields }, WITH_MAPPING);
  const grant = (end_time: unknown) =>
    parse(zephr, {
      type: 'ENTITLEMENT_GRANTED',
      time: SECONDS * 1000,
      details: { user_id: 'ada', entitlement_id: 'gold', end_time },
    });

  it('is refused, because access would otherwise never end', async () => {
    expect(await parseMapped({ until: '31.12.2026' })).toMatchObject({
      kind: 'bad-shape',
      errors: [{ pointer: '/until', code: 'bad-time' }],
    });
    expect(await parseMapped({ grace: 'next week' })).toMatchObject({ errors: [{ pointer: '/grace' }] });
    expect(await grant('soon')).toMatchObject({ errors: [{ pointer: '/details/end_time' }] });
  });

  it('is not the same as a missing end date', async () => {
    for (const until of [undefined, null, ''])
      expect(factOf(await parseMapped({ until }))).toMatchObject({ validUntil: null });
    expect(factOf(await grant(undefined))).toMatchObject({ validUntil: null });
    expect(factOf(await grant('2026-12-31 00:00:00'))).toMatchObject({
      validUntil: new Date('2026-12-31T00:00:00Z'),
    });
  });
});
