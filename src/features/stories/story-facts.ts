import { Logger } from '@nestjs/common';
import type { StoryId } from '../../platform/ids.js';
import { InvalidPolicyError, parsePolicy } from '../sites/parse-policy.js';
import { isInForce, nextOverrideChangeAt } from '../sites/override-schedule.js';
import type { Policy } from '../sites/policy.js';
import type { SiteFacts } from '../sites/site-facts.js';

/** A topic of a story as the publisher describes it; `type` is for example `ticker`, `author` or `section`. */
export interface Topic {
  readonly type: string;
  readonly key: string;
  readonly name: string;
}

export type StoryState = 'open' | 'closed';

/**
 * The data of a story that frequent requests need. Immutable: a changed story is a new object. Comment counts are not
 * included.
 */
export interface StoryFacts {
  readonly id: StoryId;
  /** The publisher's own id of the story. */
  readonly key: string;
  readonly url: string;
  readonly title: string;
  readonly section: string | null;
  readonly publishedAt: Date | null;
  readonly topics: readonly Topic[];
  readonly state: StoryState;
  /** The story's settings that differ from its site's, sparse. `resolvePolicy` returns the effective policy. */
  readonly ownPolicy: unknown;
}

const logger = new Logger('stories');

/** An effective policy and how long it is valid. */
export interface ResolvedPolicy {
  readonly policy: Policy;
  /** Keys of the overrides that were applied. */
  readonly overrides: readonly string[];
  /** When the policy stops being valid because an override begins or ends; null: no such change is scheduled. */
  readonly validUntil: Date | null;
}

interface CachedPolicy extends ResolvedPolicy {
  readonly validFrom: Date;
}

interface SitePolicyCache {
  /** For stories without a policy of their own, and for no story. */
  siteWide: CachedPolicy | null;
  readonly stories: WeakMap<StoryFacts, CachedPolicy>;
}

const policyCaches = new WeakMap<SiteFacts, SitePolicyCache>();

/** The effective policy of a story; see `resolvePolicy`. */
export function resolveStoryPolicy(site: SiteFacts, story: StoryFacts | null, now: Date): Policy {
  if (site.overrides.length === 0 && (!story || story.ownPolicy === null)) return site.policy;
  return resolvePolicy(site, story, now).policy;
}

/**
 * The effective policy of a story: the site's policy, then in this order overrides for the whole site, overrides for
 * the story's section, the story's own policy, and overrides for the story. Later ones take precedence.
 *
 * If these settings contradict each other, for example after a change of the site's policy, only the site's policy
 * applies, and the contradiction is logged for the operator.
 */
export function resolvePolicy(site: SiteFacts, story: StoryFacts | null, now: Date): ResolvedPolicy {
  let siteCache = policyCaches.get(site);
  if (!siteCache) policyCaches.set(site, (siteCache = { siteWide: null, stories: new WeakMap() }));
  const cached = story ? siteCache.stories.get(story) : siteCache.siteWide;
  if (cached && cached.validFrom <= now && (cached.validUntil === null || now < cached.validUntil))
    return cached;
  const resolvedPolicy = { ...computePolicy(site, story, now), validFrom: now };
  if (story) siteCache.stories.set(story, resolvedPolicy);
  else siteCache.siteWide = resolvedPolicy;
  return resolvedPolicy;
}

function computePolicy(site: SiteFacts, story: StoryFacts | null, now: Date): ResolvedPolicy {
  const matchingOverrides = site.overrides.filter(
    ({ section, storyKey }) =>
      (storyKey === null || storyKey === story?.key) && (section === null || section === story?.section),
  );
  const active = matchingOverrides.filter((override) => isInForce(override, now));
  const everywhere = active.filter(({ section, storyKey }) => section === null && storyKey === null);
  const forSection = active.filter(({ section }) => section !== null);
  const forStory = active.filter(({ storyKey }) => storyKey !== null);
  const storyPolicy = story?.ownPolicy ?? null;
  const layers = [
    ...[...everywhere, ...forSection].map(({ policy }) => policy),
    ...(storyPolicy === null ? [] : [storyPolicy]),
    ...forStory.map(({ policy }) => policy),
  ];
  const until = nextOverrideChangeAt(matchingOverrides, now);
  if (layers.length === 0) return { policy: site.policy, overrides: [], validUntil: until };
  const overrides = [...everywhere, ...forSection, ...forStory].map(({ key }) => key);
  try {
    return { policy: parsePolicy(site.policy, ...layers), overrides, validUntil: until };
  } catch (error) {
    if (!(error instanceof InvalidPolicyError)) throw error;
    logger.error({ event: 'story.policy-invalid', siteId: site.id, storyId: story?.id, error });
    return { policy: site.policy, overrides: [], validUntil: until };
  }
}
