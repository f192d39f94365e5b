import { isUuid, type SiteId } from '../ids.js';
import { defineJob, PermanentJobError, type JobToAdd } from '../jobs/jobs.js';
import type { MailId } from './email.js';

export interface SendMailPayload {
  /** Null: sent by the service itself. */
  siteId: SiteId | null;
  mailId: MailId;
}

export const SEND_MAIL = defineJob<SendMailPayload>({
  name: 'send-mail',
  parse(raw) {
    const { siteId, mailId } = (raw ?? {}) as Record<string, unknown>;
    if (!(siteId === null || isUuid(siteId)) || !isUuid(mailId))
      throw new PermanentJobError('the payload needs a mailId and a siteId, which may be null (UUIDs)');
    return { siteId: siteId as SiteId | null, mailId: mailId as MailId };
  },
  // The last attempt is about four hours after the first, so that a failure of the mail server can be repaired in time.
  attempts: 10,
  backoffMs: 30_000,
  timeoutMs: 60_000,
  concurrency: 4,
});

export function sendJobFor(payload: SendMailPayload): JobToAdd {
  return SEND_MAIL.create(`mail-${payload.mailId}`, payload);
}
