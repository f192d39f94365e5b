import type { Standing } from '../readers/reader.entity.js';
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

/** Why an action is refused: a message for the reader and a machine-readable code. This is the API shape. */
export interface Refusal {
  readonly allowed: false;
  readonly code: RefusalCode;
  readonly message: string;
  readonly requiredTier?: { readonly key: string; readonly name: string };
  /** URL where the reader can sign in, subscribe or renew. */
  readonly url?: string;
  /** Seconds after which a retry may succeed. */
  readonly retryAfter?: number;
}

export type ActionAnswer = { readonly allowed: true } | Refusal;
export type Gate = Readonly<Record<GateAction, ActionAnswer>>;

export interface GateFacts {
  /** Null if signed out. */
  readonly reader: {
    readonly effectiveTier: EffectiveTier;
    readonly standing: Standing;
    /** Time at which the sanction ends; null if it does not end. */
    readonly standingUntil: Date | null;
    /** Time at which the quota allows another comment; null if it does now. */
    readonly quotaFreeAt: Date | null;
    /** Number of comments that the reader's tier may post in 24 hours; null if unlimited. */
    readonly quota: number | null;
  } | null;
  readonly storyState: StoryState | null;
  readonly rules: Policy['gate'];
  readonly tiers: ReadonlyMap<string, Tier>;
  readonly signInUrl: string | null;
  readonly now: Date;
}

const ALLOWED: ActionAnswer = { allowed: true };
/** Actions that add content to the story. All others are still possible on a closed story. */
const ADDING_ACTIONS: ReadonlySet<GateAction> = new Set(['comment', 'reply']);

/**
 * Evaluates what one reader may do on one story now. The result is both shown as `gate` and used to refuse writes.
 *
 * Comments and reactions need an author, so `anyone` only allows signed-out readers to read and flag.
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
  // Check this first, because neither signing in nor paying helps.
  if (ADDING_ACTIONS.has(action) && facts.storyState === 'closed') {
    return { allowed: false, code: 'story-closed', message: STORY_CLOSED };
  }
  if (rule === 'anyone' && (action === 'read' || (action === 'flag' && !facts.reader))) return ALLOWED;
  const required = requiredTier(rule, facts.tiers);
  if (!facts.reader) return signedOutRefusal(facts, action, required);
  if (action !== 'read') {
    const refusal = sanctionRefusal(facts.reader, facts.now);
    if (refusal) return refusal;
  }
  if (required && !meetsTier(facts.reader.effectiveTier.tier, required)) {
    return belowTierRefusal(facts.reader.effectiveTier, action, required);
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

/** Returns the tier that a rule requires, or null. A deleted tier is replaced by one that no reader can have. */
function requiredTier(rule: GateRule, tiers: ReadonlyMap<string, Tier>): Tier | null {
  if (rule === 'anyone' || rule === 'signed-in') return null;
  return tiers.get(rule) ?? { key: rule, name: rule, rank: Infinity, upgradeUrl: null, badge: null };
}

const tierFields = (tier: Tier): Pick<Refusal, 'requiredTier'> => ({
  requiredTier: { key: tier.key, name: tier.name },
});
const urlField = (url: string | null): Pick<Refusal, 'url'> => (url === null ? {} : { url });

function signedOutRefusal(facts: GateFacts, action: GateAction, required: Tier | null): Refusal {
  return {
    allowed: false,
    code: 'signed-out',
    message: required ? tierRequiredMessage(required.name, action) : signInMessage(action),
    ...(required ? tierFields(required) : {}),
    ...urlField(facts.signInUrl ?? required?.upgradeUrl ?? null),
  };
}

function belowTierRefusal(effective: EffectiveTier, action: GateAction, required: Tier): Refusal {
  const { ended } = effective;
  if (ended && meetsTier(ended.tier, required)) {
    const url = ended.tier.upgradeUrl ?? required.upgradeUrl;
    return {
      allowed: false,
      code: 'entitlement-ended',
      message: entitlementEndedMessage(ended.tier.name, ended.at, action, url),
      ...tierFields(required),
      ...urlField(url),
    };
  }
  return {
    allowed: false,
    code: 'tier-required',
    message: tierRequiredMessage(required.name, action),
    ...tierFields(required),
    ...urlField(required.upgradeUrl),
  };
}

function sanctionRefusal(
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
