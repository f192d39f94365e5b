import type { GateAction, Override, Tier } from '../api-types.js';
import { joinWithAnd } from '../shell/join-with-and.js';

export const ACTIONS = ['read', 'comment', 'reply', 'react', 'flag'] as const satisfies readonly GateAction[];

export const ACTION_LABELS: Readonly<Record<GateAction, string>> = {
  read: 'read',
  comment: 'comment',
  reply: 'reply',
  react: 'react',
  flag: 'flag',
};

export const CODE_LABELS: Readonly<Record<string, string>> = {
  'signed-out': 'Signed out',
  'tier-required': 'Tier too low',
  'entitlement-ended': 'Entitlement ended',
  'quota-exceeded': 'Quota used up',
  suspended: 'Suspended',
  banned: 'Banned',
  'story-closed': 'Story closed',
};

/** Describes who may act under a gate rule. */
export function ruleText(rule: string, tiers: readonly Pick<Tier, 'key' | 'name'>[]): string {
  if (rule === 'anyone') return 'Everyone';
  if (rule === 'signed-in') return 'Whoever is signed in';
  return `${tiers.find(({ key }) => key === rule)?.name ?? rule} and above`;
}

/**
 * What an override changes, in lines: for each gate rule, who may act and the actions; then the other settings, in one
 * line.
 */
export function overrideLines({ policy }: Pick<Override, 'policy'>, tiers: readonly Tier[]): string[] {
  const gate = Object.entries(policy.gate ?? {}).filter(
    (entry): entry is [GateAction, string] => entry[1] != null,
  );
  const rules = [...new Set(gate.map(([, rule]) => rule))];
  const others = Object.entries(policy)
    .filter(([name, value]) => name !== 'gate' && value != null)
    .map(([name]) => OTHER_SETTING_LABELS[name] ?? name);
  return [
    ...rules.map((rule) => {
      const actions = ACTIONS.filter((action) =>
        gate.some(([name, value]) => name === action && value === rule),
      );
      return `${ruleText(rule, tiers)}: ${joinWithAnd(actions.map((action) => ACTION_LABELS[action]))}`;
    }),
    ...(others.length > 0 ? [`Another ${joinWithAnd(others)}`] : []),
  ];
}

const OTHER_SETTING_LABELS: Readonly<Record<string, string>> = {
  quotas: 'quota',
  tiers: 'rule of single tiers',
  moderation: 'moderation',
  body: 'length',
  editWindowSeconds: 'edit window',
  showOldWhileScoring: 'treatment of edits',
};

/** Describes where an override applies. */
export function placeText({ section, storyKey }: Pick<Override, 'section' | 'storyKey'>): string {
  if (storyKey !== null) return `Story ${storyKey}`;
  return section === null ? 'Everywhere' : `Section ${section}`;
}
