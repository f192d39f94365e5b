import { Inject, Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { SYSTEM } from '../auth/principal.js';
import { SECRETS, type Secrets } from '../config/secrets.js';
import { SETTINGS, type Settings } from '../config/settings.js';
import { Database } from '../database/database.js';
import { Cursors, type Page } from '../http/cursor.js';
import type { SiteId } from '../ids.js';
import { openContent, type MailId } from './email.js';
import { MailEntity } from './mail.entity.js';
import { addressOf } from './smtp.js';
import { sql } from '../database/sql.js';

/**
 * `waiting`: not sent yet. `stored`: not sent, because no SMTP server is configured. `failed`: the last attempt failed.
 */
export const MAIL_STATES = ['waiting', 'sent', 'stored', 'failed'] as const;
export type MailState = (typeof MAIL_STATES)[number];

export interface StoredEmail {
  readonly id: MailId;
  /** Null: sent by the service itself. */
  readonly siteId: SiteId | null;
  readonly to: string;
  readonly from: string;
  readonly state: MailState;
  /** The error of the last attempt. */
  readonly error: string | null;
  readonly createdAt: string;
  readonly leftAt: string | null;
  /** Null for an email that was sent, because its content is deleted then. */
  readonly content: {
    subject: string;
    text: string;
    html: string | null;
    unsubscribeUrl: string | null;
  } | null;
}

type Row = Omit<MailEntity, 'key'>;

const CURSOR_SCOPE = 'mail';

/** Lists emails, their recipients and their state, for the operator. */
@Injectable()
export class Mailbox {
  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
    @Inject(SECRETS) private readonly secrets: Secrets,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'mailFrom' | 'publicUrl'>,
  ) {}

  /**
   * Emails of the last 30 days, newest first.
   *
   * @param siteId null: emails of all sites and of the service itself
   */
  async list(siteId: SiteId | null, cursor: string | undefined, limit: number): Promise<Page<StoredEmail>> {
    const scope = siteId === null ? CURSOR_SCOPE : `${CURSOR_SCOPE} ${siteId}`;
    const [before = null] = this.cursors.read(scope, cursor) ?? [];
    const rows =
      siteId === null
        ? await this.database.inSystem((tx) =>
            tx.query<Row>(
              sql`SELECT id, site_id AS "siteId", address, state, error, created_at AS "createdAt", left_at AS "leftAt",
                 content_sealed AS "contentSealed"
               FROM list_mail($1, $2)`,
              [before, limit + 1],
            ),
          )
        : await this.database.inSite({ siteId, principal: SYSTEM }, (tx) =>
            tx.manager.getRepository(MailEntity).find({
              where: { siteId, ...(before === null ? {} : { id: LessThan(before as MailId) }) },
              order: { id: 'DESC' },
              take: limit + 1,
            }),
          );
    return this.cursors.page(
      rows,
      limit,
      scope,
      ({ id }) => [id],
      (row) => this.toStoredEmail(row),
    );
  }

  private toStoredEmail(row: Row): StoredEmail {
    const content = row.contentSealed === null ? null : openContent(this.secrets, row.id, row.contentSealed);
    const fromAddress =
      this.settings.mailFrom ?? `Postbag <postbag@${new URL(this.settings.publicUrl).hostname}>`;
    return {
      id: row.id,
      siteId: row.siteId,
      to: row.address,
      from: content?.fromName === undefined ? fromAddress : `${content.fromName} <${addressOf(fromAddress)}>`,
      state: row.state,
      error: row.error,
      createdAt: row.createdAt.toISOString(),
      leftAt: row.leftAt?.toISOString() ?? null,
      content: content && {
        subject: content.subject,
        text: content.text,
        html: content.html ?? null,
        unsubscribeUrl: content.unsubscribeUrl ?? null,
      },
    };
  }
}
