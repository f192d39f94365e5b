import type { Tx } from '../../platform/database/database.js';
import type { CommentId, StoryId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import type { Policy } from '../sites/policy.js';
import type { ScoreMap } from './scores.js';

export type Standing = 'normal' | 'warned' | 'suspended' | 'banned' | 'pre-moderated' | 'trusted';

export interface RevisionRef {
  readonly commentId: CommentId;
  /** The text's number, from 1. */
  readonly revision: number;
}

/** What a site's external scorers say beside the scores that are merged with ours. */
export interface ExternalFindings {
  /** Labels with thresholds of their own, `hold <= reject`; null: never. The name is for moderators. */
  readonly found: readonly {
    readonly name: string;
    readonly value: number;
    readonly hold: number | null;
    readonly reject: number | null;
  }[];
  /** Scorers that gave nothing, and without which the site publishes nothing. */
  readonly absent: readonly { readonly name: string; readonly why: string }[];
}

/** All that a decision needs: with it nothing is read again, so the decision commits with the scores. */
export interface ScoredRevision extends RevisionRef {
  readonly storyId: StoryId;
  readonly body: string;
  /** The key of the tier that the author had when they posted. */
  readonly authorTier: string | null;
  readonly scores: ScoreMap;
  /** What counts for the story. */
  readonly policy: Policy;
  readonly policyVersion: number;
  /** Of the author, now. */
  readonly standing: Standing;
  /** Comments of the author that are published on this site. */
  readonly publishedCount: number;
  readonly isNew: boolean;
  /** Of the text: ISO 639-1, or `und`; null: too little to tell by. */
  readonly language: string | null;
  /** The same where the scorer does not read it; null: it does. */
  readonly unscoredLanguage: string | null;
  readonly external: ExternalFindings;
}

/** `late`: the comment is pending no more, or has another text by now; nothing was changed. */
export type DecisionPortResult = 'decided' | 'late';

/**
 * Where scores lead to. Scoring stands left of moderation and may not call it; moderation provides this instead of
 * listening to an event, which saves a reader one hop through the relay and lets scores, decision and status commit
 * together.
 */
export abstract class DecisionPort {
  abstract decide(tx: Tx, ctx: SiteContext, scored: ScoredRevision): Promise<DecisionPortResult>;

  /** Scoring ended without a result: the comment must wait for a person, and say so. */
  abstract holdUnscored(tx: Tx, ctx: SiteContext, revision: RevisionRef): Promise<DecisionPortResult>;
}
