import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { SYSTEM } from '../auth/principal.js';
import { Clock } from '../clock.js';
import { SECRETS, type Secrets } from '../config/secrets.js';
import { SETTINGS, type Settings } from '../config/settings.js';
import { Database, type Tx } from '../database/database.js';
import { JobHandlers, PermanentJobError } from '../jobs/jobs.js';
import { Ticker } from '../jobs/ticker.js';
import { runsWorkers } from '../jobs/worker-role.js';
import { openContent } from './email.js';
import type { MailState } from './mailbox.js';
import { SEND_MAIL, type SendMailPayload } from './send-mail.job.js';
import { PermanentRefusal, createSmtpTransport, type MailTransport } from './smtp.js';
import { sql } from '../database/sql.js';

const RETENTION_MS = 30 * 24 * 60 * 60_000;
const PURGE_EVERY_MS = 60 * 60_000;
const PURGE_ROWS = 5_000;

/**
 * Sends queued emails at least once: if a worker dies after the server accepted an email but before recording it, the
 * email is sent again with the same Message-ID. Without an SMTP server, emails are stored and can be read in the
 * mailbox.
 */
@Injectable()
export class MailSender implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('mail');
  private readonly transport: MailTransport | null;

  constructor(
    private readonly database: Database,
    private readonly jobs: JobHandlers,
    private readonly ticker: Ticker,
    private readonly clock: Clock,
    @Inject(SECRETS) private readonly secrets: Secrets,
    @Inject(SETTINGS)
    private readonly settings: Pick<Settings, 'smtpUrl' | 'smtpAllowPlain' | 'mailFrom' | 'role' | 'demo'>,
  ) {
    const { smtpUrl, smtpAllowPlain, mailFrom } = settings;
    this.transport =
      smtpUrl !== null && mailFrom !== null
        ? createSmtpTransport({ smtpUrl, smtpAllowPlain, mailFrom })
        : null;
  }

  onModuleInit(): void {
    this.jobs.handle(
      SEND_MAIL,
      (payload) => this.send(payload),
      (payload, error) => this.markFailed(payload, error),
    );
    this.ticker.every('mail-retention', PURGE_EVERY_MS, () => this.purge());
  }

  onApplicationBootstrap(): void {
    if (this.transport === null && runsWorkers(this.settings) && !this.settings.demo)
      this.logger.warn({
        event: 'mail.sending-not-configured',
        remedy: 'set SMTP_URL and MAIL_FROM to send emails',
      });
  }

  onApplicationShutdown(): void {
    this.transport?.close();
  }

  private async send(payload: SendMailPayload): Promise<void> {
    const [email] = await this.runInScopeOf(payload, (tx) =>
      tx.query<{ address: string; contentSealed: string }>(
        sql`SELECT address, content_sealed AS "contentSealed" FROM mail
         WHERE site_id IS NOT DISTINCT FROM $1::uuid AND id = $2 AND state = 'waiting'`,
        [payload.siteId, payload.mailId],
      ),
    );
    // The email was already sent, or deleted together with its recipient.
    if (!email) return;
    if (this.transport === null) return this.recordResult(payload, 'stored');
    try {
      await this.transport.send(
        payload.mailId,
        email.address,
        openContent(this.secrets, payload.mailId, email.contentSealed),
      );
    } catch (error) {
      if (error instanceof PermanentRefusal) throw new PermanentJobError(error.message, { cause: error });
      throw error;
    }
    await this.recordResult(payload, 'sent');
  }

  private async markFailed(payload: SendMailPayload, error: unknown): Promise<void> {
    await this.recordResult(payload, 'failed', String(error).slice(0, 500));
  }

  /** Records the result and deletes the content of an email that was sent. */
  private async recordResult(
    payload: SendMailPayload,
    state: Exclude<MailState, 'waiting'>,
    error: string | null = null,
  ): Promise<void> {
    await this.runInScopeOf(payload, (tx) =>
      tx.query(
        sql`UPDATE mail SET state = $3, error = $4, left_at = $5,
           content_sealed = CASE WHEN $3 = 'sent' THEN NULL ELSE content_sealed END
         WHERE site_id IS NOT DISTINCT FROM $1::uuid AND id = $2 AND state = 'waiting'`,
        [payload.siteId, payload.mailId, state, error, this.clock.now()],
      ),
    );
  }

  private runInScopeOf<T>({ siteId }: SendMailPayload, work: (tx: Tx) => Promise<T>): Promise<T> {
    return siteId === null
      ? this.database.inSystem(work)
      : this.database.inSite({ siteId, principal: SYSTEM }, work);
  }

  private async purge(): Promise<void> {
    const before = new Date(this.clock.nowMs() - RETENTION_MS);
    for (;;) {
      const [{ count }] = await this.database.inSystem((tx) =>
        tx.query<{ count: number }>(sql`SELECT purge_mail($1, $2) AS count`, [before, PURGE_ROWS]),
      );
      if (count < PURGE_ROWS) return;
    }
  }
}
