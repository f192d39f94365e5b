import { expect, it } from '@jest/globals';
import { factsOf, type GateInputs } from './gate-input-facts.js';

const NAMES = {
  tier: (key: string) => key.toUpperCase(),
  rule: (rule: string) => `<${rule}>`,
  time: (iso: string) => iso.slice(11, 16),
};
const READER: NonNullable<GateInputs['reader']> = {
  tier: null,
  ended: null,
  claims: { tiers: ['gold'], issuedAt: '2026-11-24T09:00:00.000Z' },
  entitlements: [
    {
      tier: 'gold',
      status: 'cancelled',
      validUntil: null,
      graceUntil: null,
      endedAt: '2026-11-24T10:00:00.000Z',
    },
  ],
  endings: [],
  lookUp: null,
  standing: 'normal',
  standingUntil: null,
  quotaFreeAt: null,
};
const textOf = (inputs: GateInputs, action: string | null) =>
  factsOf(inputs, action, NAMES).map(({ name, texts }) => `${name}: ${texts.join('; ')}`);

it('explains a refusal with the rule of the first action that was refused', () => {
  const inputs = { rules: { read: 'anyone', comment: 'gold' }, overrides: [], story: null, reader: READER };
  expect(textOf(inputs, 'comment')).toEqual([
    'The rule: comment: <gold>',
    'Tier that counted: None',
    'The token claimed: GOLD, signed at 09:00',
    'Entitlements: GOLD, cancelled, ended 10:00',
  ]);
});

it('distinguishes a signed-out visitor from a reader without entitlements', () => {
  expect(textOf({ rules: { read: 'gold' }, reader: null }, 'read')).toEqual([
    'The rule: read: <gold>',
    'The reader: Signed out',
  ]);
  const nothing = { ...READER, claims: { tiers: [], issuedAt: null }, entitlements: [] };
  expect(textOf({ reader: nothing }, null)).toEqual([
    'Tier that counted: None',
    'The token claimed: No tier',
    'Entitlements: None',
  ]);
});

it('also lists the lookup, the standing, the quota and the overrides in force', () => {
  const facts = textOf(
    {
      overrides: ['open-week'],
      story: { key: 's', section: 'Politics', state: 'open' },
      reader: {
        ...READER,
        lookUp: { answer: 'last-known', requestedAt: '2026-11-24T11:00:00.000Z', entitlements: [] },
        standing: 'suspended',
        standingUntil: '2026-11-24T12:00:00.000Z',
        quotaFreeAt: '2026-11-24T13:00:00.000Z',
      },
    },
    null,
  );
  expect(facts).toEqual(
    expect.arrayContaining([
      'Exceptions in force: open-week',
      'The story: Politics, open',
      'The look-up said: It was down; its last answer counted, from at 11:00: nothing',
      'Standing: suspended until 12:00',
      'Quota: Used up until 13:00',
    ]),
  );
});
