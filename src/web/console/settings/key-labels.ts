import type { KeyScope, PublisherKey } from '../api-types.js';

export const KEY_SCOPES = ['publisher', 'moderation', 'score'] as const satisfies readonly KeyScope[];

export const SCOPE_LABELS: Readonly<Record<KeyScope, string>> = {
  publisher: 'Publisher',
  moderation: 'Moderation',
  score: 'Scoring',
};

/** What each scope allows. */
export const SCOPE_DESCRIPTIONS: Readonly<Record<KeyScope, string>> = {
  publisher: 'Stories, readers, entitlements, webhooks and settings: for your site’s own server',
  moderation: 'Reads the queue and decides, as a moderator does',
  score: 'Only scores texts',
};

/** What a scoring key returns for text that is not scored, if that is not an error. */
export const unreadText = ({ unread }: Pick<PublisherKey, 'unread'>): string | null =>
  unread.mode === 'score' ? `Unsupported languages score ${unread.value}` : null;

/** The sites that a key is valid for. */
export function sitesText(
  { sites }: Pick<PublisherKey, 'sites'>,
  allSites: readonly { readonly id: string; readonly name: string }[],
): string {
  if (sites === null) return 'Every site';
  const names = sites.map((id) => allSites.find((site) => site.id === id)?.name ?? 'a deleted site');
  return names.length <= 3
    ? names.join(', ')
    : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
}

/** Keys valid for this site first, otherwise in the given order. */
export const sortBySite = (keys: readonly PublisherKey[], site: string): PublisherKey[] => {
  const isHere = ({ sites }: PublisherKey) => sites === null || sites.includes(site);
  return [...keys.filter(isHere), ...keys.filter((key) => !isHere(key))];
};
