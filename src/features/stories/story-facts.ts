import { Logger } from '@nestjs/common';
import type { StoryId } from '../../platform/ids.js';
import { InvalidPolicyError, parsePolicy } from '../sites/parse-policy.js';
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
  /** What the story decides otherwise than its site, sparse; `policyOf` gives what counts. */
  readonly ownPolicy: unknown;
}

const logger = new Logger('stories');
const known = new WeakMap<SiteFacts, WeakMap<StoryFacts, Policy>>();

/**
 * The policy that counts for a story: the site's, changed by the story's own.
 *
 * A site that changes its policy later may contradict a story's; then the site's counts, and an operator is told.
 */
export function policyOf(site: SiteFacts, story: StoryFacts | null): Policy {
  if (!story || story.ownPolicy === null) return site.policy;
  let ofSite = known.get(site);
  if (!ofSite) known.set(site, (ofSite = new WeakMap()));
  let policy = ofSite.get(story);
  if (!policy) {
    try {
      policy = parsePolicy(site.policy, story.ownPolicy);
    } catch (error) {
      if (!(error instanceof InvalidPolicyError)) throw error;
      logger.error({ event: 'story.policy-contradicts-site', siteId: site.id, storyId: story.id, error });
      policy = site.policy;
    }
    ofSite.set(story, policy);
  }
  return policy;
}
