import { providerName } from '../access/providers.js';
import type { TierUse } from '../api-types.js';
import { joinWithAnd } from '../shell/join-with-and.js';

const USE_LABELS: Readonly<Record<string, string>> = {
  quotas: 'a quota',
  tiers: 'its own rules',
};

/**
 * Describes how a policy uses a tier: the actions it is required for, and the other settings it has for its readers.
 */
function usesText(uses: readonly string[]): string {
  const actions = uses.filter((use) => !Object.hasOwn(USE_LABELS, use));
  const others = uses.filter((use) => Object.hasOwn(USE_LABELS, use)).map((use) => USE_LABELS[use] ?? use);
  return [
    ...(actions.length > 0 ? [`asks for it to ${joinWithAnd(actions)}`] : []),
    ...(others.length > 0 ? [`has ${joinWithAnd(others)} for its readers`] : []),
  ].join(', and ');
}

/** One reference to a tier, as a sentence without the final full stop. */
export function tierUseText({ where, name, as: uses }: TierUse): string {
  switch (where) {
    case 'policy':
      return `The site’s policy ${usesText(uses)}`;
    case 'story':
      return `The story “${name}” ${usesText(uses)}`;
    case 'override':
      return `The exception “${name}” ${usesText(uses)}`;
    case 'billing':
      return `${providerName(name ?? '')} opens it by ${joinWithAnd(uses)}`;
    case 'look-up':
      return 'The look-up grants it to everybody while your endpoint does not answer';
    case 'organisation':
      return `${name} pays for seats of it`;
  }
}
