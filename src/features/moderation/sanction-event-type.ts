type SanctionEventType = 'reader.warned' | 'reader.suspended' | 'reader.banned' | 'reader.reinstated';

const PUBLIC_SANCTIONS: ReadonlySet<string> = new Set(['warned', 'suspended', 'banned']);

/** The event type of a change of standing; null if publishers and readers are not informed of it. */
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
