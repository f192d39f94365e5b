import type { GateAction, GateRule, Policy } from '../sites/policy.js';
import type { Tier } from '../sites/site-facts.js';
import type { StoryState } from '../stories/story-facts.js';
import {
  entitlementEndedMessage,
  quotaMessage,
  signInMessage,
  sanctionMessage,
  tierRequiredMessage,
  STORY_CLOSED,
} from './gate-messages.js';
import type { EffectiveTier } from './effective-tier.js';

export const REFUSAL_CODES = [
  'signed-out',
  'tier-required',
  'entitlement-ended',
  'quota-exceeded',
  'suspended',
  'banned',
  'story-closed',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** Why somebody may not, in words for them and in a code for programs. The wire shape itself. */
export interface Refusal {
  readonly allowed: false;
  readonly code: RefusalCode;
  readonly message: string;
  readonly requiredTier?: { readonly key: string; readonly name: string };
  /** Where to sign in, subscribe or renew. */
  readonly url?: string;
  /** Seconds until it is worth trying again. */
  readonly retryAfter?: number;
}

export type ActionAnswer = { readonly allowed: true } | Refusal;
export type Gate = Readonly<Record<GateAction, ActionAnswer>>;

export type Standing = 'normal' | 'warned' | 'suspended' | 'banned' | 'pre-moderated' | 'trusted';

export interface GateFacts {
  /** Null: signed out. */
  readonly reader: {
    readonly counts: EffectiveTier;
    readonly standing: Standing;
    /** When the standing ends; null: it does not. */
    readonly standingUntil: Date | null;
    /** When one more comment fits the quota again; null: one fits now. */
    readonly quotaFreeAt: Date | null;
    /** Comments in 24 hours that the reader's tier may post; null: no limit. */
    readonly quota: number | null;
  } | null;
  readonly storyState: StoryState | null;
  readonly rules: Policy['gate'];
  readonly tiers: ReadonlyMap<string, Tier>;
  readonly signInUrl: string | null;
  readonly now: Date;
}

const ALLOWED: ActionAnswer = { allowed: true };
/** What adds to the story; the rest stays possible where it is closed. */
const ADDING_ACTIONS: ReadonlySet<GateAction> = new Set(['comment', 'reply']);

/**
 * What one reader may do on one story now. The same answers are shown in `gate` and refuse a write.
 *
 * Comments and reactions have an author, so that `anyone` opens nothing but reading and flagging.
 */
export function evaluateGate(facts: GateFacts): Gate {
  return {
    read: evaluateAction(facts, 'read'),
    comment: evaluateAction(facts, 'comment'),
    reply: evaluateAction(facts, 'reply'),
    react: evaluateAction(facts, 'react'),
    flag: evaluateAction(facts, 'flag'),
  };
}

function evaluateAction(facts: GateFacts, action: GateAction): ActionAnswer {
  const rule = facts.rules[action];
  // First, because neither signing in nor paying opens it.
  if (ADDING_ACTIONS.has(action) && facts.storyState === 'closed') {
    return { allowed: false, code: 'story-closed', message: STORY_CLOSED };
  }
  if (rule === 'anyone' && (action === 'read' || (action === 'flag' && !facts.reader))) return ALLOWED;
  const required = requiredTier(rule, facts.tiers);
  if (!facts.reader) return signedOut(facts, action, required);
  if (action !== 'read') {
    const refused = refusedBySanction(facts.reader, facts.now);
    if (refused) return refused;
  }
  if (required && !meetsTier(facts.reader.counts.tier, required)) {
    return belowTier(facts.reader.counts, action, required);
  }
  if (ADDING_ACTIONS.has(action) && facts.reader.quotaFreeAt && facts.reader.quotaFreeAt > facts.now) {
    const { quota, quotaFreeAt } = facts.reader;
    return {
      allowed: false,
      code: 'quota-exceeded',
      message: quotaMessage(quota ?? 0, quotaFreeAt),
      retryAfter: Math.ceil((quotaFreeAt.getTime() - facts.now.getTime()) / 1000),
    };
  }
  return ALLOWED;
}

export const meetsTier = (tier: Tier | null, required: Tier): boolean =>
  tier !== null && tier.rank >= required.rank;

/** A rule that names a tier which is gone cannot be met by anybody: that keeps the door shut, not open. */
function requiredTier(rule: GateRule, tiers: ReadonlyMap<string, Tier>): Tier | null {
  if (rule === 'anyone' || rule === 'signed-in') return null;
  return tiers.get(rule) ?? { key: rule, name: rule, rank: Infinity, upgradeUrl: null, badge: null };
}

const tierFields = (tier: Tier): Pick<Refusal, 'requiredTier'> => ({
  requiredTier: { key: tier.key, name: tier.name },
});
const link = (url: string | null): Pick<Refusal, 'url'> => (url === null ? {} : { url });

function signedOut(facts: GateFacts, action: GateAction, required: Tier | null): Refusal {
  return {
    allowed: false,
    code: 'signed-out',
    message: required ? tierRequiredMessage(required.name, action) : signInMessage(action),
    ...(required ? tierFields(required) : {}),
    ...link(facts.signInUrl ?? required?.upgradeUrl ?? null),
  };
}

function belowTier(counts: EffectiveTier, action: GateAction, required: Tier): Refusal {
  const { ended } = counts;
  if (ended && meetsTier(ended.tier, required)) {
    const url = ended.tier.upgradeUrl ?? required.upgradeUrl;
    return {
      allowed: false,
      code: 'entitlement-ended',
      message: entitlementEndedMessage(ended.tier.name, ended.at, action, url),
      ...tierFields(required),
      ...link(url),
    };
  }
  return {
    allowed: false,
    code: 'tier-required',
    message: tierRequiredMessage(required.name, action),
    ...tierFields(required),
    ...link(required.upgradeUrl),
  };
}

function refusedBySanction(
  { standing, standingUntil }: NonNullable<GateFacts['reader']>,
  now: Date,
): Refusal | null {
  if (standing !== 'banned' && standing !== 'suspended') return null;
  if (standingUntil && standingUntil <= now) return null;
  return {
    allowed: false,
    code: standing,
    message: sanctionMessage(standing, standingUntil),
    ...(standingUntil ? { retryAfter: Math.ceil((standingUntil.getTime() - now.getTime()) / 1000) } : {}),
  };
}
