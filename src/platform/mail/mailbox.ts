import { Inject, Injectable } from '@nestjs/common';
import { SYSTEM } from '../auth/principal.js';
import { SECRETS, type Secrets } from '../config/secrets.js';
import { SETTINGS, type Settings } from '../config/settings.js';
import { Database } from '../database/database.js';
import { Cursors, type Page } from '../http/cursor.js';
import type { SiteId } from '../ids.js';
import { openContent, type MailId } from './email.js';
import { addressOf } from './smtp.js';
import { sql } from '../database/sql.js';

/** `waiting` to be sent; `kept` because no SMTP server is set; `failed` after the last attempt. */
export const MAIL_STATES = ['waiting', 'sent', 'kept', 'failed'] as const;
export type MailState = (typeof MAIL_STATES)[number];

export interface StoredEmail {
  readonly id: MailId;
  /** Null: sent by the service itself. */
  readonly siteId: string | null;
  readonly to: string;
  readonly from: string;
  readonly state: MailState;
  /** The error of the last attempt. */
  readonly error: string | null;
  readonly createdAt: string;
  readonly leftAt: string | null;
  /** Null once it was sent, because only the recipient should read it then. */
  readonly content: {
    subject: string;
    text: string;
    html: string | null;
    unsubscribeUrl: string | null;
  } | null;
}

interface Row {
  readonly id: MailId;
  readonly site_id: string | null;
  readonly address: string;
  readonly state: MailState;
  readonly error: string | null;
  readonly created_at: Date;
  readonly left_at: Date | null;
  readonly content_sealed: string | null;
}

const SCOPE = 'mail';

const SITE_MAIL_SQL = sql`
  SELECT * FROM mail WHERE site_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`;

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
    const scope = siteId === null ? SCOPE : `${SCOPE} ${siteId}`;
    const [before = null] = this.cursors.read(scope, cursor) ?? [];
    const rows =
      siteId === null
        ? await this.database.inSystem((tx) =>
            tx.query<Row>(sql`SELECT * FROM list_mail($1, $2)`, [before, limit + 1]),
          )
        : await this.database.inSite({ siteId, principal: SYSTEM }, (tx) =>
            tx.query<Row>(SITE_MAIL_SQL, [siteId, before, limit + 1]),
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
    const content =
      row.content_sealed === null ? null : openContent(this.secrets, row.id, row.content_sealed);
    const fromAddress =
      this.settings.mailFrom ?? `Postbag <postbag@${new URL(this.settings.publicUrl).hostname}>`;
    return {
      id: row.id,
      siteId: row.site_id,
      to: row.address,
      from: content?.fromName === undefined ? fromAddress : `${content.fromName} <${addressOf(fromAddress)}>`,
      state: row.state,
      error: row.error,
      createdAt: row.created_at.toISOString(),
      leftAt: row.left_at?.toISOString() ?? null,
      content: content && {
        subject: content.subject,
        text: content.text,
        html: content.html ?? null,
        unsubscribeUrl: content.unsubscribeUrl ?? null,
      },
    };
  }
}
