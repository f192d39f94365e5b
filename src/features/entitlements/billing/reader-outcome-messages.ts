import type { ReaderSyncOutcome } from '../../readers/reader-sync.js';
import type { BillingWebhookOutcome } from './billing-webhook-log.repository.js';

interface OutcomeMessage {
  readonly outcome: Exclude<BillingWebhookOutcome, 'refused'>;
  readonly reason?: string;
  readonly detail?: string;
}

/** Outcome and log text of webhooks about readers. */
export const READER_OUTCOME_MESSAGES: Readonly<
  Record<'profile' | 'deletion', Readonly<Record<ReaderSyncOutcome, OutcomeMessage>>>
> = {
  profile: {
    applied: { outcome: 'applied', detail: 'The reader’s profile was updated.' },
    unchanged: { outcome: 'unchanged' },
    older: {
      outcome: 'older',
      detail: 'A newer change of this reader, or their deletion, was already received.',
    },
    unknown: {
      outcome: 'ignored',
      reason: 'unknown-reader',
      detail:
        'No reader with this key has commented here yet. Their profile will come from their token when they do.',
    },
  },
  deletion: {
    applied: {
      outcome: 'applied',
      detail: 'The reader was erased: name, picture, email address, key, all comments and entitlements.',
    },
    unchanged: { outcome: 'unchanged' },
    older: { outcome: 'older', detail: 'A later deletion of this reader was already received.' },
    unknown: {
      outcome: 'unchanged',
      reason: 'unknown-reader',
      detail:
        'No reader with this key has commented here. Tokens issued before the deletion can no longer be used to write.',
    },
  },
};
