import type { Verdict } from '../../moderation/decision-rules.js';
import type { Label, ScoreMap } from '../../scoring/scores.js';
import { activeThresholds, type Policy } from '../../sites/policy.js';

/**
 * The reasons that Coral's schema allows in the flags of an external phase. Coral drops the whole response if it
 * contains any other.
 */
export const CORAL_REASONS = ['COMMENT_DETECTED_TOXIC', 'COMMENT_DETECTED_SPAM'] as const;
export type CoralReason = (typeof CORAL_REASONS)[number];

export const CORAL_STATUSES = ['REJECTED', 'SYSTEM_WITHHELD'] as const;

/** The rules of normal decisions, and those specific to this endpoint. */
export type CoralRule =
  Verdict['rule']['key'] | 'no-text' | 'scoring-failed' | 'too-late' | 'too-long' | 'unreadable';

/**
 * A response to Coral. Without a `status`, Coral applies its own rules; `NONE` would skip pre-moderation. `tags` are
 * never sent: Coral knows only `FEATURED` and `STAFF`, and drops a response with an empty list. `actions` is always
 * present, because Coral treats an empty object as no response. `reason` is not part of Coral's schema; Coral ignores
 * unknown members.
 */
export interface CoralAnswer {
  readonly status?: (typeof CORAL_STATUSES)[number];
  readonly actions: readonly { readonly actionType: 'FLAG'; readonly reason: CoralReason }[];
  readonly reason: { readonly rule: CoralRule; readonly text: string };
}

export interface CoralDecision {
  readonly action: Verdict['action'];
  readonly rule: { readonly key: CoralRule; readonly text: string };
  readonly flags: readonly CoralReason[];
}

/** Labels that match neither flag affect only the status. */
const FLAG_OF: Partial<Record<Label, CoralReason>> = {
  bannedWords: 'COMMENT_DETECTED_TOXIC',
  suspectWords: 'COMMENT_DETECTED_TOXIC',
  refusal: 'COMMENT_DETECTED_TOXIC',
  toxicity: 'COMMENT_DETECTED_TOXIC',
  severeToxicity: 'COMMENT_DETECTED_TOXIC',
  insult: 'COMMENT_DETECTED_TOXIC',
  profanity: 'COMMENT_DETECTED_TOXIC',
  threat: 'COMMENT_DETECTED_TOXIC',
  identityAttack: 'COMMENT_DETECTED_TOXIC',
  sexual: 'COMMENT_DETECTED_TOXIC',
  spam: 'COMMENT_DETECTED_SPAM',
  links: 'COMMENT_DETECTED_SPAM',
  repeat: 'COMMENT_DETECTED_SPAM',
  flood: 'COMMENT_DETECTED_SPAM',
};

/** The flags for all labels at or above their thresholds, without duplicates. */
export function flagsOf(scores: ScoreMap, policy: Policy): CoralReason[] {
  const thresholds = Object.entries(activeThresholds(policy)) as [Label, { hold: number }][];
  const exceeded = thresholds.flatMap(([label, { hold }]) =>
    (scores[label]?.value ?? 0) >= hold ? (FLAG_OF[label] ?? []) : [],
  );
  return CORAL_REASONS.filter((reason) => exceeded.includes(reason));
}

export const heldFor = (key: CoralRule, reason: string): CoralDecision => ({
  action: 'hold',
  rule: { key, text: `held: ${reason}` },
  flags: [],
});

export const answerOf = ({ action, rule, flags }: CoralDecision): CoralAnswer => ({
  ...(action === 'publish' ? {} : { status: action === 'reject' ? 'REJECTED' : 'SYSTEM_WITHHELD' }),
  actions: flags.map((reason) => ({ actionType: 'FLAG', reason })),
  reason: { rule: rule.key, text: rule.text },
});

/** The share of Coral's timeout that may pass before we respond. The rest is a reserve for the network and for load. */
const USABLE_SHARE = 0.7;

/** Maximum time between the arrival of a request and the response to it. */
export const answerWithinMs = (timeoutMs: number): number => Math.floor(timeoutMs * USABLE_SHARE);
