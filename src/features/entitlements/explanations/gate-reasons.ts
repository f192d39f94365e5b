import { GATE_ACTIONS, type GateAction } from '../../sites/policy.js';
import type { Tier } from '../../sites/site-facts.js';
import { endOf } from '../entitlement.js';
import type { GateInputs } from '../gate-inputs.js';
import { meetsTier, type Gate, type RefusalCode } from '../gate.js';
import { effectiveTier } from '../effective-tier.js';

export const GRANT_CODES = ['open', 'signed-in', 'tier'] as const;
export type GrantCode = (typeof GRANT_CODES)[number];

/** Possible sources of a tier. */
export const TIER_SOURCES = ['token', 'entitlement', 'look-up'] as const;
export type TierSource = (typeof TIER_SOURCES)[number];

/** Why one action is allowed or refused. */
export interface ActionReason {
  readonly allowed: boolean;
  readonly code: GrantCode | RefusalCode;
  readonly message: string;
  /** Sources that each grant the tier on their own; empty if no tier is required or the reader's tier is too low. */
  readonly by: readonly TierSource[];
}

/** Explains the gate per action: with the refusal's message, or with the reason why the action is allowed. */
export function explainGate(gateInputs: GateInputs, gate: Gate): Record<GateAction, ActionReason> {
  const entries = GATE_ACTIONS.map((action) => [action, explainAction(gateInputs, gate, action)] as const);
  return Object.fromEntries(entries) as Record<GateAction, ActionReason>;
}

function explainAction(gateInputs: GateInputs, gate: Gate, action: GateAction): ActionReason {
  const decision = gate[action];
  if (!decision.allowed) return { allowed: false, code: decision.code, message: decision.message, by: [] };
  const rule = gateInputs.facts.rules[action];
  const required = gateInputs.facts.tiers.get(rule);
  if (required) {
    const by = tierSources(gateInputs, required);
    const tier = gateInputs.facts.reader?.effectiveTier.tier ?? required;
    const includes = tier.key === required.key ? '' : `, which includes ${required.name}`;
    const message = `The reader has ${tier.name}${includes}, through ${by.map((source) => TIER_SOURCE_TEXTS[source]).join(' and ')}.`;
    return { allowed: true, code: 'tier', message, by };
  }
  return rule === 'anyone' && (action === 'read' || gateInputs.facts.reader === null)
    ? { allowed: true, code: 'open', message: 'It is open to anyone.', by: [] }
    : { allowed: true, code: 'signed-in', message: 'It is open to every signed-in reader.', by: [] };
}

const TIER_SOURCE_TEXTS: Readonly<Record<TierSource, string>> = {
  token: 'the claim in the token',
  entitlement: 'a stored entitlement',
  'look-up': 'the entitlement lookup',
};

/**
 * Returns the sources that each grant the tier on their own. Every known ending applies to all of them, regardless of
 * its source.
 */
function tierSources({ facts: { tiers, now }, signedIn }: GateInputs, required: Tier): TierSource[] {
  if (!signedIn) return [];
  const { claims } = signedIn.reader;
  const { entitlements, endings } = signedIn.stored;
  const noClaims = { tiers: [], tierValidUntil: null, issuedAt: null };
  const endedEntitlements = entitlements.filter((entitlement) => endOf(entitlement, now) !== null);
  const tierBySource: Readonly<Record<TierSource, Tier | null>> = {
    token: effectiveTier(claims, endedEntitlements, endings, tiers, now).tier,
    entitlement: effectiveTier(noClaims, entitlements, endings, tiers, now).tier,
    'look-up': effectiveTier(noClaims, endedEntitlements, endings, tiers, now, signedIn.lookupResult).tier,
  };
  return TIER_SOURCES.filter((source) => meetsTier(tierBySource[source], required));
}
