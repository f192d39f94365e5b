type SanctionEventType = 'reader.warned' | 'reader.suspended' | 'reader.banned' | 'reader.reinstated';

const PUBLIC_SANCTIONS: ReadonlySet<string> = new Set(['warned', 'suspended', 'banned']);

/** The public event type of a new standing; null if the change is visible to the site's moderators only. */
export function sanctionEventType(before: string, after: string): SanctionEventType | null {
  switch (after) {
    case 'warned':
    case 'suspended':
    case 'banned':
      return `reader.${after}`;
    default:
      return PUBLIC_SANCTIONS.has(before) ? 'reader.reinstated' : null;
  }
}
