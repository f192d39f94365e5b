import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findBillingProvider } from '../../../src/features/entitlements/billing/billing-providers.js';
import type { ProviderApiClient } from '../../../src/features/entitlements/billing/billing-provider.js';
import {
  findTierEndings,
  type EntitlementLedgerEntry,
} from '../../../src/features/entitlements/entitlement-ledger.js';
import { takesPrecedence } from '../../../src/features/readers/fact-precedence.js';
import {
  BILLERS,
  ENDS_AT,
  GENERIC,
  secondOf,
  type Biller,
  type SubscriptionState,
} from '../../support/billing.js';
import {
  subscriptionMessages,
  deliveryOrders,
  type SubscriptionMessage,
} from '../../support/message-orders.js';

/** A webhook, and the response of the provider's API if the provider needs to be queried. */
interface IncomingWebhook {
  readonly push: object;
  readonly answer?: object;
}

const ID_ONLY_EVENT = { id: 'sub1', object_type: 'subscription', event_type: 'updated' };
const recurlyResponse = ({ state, second }: SubscriptionMessage): object => ({
  id: 'sub1',
  account: { code: 'ada' },
  plan: { code: state === 'silver' ? 'plan_silver' : 'plan_gold' },
  state: { gold: 'active', silver: 'active', ending: 'canceled', over: 'expired' }[state],
  current_period_ends_at: ENDS_AT,
  updated_at: secondOf(second).toISOString(),
});

const providers = [
  ...BILLERS.map((billingProvider: Biller) => ({
    provider: billingProvider.provider,
    settings: billingProvider.settings,
    buildPush: ({ state, second, mark }: SubscriptionMessage): IncomingWebhook => ({
      push: billingProvider.buildEvent(state, second, 'ada', mark),
    }),
  })),
  {
    // Without a sequence, events are ordered by time and then by ID.
    provider: 'generic',
    settings: {},
    buildPush: ({ state, second, mark }: SubscriptionMessage): IncomingWebhook => {
      const { data, ...event } = GENERIC.buildEvent(state, second, 'ada', mark) as { data: object };
      return { push: { ...event, data: { ...data, sequence: null } } };
    },
  },
  // Recurly's webhooks are all identical. The newest API response wins, regardless of the order in which responses arrive.
  {
    provider: 'recurly',
    settings: { apiKey: 'key' },
    buildPush: (message: SubscriptionMessage): IncomingWebhook => ({
      push: ID_ONLY_EVENT,
      answer: recurlyResponse(message),
    }),
  },
];

/** The state after the deliveries: the fact that takes precedence, and when earlier tiers ended. Repeated facts are ignored. */
async function stateAfter(
  provider: string,
  settings: object,
  deliveries: readonly IncomingWebhook[],
): Promise<unknown> {
  const options = { reader: null, graceDays: 3, apiUrl: null, apiKey: null, mapping: null, ...settings };
  const facts = new Map<string, EntitlementLedgerEntry>();
  let current: EntitlementLedgerEntry | null = null;
  for (const { push, answer } of deliveries) {
    const lookUp: ProviderApiClient = () => Promise.resolve(answer);
    const parsed = await findBillingProvider(provider)!.parse(push, options, lookUp);
    if (parsed.kind !== 'subscription') throw new Error(`${provider}: ${parsed.kind}`);
    const messageId = parsed.id ?? JSON.stringify(push);
    if (facts.has(messageId)) continue;
    const { plans, status, validUntil, graceUntil, reportedAt, sequence } = parsed.fact;
    const origin = { source: provider, messageId, sequence, reportedAt };
    const fact = {
      ...origin,
      tier: plans.at(-1) ?? '',
      status,
      validUntil,
      graceUntil,
      kind: null,
      grantedBy: null,
    };
    facts.set(messageId, fact);
    if (takesPrecedence(fact, current, false)) current = fact;
  }
  return { current, endings: [...findTierEndings([...facts.values()])].sort() };
}

describe.each(providers)(
  'repeated, late and unordered webhooks from $provider',
  ({ provider, settings, buildPush }) => {
    it('lead to the same state', async () => {
      const mayTie = provider !== 'recurly';
      const orders = subscriptionMessages({ mayTie, maxLength: 8 }).chain((messages) =>
        fc.tuple(deliveryOrders(messages), deliveryOrders(messages)),
      );
      await fc.assert(
        fc.asyncProperty(orders, async ([one, other]) => {
          expect(await stateAfter(provider, settings, one.map(buildPush))).toEqual(
            await stateAfter(provider, settings, other.map(buildPush)),
          );
        }),
        { numRuns: 200 },
      );
    });

    it('lead to the latest state', async () => {
      const states: SubscriptionState[] = ['gold', 'silver', 'ending', 'gold', 'over'];
      const messages = states.map((state, second): SubscriptionMessage => ({ state, second, mark: second }));
      await fc.assert(
        fc.asyncProperty(deliveryOrders(messages), async (deliveries) => {
          const { current } = (await stateAfter(provider, settings, deliveries.map(buildPush))) as {
            current: EntitlementLedgerEntry;
          };
          expect(current.reportedAt).toEqual(secondOf(4));
          expect(['cancelled', 'expired']).toContain(current.status);
        }),
        { numRuns: 50 },
      );
    });
  },
);
