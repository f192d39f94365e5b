import { overrideText } from './override-labels.js';

it.each([
  [
    {
      key: 'strict:1',
      from: null,
      until: null,
      section: null,
      storyKey: 'talks',
      policy: { moderation: { mode: 'hold-all' }, tiers: { gold: { preModerated: true } } },
    },
    'story talks: moderation mode hold-all, tiers gold pre moderated true',
  ],
  [
    {
      key: 'day',
      section: 'Politics',
      until: '2026-03-01T00:00:00Z',
      policy: { gate: { comment: 'anyone' } },
    },
    'section Politics, until 2026-03-01T00:00:00Z: gate comment anyone',
  ],
  [{ key: 'all', policy: {} }, 'everywhere: nothing'],
])('describes %j', (override, text) => {
  expect(overrideText(override, (iso) => iso)).toBe(text);
});

it('returns null for anything that is not an override', () => {
  expect([overrideText({ hold: 1 }, String), overrideText(null, String), overrideText('x', String)]).toEqual([
    null,
    null,
    null,
  ]);
});
