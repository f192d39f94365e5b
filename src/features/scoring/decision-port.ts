import type { Tx } from '../../platform/database/database.js';
import type { CommentId, StoryId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import type { Standing } from '../readers/reader.entity.js';
import type { Policy } from '../sites/policy.js';
import type { LanguageToxicity } from './language-models/language-toxicity.js';
import type { ScoreMap } from './scores.js';

export interface RevisionRef {
  readonly commentId: CommentId;
  /** The revision number, from 1. */
  readonly revision: number;
}

/** The results of a site's external scorers besides the scores that are merged with ours. */
export interface ExternalFindings {
  /** Labels with their own thresholds, `hold <= reject`; null: never. The name is shown to moderators. */
  readonly found: readonly {
    readonly name: string;
    readonly value: number;
    readonly hold: number | null;
    readonly reject: number | null;
  }[];
  /** Scorers that returned nothing and without which the site publishes nothing. */
  readonly absent: readonly { readonly name: string; readonly reason: string }[];
  /** Scorers that release a comment held only by labels in `isReleasable` with scores below this. */
  readonly released: readonly { readonly name: string; readonly below: number }[];
}

/** Everything that a decision needs. Nothing has to be read again, so the decision commits with the scores. */
export interface ScoredRevision extends RevisionRef {
  readonly storyId: StoryId;
  readonly body: string;
  /** The key of the tier that the author had when they posted. */
  readonly authorTier: string | null;
  readonly scores: ScoreMap;
  /** The policy in effect for the story. */
  readonly policy: Policy;
  readonly policyVersion: number;
  /** The author's current standing. */
  readonly standing: Standing;
  /** Number of the author's published comments on this site. */
  readonly publishedCount: number;
  readonly isNew: boolean;
  /** Language of the text: ISO 639-1 or `und`; null if there is too little text to tell. */
  readonly language: string | null;
  /** The language if the scorer does not support it; null if it does. */
  readonly unscoredLanguage: string | null;
  /** Whether the model of that language scored it, which orders the queue. */
  readonly hasOrderingScores: boolean;
  /** The toxicity by that model, if it is one that may publish comments. */
  readonly languageToxicity: LanguageToxicity | null;
  /** Whether the author seems to announce suicide or self-harm. */
  readonly announcesSelfHarm: boolean;
  /** The signals that make it spam, for moderators. */
  readonly spamReasons: readonly string[];
  readonly external: ExternalFindings;
}

/** `late`: the comment is no longer pending or its text has changed; nothing was written. */
export type DecisionPortResult = 'decided' | 'late';

/**
 * Receives the scores. Scoring must not depend on moderation, so moderation implements this port. An event instead
 * would delay the decision by the relay, and scores, decision and status could not commit together.
 */
export abstract class DecisionPort {
  abstract decide(tx: Tx, ctx: SiteContext, scored: ScoredRevision): Promise<DecisionPortResult>;

  /** Scoring ended without a result: the comment is held for a moderator and the reason is recorded. */
  abstract holdAfterFailure(tx: Tx, ctx: SiteContext, revision: RevisionRef): Promise<DecisionPortResult>;
}
