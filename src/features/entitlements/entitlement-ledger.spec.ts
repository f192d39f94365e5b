import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findTierEndings, type EntitlementLedgerEntry } from './entitlement-ledger.js';

const at = (second: number): Date => new Date(1_790_000_000_000 + second * 1000);
const fact = (
  second: number,
  tier: string,
  fields: Partial<EntitlementLedgerEntry> = {},
): EntitlementLedgerEntry => ({
  source: 'stripe',
  messageId: `m${second}`,
  sequence: null,
  reportedAt: at(second),
  tier,
  status: 'active',
  validUntil: null,
  graceUntil: null,
  kind: null,
  grantedBy: null,
  ...fields,
});

describe('tier endings in the ledger', () => {
  it('occur when one tier replaces another', () => {
    expect(findTierEndings([fact(1, 'gold'), fact(2, 'gold'), fact(5, 'silver'), fact(9, 'bronze')])).toEqual(
      new Map([
        ['gold', at(5)],
        ['silver', at(9)],
      ]),
    );
  });

  it('are no later than the reported end date', () => {
    const facts = [
      fact(1, 'gold', { validUntil: at(3) }),
      fact(5, 'silver', { status: 'cancelled' }),
      fact(9, 'x'),
    ];
    expect(findTierEndings(facts)).toEqual(
      new Map([
        ['gold', at(3)],
        ['silver', at(5)],
      ]),
    );
  });

  it('leave out a tier that was granted again', () => {
    expect(findTierEndings([fact(1, 'gold'), fact(2, 'silver'), fact(3, 'gold')])).toEqual(
      new Map([['silver', at(3)]]),
    );
    expect(findTierEndings([])).toEqual(new Map());
  });

  it('do not depend on the order of the facts, with or without a sequence', () => {
    const facts = fc
      .uniqueArray(
        fc.record({
          second: fc.nat(12),
          tier: fc.constantFrom('gold', 'silver', 'bronze'),
          hasEnded: fc.boolean(),
        }),
        { selector: ({ second }) => second, maxLength: 8 },
      )
      .chain((entries) =>
        fc.tuple(
          fc.constant(entries),
          fc.shuffledSubarray(entries, { minLength: entries.length }),
          fc.boolean(),
        ),
      );
    fc.assert(
      fc.property(facts, ([entries, shuffled, hasSequence]) => {
        const toFact = ({ second, tier, hasEnded }: (typeof entries)[number]): EntitlementLedgerEntry =>
          fact(second, tier, {
            status: hasEnded ? 'expired' : 'active',
            sequence: hasSequence ? second : null,
          });
        expect(findTierEndings(shuffled.map(toFact))).toEqual(findTierEndings(entries.map(toFact)));
      }),
    );
  });
});
