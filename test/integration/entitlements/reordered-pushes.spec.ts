import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findInboundProvider } from '../../../src/features/entitlements/inbound/index.js';
import type { LookUp } from '../../../src/features/entitlements/inbound/provider.js';
import { endingsIn, type ToldFact } from '../../../src/features/entitlements/told-facts.js';
import { takesPlace } from '../../../src/features/readers/told-order.js';
import {
  BILLERS,
  ENDS_AT,
  GENERIC,
  secondOf,
  type Biller,
  type SubscriptionState,
} from '../../support/billing.js';
import { anyStory, arrivals, type Moment } from '../../support/reordered.js';

/** What arrived: the push, and what the provider's API says when it is asked about it. */
interface Arrival {
  readonly push: object;
  readonly answer?: object;
}

const THIN = { id: 'sub1', object_type: 'subscription', event_type: 'updated' };
const recurlySays = ({ state, second }: Moment): object => ({
  id: 'sub1',
  account: { code: 'ada' },
  plan: { code: state === 'silver' ? 'plan_silver' : 'plan_gold' },
  state: { gold: 'active', silver: 'active', ending: 'canceled', over: 'expired' }[state],
  current_period_ends_at: ENDS_AT,
  updated_at: secondOf(second).toISOString(),
});

const wires = [
  ...BILLERS.map((biller: Biller) => ({
    provider: biller.provider,
    settings: biller.settings,
    tell: ({ state, second, mark }: Moment): Arrival => ({ push: biller.tell(state, second, 'ada', mark) }),
  })),
  {
    // Without a sequence their time decides, and then their id.
    provider: 'generic',
    settings: {},
    tell: ({ state, second, mark }: Moment): Arrival => {
      const { data, ...event } = GENERIC.tell(state, second, 'ada', mark) as { data: object };
      return { push: { ...event, data: { ...data, sequence: null } } };
    },
  },
  // Its pushes are all alike; in whichever order its answers come, the newest one counts.
  {
    provider: 'recurly',
    settings: { apiKey: 'key' },
    tell: (moment: Moment): Arrival => ({ push: THIN, answer: recurlySays(moment) }),
  },
];

/** As the service keeps it: every fact once, the newest in force, the endings of what was left. */
async function stateAfter(provider: string, settings: object, arrived: readonly Arrival[]): Promise<unknown> {
  const options = { reader: null, graceDays: 3, apiUrl: null, apiKey: null, mapping: null, ...settings };
  const facts = new Map<string, ToldFact>();
  let inForce: ToldFact | null = null;
  for (const { push, answer } of arrived) {
    const lookUp: LookUp = () => Promise.resolve(answer);
    const parsed = await findInboundProvider(provider)!.parse(push, options, lookUp);
    if (parsed.kind !== 'subscription') throw new Error(`${provider}: ${parsed.kind}`);
    const messageId = parsed.id ?? JSON.stringify(push);
    if (facts.has(messageId)) continue;
    const { plans, status, validUntil, graceUntil, toldAt, sequence } = parsed.fact;
    const told = { source: provider, messageId, sequence, toldAt };
    const fact = {
      ...told,
      tier: plans.at(-1) ?? '',
      status,
      validUntil,
      graceUntil,
      kind: null,
      grantedBy: null,
    };
    facts.set(messageId, fact);
    if (takesPlace(fact, inForce, false)) inForce = fact;
  }
  return { inForce, endings: [...endingsIn([...facts.values()])].sort() };
}

describe.each(wires)(
  'whatever $provider tells twice, late and in any order',
  ({ provider, settings, tell }) => {
    it('ends in the same state', async () => {
      const mayTie = provider !== 'recurly';
      const orders = anyStory({ mayTie, maxLength: 8 }).chain((story) =>
        fc.tuple(fc.constant(story), arrivals(story), arrivals(story)),
      );
      await fc.assert(
        fc.asyncProperty(orders, async ([, one, other]) => {
          expect(await stateAfter(provider, settings, one.map(tell))).toEqual(
            await stateAfter(provider, settings, other.map(tell)),
          );
        }),
        { numRuns: 200 },
      );
    });

    it('ends in what was so last', async () => {
      const states: SubscriptionState[] = ['gold', 'silver', 'ending', 'gold', 'over'];
      const story = states.map((state, second): Moment => ({ state, second, mark: second }));
      await fc.assert(
        fc.asyncProperty(arrivals(story), async (arrived) => {
          const { inForce } = (await stateAfter(provider, settings, arrived.map(tell))) as {
            inForce: ToldFact;
          };
          expect(inForce.toldAt).toEqual(secondOf(4));
          expect(['cancelled', 'expired']).toContain(inForce.status);
        }),
        { numRuns: 50 },
      );
    });
  },
);
