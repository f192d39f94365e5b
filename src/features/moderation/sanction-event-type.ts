type SanctionEventType = 'reader.warned' | 'reader.suspended' | 'reader.banned' | 'reader.reinstated';

const MARKED: ReadonlySet<string> = new Set(['warned', 'suspended', 'banned']);

/** What a new standing is called outside; null for what is between the site's moderators alone. */
export function sanctionEventType(before: string, after: string): SanctionEventType | null {
  switch (after) {
    case 'warned':
    case 'suspended':
    case 'banned':
      return `reader.${after}`;
    default:
      return MARKED.has(before) ? 'reader.reinstated' : null;
  }
}
