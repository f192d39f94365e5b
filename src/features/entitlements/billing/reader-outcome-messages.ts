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
    applied: { outcome: 'applied', detail: 'The reader is called and shown so now.' },
    unchanged: { outcome: 'unchanged' },
    older: { outcome: 'older', detail: 'Something newer was told of this reader, or that they are gone.' },
    unknown: {
      outcome: 'ignored',
      reason: 'unknown-reader',
      detail: 'Nobody of this key has written here; their token will say who they are when they do.',
    },
  },
  deletion: {
    applied: {
      outcome: 'applied',
      detail: 'Forgotten: name, picture, address, key, every comment, and what they were entitled to.',
    },
    unchanged: { outcome: 'unchanged' },
    older: { outcome: 'older', detail: 'A later deletion of this reader was told before.' },
    unknown: {
      outcome: 'unchanged',
      reason: 'unknown-reader',
      detail: 'Nobody of this key has written here; tokens that were made before sign nobody in to write.',
    },
  },
};
