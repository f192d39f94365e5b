import type { Tx } from '../../../platform/database/database.js';
import type { CommentId, DecisionId } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import type { HumanVerdict } from './decision-labels.js';

export interface DecidedText extends HumanVerdict {
  readonly decisionId: DecisionId;
  readonly text: string;
}

export interface DecidedComment extends DecidedText {
  readonly commentId: CommentId;
  readonly decidedAt: Date;
}

/** Verdicts that are alike, and how many texts they are about. */
export interface VerdictCount extends HumanVerdict {
  readonly texts: number;
}

/**
 * Texts that people decided about. Decisions are moderation's, which stands to the right of scoring and provides this;
 * what a rule decided is never among them.
 */
export abstract class HumanDecisions {
  /** The last word of people on each text of the site that still stands, the newest first. */
  abstract latest(tx: Tx, ctx: SiteContext, max: number): Promise<DecidedText[]>;

  /** A page of the same. @param before only decisions before this one; null: from the newest on */
  abstract page(
    tx: Tx,
    ctx: SiteContext,
    max: number,
    before: DecisionId | null,
    limit: number,
  ): Promise<DecidedComment[]>;

  /** The same, counted. */
  abstract counts(tx: Tx, ctx: SiteContext, max: number): Promise<VerdictCount[]>;

  /** Their last word on one text, if it still stands. @param revision the text's number, from 1 */
  abstract of(tx: Tx, ctx: SiteContext, commentId: CommentId, revision: number): Promise<DecidedText | null>;
}
