import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import { forbidden, notFound } from '../../../platform/http/problem.js';
import { newId, type ReaderId } from '../../../platform/ids.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { OutboxHandlers } from '../../../platform/outbox/outbox-handlers.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { isoSql } from '../../comments/comment-json.sql.js';
import { deciderOf } from '../decision.service.js';
import type { ReaderNoteOrMessage } from './moderation-readers.dto.js';
import { MODERATOR_JSON } from './reader-row.sql.js';
import { composeSql, sql } from '../../../platform/database/sql.js';

/** Payload of `reader.messaged`, an internal event. Its subject is `reader:<readerId>`. */
export interface ReaderMessaged {
  readerId: ReaderId;
  text: string;
}

const TABLES = { note: composeSql`reader_note`, message: composeSql`reader_message` } as const;
type Kind = keyof typeof TABLES;

/** Notes about readers, visible to moderators, and messages to readers, visible to them. Neither can be changed. */
@Injectable()
export class ReaderNotesAndMessagesService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly handlers: OutboxHandlers,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.handlers.register('reader-notes-and-messages', ['reader.erased'], async (tx, events) => {
      const { siteId } = events[0];
      const erasedIds = events.map(({ payload }) => payload['readerId']);
      for (const table of [...Object.values(TABLES), 'same_person'] as const)
        await tx.query(composeSql`DELETE FROM ${table} WHERE site_id = $1 AND reader_id = ANY ($2::uuid[])`, [
          siteId,
          erasedIds,
        ]);
      return [];
    });
  }

  /** @throws Problem 404 */
  addNote(ctx: SiteContext, readerId: ReaderId, text: string): Promise<ReaderNoteOrMessage> {
    return this.database.inSite(ctx, (tx) => this.insert(tx, ctx, 'note', readerId, text));
  }

  /**
   * The reader sees the message among the notifications.
   * @throws Problem 404, 403 for the caller's own account
   */
  sendMessage(ctx: SiteContext, readerId: ReaderId, text: string): Promise<ReaderNoteOrMessage> {
    return this.database.inSite(ctx, async (tx) => {
      const message = await this.insert(tx, ctx, 'message', readerId, text);
      const payload: ReaderMessaged = { readerId, text };
      await this.outbox.add(tx, ctx, {
        type: 'reader.messaged',
        subject: `reader:${readerId}`,
        payload: { ...payload },
      });
      return message;
    });
  }

  /** The latest 100, newest first. */
  list(ctx: SiteContext, kind: Kind, readerId: ReaderId): Promise<ReaderNoteOrMessage[]> {
    return this.database.inSite(ctx, (tx) =>
      tx.query<ReaderNoteOrMessage>(
        composeSql`SELECT x.id, x.reader_id AS "readerId", x.text, ${MODERATOR_JSON} AS moderator, ${isoSql(composeSql`x.created_at`)} AS "createdAt"
         FROM ${TABLES[kind]} x LEFT JOIN moderator m ON m.id = x.moderator_id
         WHERE x.site_id = $1 AND x.reader_id = $2 ORDER BY x.id DESC LIMIT 100`,
        [ctx.siteId, readerId],
      ),
    );
  }

  private async insert(
    tx: Tx,
    ctx: SiteContext,
    kind: Kind,
    readerId: ReaderId,
    text: string,
  ): Promise<ReaderNoteOrMessage> {
    const { moderatorId, apiCaller } = deciderOf(ctx.principal);
    const [reader] = await tx.query<{ isOwn: boolean }>(
      sql`SELECT $3::uuid IS NOT NULL AND is_own_reader(site_id, id, $3) AS "isOwn" FROM reader
       WHERE site_id = $1 AND id = $2 FOR KEY SHARE`,
      [ctx.siteId, readerId, moderatorId],
    );
    if (!reader) throw notFound('This reader');
    if (reader.isOwn)
      throw forbidden('own-account', 'This is your own reader account, so somebody else must write here.');
    const [inserted] = await tx.query<ReaderNoteOrMessage>(
      composeSql`WITH x AS (
         INSERT INTO ${TABLES[kind]} (site_id, id, reader_id, text, moderator_id, api_caller, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING *)
       SELECT x.id, x.reader_id AS "readerId", x.text, ${MODERATOR_JSON} AS moderator, ${isoSql(composeSql`x.created_at`)} AS "createdAt"
       FROM x LEFT JOIN moderator m ON m.id = x.moderator_id`,
      [ctx.siteId, newId(), readerId, text, moderatorId, apiCaller, this.clock.now()],
    );
    return inserted;
  }
}
