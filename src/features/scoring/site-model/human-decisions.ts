import type { Tx } from '../../../platform/database/database.js';
import type { CommentId, DecisionId, RevisionId } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import type { HumanVerdict } from './decision-labels.js';

export interface DecidedText extends HumanVerdict {
  readonly decisionId: DecisionId;
  readonly revisionId: RevisionId;
  readonly text: string;
}

export interface DecidedComment extends DecidedText {
  readonly commentId: CommentId;
  readonly decidedAt: Date;
}

/** A text that a rule published and that no moderator decided about. */
export interface UndecidedText {
  readonly revisionId: RevisionId;
  readonly text: string;
  /** The answer of the people who reviewed it in a random sample; null if it was not reviewed. */
  readonly isRefused: boolean | null;
}

export interface UndecidedTexts {
  /** Reviewed ones first, otherwise newest first. */
  readonly texts: readonly UndecidedText[];
  /** The number of comments that they stand for: published by rules in the period of the decisions. */
  readonly population: number;
}

/** Equal verdicts and the number of texts they apply to. */
export interface VerdictCount extends HumanVerdict {
  readonly texts: number;
}

/**
 * Texts that people decided about, never those that only a rule decided. Scoring must not depend on moderation, so
 * moderation implements this port.
 */
export abstract class HumanDecisions {
  /** The latest decision by people on each text of the site that is still in effect, newest first. */
  abstract latest(tx: Tx, ctx: SiteContext, max: number): Promise<DecidedText[]>;

  /** The latest of the same decisions about comments in one language (ISO 639-1), whatever their reason. */
  abstract latestIn(tx: Tx, ctx: SiteContext, language: string, max: number): Promise<DecidedText[]>;

  /**
   * A page of the same decisions.
   * @param before only decisions before this one; null: from the newest on
   */
  abstract page(
    tx: Tx,
    ctx: SiteContext,
    max: number,
    before: DecisionId | null,
    limit: number,
  ): Promise<DecidedComment[]>;

  /**
   * Texts that moderators did not get to see.
   * @param since the oldest decision that is learned from
   */
  abstract undecided(tx: Tx, ctx: SiteContext, since: DecisionId, max: number): Promise<UndecidedTexts>;

  /** The share of comments that rules published or rejected since then without a person; null if there were none. */
  abstract automaticShare(tx: Tx, ctx: SiteContext, since: Date): Promise<number | null>;

  /** Counts of the same decisions. */
  abstract counts(tx: Tx, ctx: SiteContext, max: number): Promise<VerdictCount[]>;

  /**
   * The latest decision by people on one text if it is still in effect.
   * @param revision the revision number, from 1
   */
  abstract decidedText(
    tx: Tx,
    ctx: SiteContext,
    commentId: CommentId,
    revision: number,
  ): Promise<DecidedText | null>;
}
