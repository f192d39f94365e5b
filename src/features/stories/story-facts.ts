import { Logger } from '@nestjs/common';
import type { StoryId } from '../../platform/ids.js';
import { InvalidPolicyError, parsePolicy } from '../sites/parse-policy.js';
import { isInForce, nextOverrideChangeAt } from '../sites/override-schedule.js';
import type { Policy } from '../sites/policy.js';
import type { SiteFacts } from '../sites/site-facts.js';

/** What a story is about, in the publisher's own words; `type` such as `ticker`, `author`, `section`. */
export interface Topic {
  readonly type: string;
  readonly key: string;
  readonly name: string;
}

export type StoryState = 'open' | 'closed';

/** A story as the hot paths need it; never changed, a changed story is a new object. Counts are not in it. */
export interface StoryFacts {
  readonly id: StoryId;
  /** The publisher's own id. */
  readonly key: string;
  readonly url: string;
  readonly title: string;
  readonly section: string | null;
  readonly publishedAt: Date | null;
  readonly topics: readonly Topic[];
  readonly state: StoryState;
  /** What the story decides otherwise than its site, sparse; `resolvePolicy` gives what counts. */
  readonly ownPolicy: unknown;
}

const logger = new Logger('stories');

/** A policy that counts for a while. */
export interface ResolvedPolicy {
  readonly policy: Policy;
  /** Keys of the overrides that made it. */
  readonly overrides: readonly string[];
  /** When it stops counting by itself, because an override begins or ends; null: it does not. */
  readonly validUntil: Date | null;
}

interface Held extends ResolvedPolicy {
  readonly since: Date;
}

interface OfSite {
  /** For a story without settings of its own, and for none. */
  plain: Held | null;
  readonly stories: WeakMap<StoryFacts, Held>;
}

const known = new WeakMap<SiteFacts, OfSite>();

/** The policy that counts for a story now; see `resolvePolicy`. */
export function resolveStoryPolicy(site: SiteFacts, story: StoryFacts | null, now: Date): Policy {
  if (site.overrides.length === 0 && (!story || story.ownPolicy === null)) return site.policy;
  return resolvePolicy(site, story, now).policy;
}

/**
 * The policy that counts for a story now: the site's, changed by what is more special, in this order: overrides for
 * everywhere, overrides for its section, the story's own policy, overrides for the story.
 *
 * A site that changes its policy later may contradict one of these; then the site's counts, and an operator is told.
 */
export function resolvePolicy(site: SiteFacts, story: StoryFacts | null, now: Date): ResolvedPolicy {
  let ofSite = known.get(site);
  if (!ofSite) known.set(site, (ofSite = { plain: null, stories: new WeakMap() }));
  const held = story ? ofSite.stories.get(story) : ofSite.plain;
  if (held && held.since <= now && (held.validUntil === null || now < held.validUntil)) return held;
  const ruling = { ...rule(site, story, now), since: now };
  if (story) ofSite.stories.set(story, ruling);
  else ofSite.plain = ruling;
  return ruling;
}

function rule(site: SiteFacts, story: StoryFacts | null, now: Date): ResolvedPolicy {
  const touching = site.overrides.filter(
    ({ section, storyKey }) =>
      (storyKey === null || storyKey === story?.key) && (section === null || section === story?.section),
  );
  const inForce = touching.filter((override) => isInForce(override, now));
  const everywhere = inForce.filter(({ section, storyKey }) => section === null && storyKey === null);
  const ofSection = inForce.filter(({ section }) => section !== null);
  const ofStory = inForce.filter(({ storyKey }) => storyKey !== null);
  const own = story?.ownPolicy ?? null;
  const layers = [
    ...[...everywhere, ...ofSection].map(({ policy }) => policy),
    ...(own === null ? [] : [own]),
    ...ofStory.map(({ policy }) => policy),
  ];
  const until = nextOverrideChangeAt(touching, now);
  if (layers.length === 0) return { policy: site.policy, overrides: [], validUntil: until };
  const overrides = [...everywhere, ...ofSection, ...ofStory].map(({ key }) => key);
  try {
    return { policy: parsePolicy(site.policy, ...layers), overrides, validUntil: until };
  } catch (error) {
    if (!(error instanceof InvalidPolicyError)) throw error;
    logger.error({ event: 'story.policy-contradicts-site', siteId: site.id, storyId: story?.id, error });
    return { policy: site.policy, overrides: [], validUntil: until };
  }
}
