import { Injectable, type OnModuleInit } from '@nestjs/common';
import { In } from 'typeorm';
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
import { ReaderMessageEntity } from './reader-message.entity.js';
import { ReaderNoteEntity } from './reader-note.entity.js';
import { MODERATOR_JSON } from './reader-row.sql.js';
import { SamePersonEntity } from './same-person.entity.js';
import { composeSql, sql, type Sql } from '../../../platform/database/sql.js';

/** Payload of `reader.messaged`, an internal event. Its subject is `reader:<readerId>`. */
export interface ReaderMessaged {
  readerId: ReaderId;
  text: string;
}

type Kind = 'note' | 'message';

const COLUMNS = composeSql`x.id, x.reader_id AS "readerId", x.text, ${MODERATOR_JSON} AS moderator, ${isoSql(composeSql`x.created_at`)} AS "createdAt"`;

export const noteListSql = (kind: Kind): Sql => composeSql`
  SELECT ${COLUMNS} FROM reader_${kind} x LEFT JOIN moderator m ON m.id = x.moderator_id
  WHERE x.site_id = $1 AND x.reader_id = $2 ORDER BY x.id DESC LIMIT 100`;

export const insertNoteSql = (kind: Kind): Sql => composeSql`
  WITH x AS (
    INSERT INTO reader_${kind} (site_id, id, reader_id, text, moderator_id, api_caller, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING *)
  SELECT ${COLUMNS} FROM x LEFT JOIN moderator m ON m.id = x.moderator_id`;

/** Notes about readers, for moderators only, and messages that the readers also see. Neither can be changed. */
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
      const readerId = In(events.map(({ payload }) => payload['readerId'] as ReaderId));
      for (const entity of [ReaderNoteEntity, ReaderMessageEntity, SamePersonEntity])
        await tx.manager.delete(entity, { siteId, readerId });
      return [];
    });
  }

  /** @throws Problem 404, 403 for the caller's own account */
  addNote(ctx: SiteContext, readerId: ReaderId, text: string): Promise<ReaderNoteOrMessage> {
    return this.database.inSite(ctx, (tx) => this.insert(tx, ctx, 'note', readerId, text));
  }

  /**
   * Sends a message, which the reader sees among their notifications.
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
      tx.query<ReaderNoteOrMessage>(noteListSql(kind), [ctx.siteId, readerId]),
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
      throw forbidden(
        'own-account',
        'This is your own reader account. Another moderator must add the note or send the message.',
      );
    const values = [ctx.siteId, newId(), readerId, text, moderatorId, apiCaller, this.clock.now()];
    const [inserted] = await tx.query<ReaderNoteOrMessage>(insertNoteSql(kind), values);
    return inserted;
  }
}
