import { Inject, Injectable } from '@nestjs/common';
import { SYSTEM } from '../auth/principal.js';
import { Clock } from '../clock.js';
import { SECRETS, type Secrets } from '../config/secrets.js';
import { Database, type Tx } from '../database/database.js';
import { newId, type SiteId } from '../ids.js';
import { JobQueues } from '../jobs/job-queues.js';
import { isMailAddress, sealContent, type OutgoingEmail } from './email.js';
import { sendJobFor } from './send-mail.job.js';
import { sql } from '../database/sql.js';

/** Stores emails in the transaction of the change that causes them. A job sends them after the commit. */
@Injectable()
export class Mail {
  constructor(
    private readonly database: Database,
    private readonly queues: JobQueues,
    private readonly clock: Clock,
    @Inject(SECRETS) private readonly secrets: Secrets,
  ) {}

  /**
   * Stores an email and its job in the open transaction, which may be an outbox handler's. An email whose key was
   * used before is not stored again, so that code which runs twice sends only once.
   *
   * @throws Error for an invalid address: check with `isMailAddress` at input
   */
  async enqueue(tx: Tx, email: OutgoingEmail): Promise<void> {
    const { siteId, key, to } = email;
    if (!isMailAddress(to)) throw new Error('not a valid email address');
    const mailId = newId<'mail'>(this.clock.nowMs());
    tx.write(
      'mail-enqueue',
      sql`INSERT INTO mail (site_id, id, key, address, content_sealed, created_at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
      [siteId, mailId, key, to, sealContent(this.secrets, mailId, email), this.clock.now()],
    );
    // If the key was used before, no email with this id is stored, and the job does nothing.
    this.queues.enqueue(tx, [sendJobFor({ siteId, mailId })]);
  }

  /** Deletes all emails from a site to these addresses, including those not yet sent. */
  async forget(siteId: SiteId, addresses: readonly string[]): Promise<void> {
    if (addresses.length === 0) return;
    await this.database.inSite({ siteId, principal: SYSTEM }, (tx) =>
      tx.query(sql`DELETE FROM mail WHERE site_id = $1 AND address = ANY ($2::text[])`, [siteId, addresses]),
    );
  }

  /** Deletes the emails of a site with these keys, including those not yet sent. */
  async forgetKeys(tx: Tx, siteId: SiteId, keys: readonly string[]): Promise<void> {
    await tx.query(sql`DELETE FROM mail WHERE site_id = $1 AND key = ANY ($2::text[])`, [siteId, keys]);
  }

  /** Deletes emails from a site to this address that are not yet sent. */
  async cancelPending(siteId: SiteId, address: string): Promise<void> {
    await this.database.inSite({ siteId, principal: SYSTEM }, (tx) =>
      tx.query(sql`DELETE FROM mail WHERE site_id = $1 AND address = $2 AND state = 'waiting'`, [
        siteId,
        address,
      ]),
    );
  }
}
