import { Logger } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import type { SiteId, StoryId } from '../../platform/ids.js';
import { completePolicy, type PartialPolicy } from '../sites/policy.js';
import type { Override, SiteFacts } from '../sites/site-facts.js';
import { resolvePolicy, type StoryFacts } from './story-facts.js';

const NOON = new Date('2026-11-23T12:00:00Z');
const minutesAfterNoon = (minutes: number): Date => new Date(NOON.getTime() + minutes * 60_000);
const anOverride = (fields: Partial<Override>): Override => ({
  key: 'override',
  section: null,
  storyKey: null,
  from: null,
  until: null,
  note: null,
  policy: { gate: { comment: 'insider' } },
  ...fields,
});
const aSite = (overrides: Override[]): SiteFacts => ({
  id: '0190d5a0-0000-7000-8000-000000000000' as SiteId,
  name: 'Paper',
  origins: [],
  signInUrl: null,
  policy: completePolicy({ gate: { comment: 'gold' } }),
  overrides,
  policyVersion: 1,
  tiers: new Map(),
  shadow: null,
  lookUp: null,
  coralPhase: null,
  sso: { family: 'hmac', issuer: null, secrets: [], jwksUrl: null, jwks: null },
});
const aStory = (section: string | null, ownPolicy: PartialPolicy | null = null): StoryFacts => ({
  id: '0190d5a0-0000-7000-8000-000000000001' as StoryId,
  key: 's',
  url: 'https://news.example/s',
  title: 'S',
  section,
  publishedAt: null,
  topics: [],
  state: 'open',
  ownPolicy,
});

describe('the effective policy', () => {
  it('is rebuilt when an override starts or ends, and is otherwise the same object', () => {
    const site = aSite([anOverride({ from: minutesAfterNoon(0), until: minutesAfterNoon(10) })]);
    const story = aStory(null);
    const policies = [-1, 0, 5, 9.999, 10, 11].map((minutes) =>
      resolvePolicy(site, story, minutesAfterNoon(minutes)),
    );
    expect(policies.map(({ policy }) => policy.gate.comment)).toEqual([
      'gold',
      'insider',
      'insider',
      'insider',
      'gold',
      'gold',
    ]);
    expect(policies.map(({ validUntil }) => validUntil)).toEqual([
      minutesAfterNoon(0),
      minutesAfterNoon(10),
      minutesAfterNoon(10),
      minutesAfterNoon(10),
      null,
      null,
    ]);
    expect(policies[1]).toBe(policies[3]);
    expect(policies[1].overrides).toEqual(['override']);
    // The result is also correct after the clock was set back.
    expect(resolvePolicy(site, story, minutesAfterNoon(5)).policy.gate.comment).toBe('insider');
  });

  it('ignores overrides for other sections and stories', () => {
    const site = aSite([
      anOverride({ section: 'Sport', until: minutesAfterNoon(10) }),
      anOverride({ storyKey: 'other', until: minutesAfterNoon(20) }),
    ]);
    for (const story of [null, aStory(null), aStory('Politics')])
      expect(resolvePolicy(site, story, NOON)).toMatchObject({
        policy: site.policy,
        overrides: [],
        validUntil: null,
      });
    expect(resolvePolicy(site, aStory('Sport'), NOON).validUntil).toEqual(minutesAfterNoon(10));
  });

  it('uses the later of two overlapping overrides', () => {
    const signedInPolicy = { gate: { comment: 'signed-in' } };
    const site = aSite([
      anOverride({}),
      anOverride({ key: 'later', from: minutesAfterNoon(0), policy: signedInPolicy }),
    ]);
    expect(resolvePolicy(site, null, minutesAfterNoon(-1)).policy.gate.comment).toBe('insider');
    expect(resolvePolicy(site, null, minutesAfterNoon(0))).toMatchObject({
      overrides: ['override', 'later'],
    });
    expect(resolvePolicy(site, null, minutesAfterNoon(0)).policy.gate.comment).toBe('signed-in');
  });

  it("is the site's policy when the layers contradict each other", () => {
    // Suppresses the logged error in the test output.
    Logger.overrideLogger(false);
    const site = aSite([anOverride({ policy: { body: { minChars: 900 } } })]);
    expect(resolvePolicy(site, aStory(null, { body: { maxChars: 100 } }), NOON).policy).toBe(site.policy);
  });
});
