/*
 * The gate inputs as stored in the log of refusals and in explanations. They are plain JSON, and later versions may
 * add fields. Missing fields are not shown.
 */

interface PlainEntitlement {
  readonly tier: string;
  readonly status: string;
  readonly validUntil: string | null;
  readonly graceUntil: string | null;
  readonly endedAt: string | null;
}

export interface GateInputs {
  readonly rules?: Readonly<Record<string, string>>;
  readonly policyVersion?: number;
  readonly overrides?: readonly string[];
  readonly story?: { readonly key: string; readonly section: string | null; readonly state: string } | null;
  readonly reader?: {
    readonly tier: string | null;
    readonly ended: { readonly tier: string; readonly at: string | null } | null;
    readonly claims: { readonly tiers: readonly string[]; readonly issuedAt: string | null };
    readonly entitlements: readonly PlainEntitlement[];
    readonly endings: readonly { readonly tier: string; readonly endedAt: string | null }[];
    readonly lookUp: {
      readonly answer: string;
      readonly requestedAt: string | null;
      readonly entitlements: readonly PlainEntitlement[];
    } | null;
    readonly standing: string;
    readonly standingUntil: string | null;
    readonly quotaFreeAt: string | null;
  } | null;
}

export interface GateInputFact {
  readonly name: string;
  readonly texts: readonly string[];
}

const LOOKUP_LABELS: Readonly<Record<string, string>> = {
  fresh: 'Asked',
  'last-known': 'It was down; its last answer counted, from',
  stated: 'It was down; the tier from the settings counted',
  nothing: 'It was down, and there was no earlier answer',
};

interface Names {
  tier(key: string): string;
  rule(rule: string): string;
  time(iso: string): string;
}

/**
 * Describes the gate inputs in words, the most important first.
 * @param action the action whose rule is shown; null: all actions
 */
export function factsOf(inputs: GateInputs, action: string | null, names: Names): GateInputFact[] {
  const { rules = {}, overrides = [], story, reader } = inputs;
  const shown = Object.entries(rules).filter(([name]) => action === null || name === action);
  const facts: GateInputFact[] = [
    { name: 'The rule', texts: shown.map(([name, rule]) => `${name}: ${names.rule(rule)}`) },
    { name: 'Exceptions in force', texts: overrides },
    ...(story
      ? [{ name: 'The story', texts: [[story.section, story.state].filter(Boolean).join(', ')] }]
      : []),
  ];
  if (reader === null) facts.push({ name: 'The reader', texts: ['Signed out'] });
  if (reader) {
    const { claims, endings, lookUp } = reader;
    const at = (iso: string | null) => (iso === null ? '' : ` at ${names.time(iso)}`);
    const entitlementText = (each: PlainEntitlement) => {
      const until = each.endedAt ?? each.graceUntil ?? each.validUntil;
      const prefix = each.endedAt ? 'ended' : each.graceUntil ? 'in grace until' : 'until';
      return `${names.tier(each.tier)}, ${each.status.replace('_', ' ')}${until ? `, ${prefix} ${names.time(until)}` : ''}`;
    };
    facts.push(
      { name: 'Tier that counted', texts: [reader.tier === null ? 'None' : names.tier(reader.tier)] },
      {
        name: 'The token claimed',
        texts: [
          `${claims.tiers.length === 0 ? 'No tier' : claims.tiers.map((key) => names.tier(key)).join(', ')}${
            claims.issuedAt ? `, signed${at(claims.issuedAt)}` : ''
          }`,
        ],
      },
      {
        name: 'Entitlements',
        texts: reader.entitlements.length === 0 ? ['None'] : reader.entitlements.map(entitlementText),
      },
      { name: 'Lost before', texts: endings.map(({ tier, endedAt }) => `${names.tier(tier)}${at(endedAt)}`) },
      {
        name: 'The look-up said',
        texts: lookUp
          ? [
              `${LOOKUP_LABELS[lookUp.answer] ?? lookUp.answer}${at(lookUp.requestedAt)}${lookUp.answer !== 'nothing' && lookUp.entitlements.length === 0 ? ': nothing' : ''}`,
              ...lookUp.entitlements.map(entitlementText),
            ]
          : [],
      },
      {
        name: 'Standing',
        texts:
          reader.standing === 'normal'
            ? []
            : [
                `${reader.standing}${reader.standingUntil ? ` until ${names.time(reader.standingUntil)}` : ''}`,
              ],
      },
      { name: 'Quota', texts: reader.quotaFreeAt ? [`Used up until ${names.time(reader.quotaFreeAt)}`] : [] },
    );
  }
  return facts.filter(({ texts }) => texts.some(Boolean));
}
