import type { Tx } from '../../../platform/database/database.js';
import type { CommentId, DecisionId } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import type { HumanVerdict } from './decision-labels.js';

export interface DecidedText extends HumanVerdict {
  readonly decisionId: DecisionId;
  readonly text: string;
}

/**
 * Texts that people decided about. Decisions are moderation's, which stands to the right of scoring and provides this;
 * what a rule decided is never among them.
 */
export abstract class HumanDecisions {
  /** The last word of people on each text of the site that still stands, the newest first. */
  abstract latest(tx: Tx, ctx: SiteContext, max: number): Promise<DecidedText[]>;

  /** Their last word on one text, if it still stands. @param revision the text's number, from 1 */
  abstract of(tx: Tx, ctx: SiteContext, commentId: CommentId, revision: number): Promise<DecidedText | null>;
}
