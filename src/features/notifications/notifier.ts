import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import type { CommentId, ReaderId, SiteId } from '../../platform/ids.js';
import { Ticker } from '../../platform/jobs/ticker.js';
import { OutboxHandlers, type OutboxEvent } from '../../platform/outbox/outbox-handlers.js';
import type { CommentEvent } from '../comments/comments.events.js';
import { mentioned } from './mentions.js';
import { NotificationRepository, type NewNotification } from './notification.repository.js';

const DECIDED = ['comment.rejected', 'comment.removed', 'comment.restored'];
const HEARD = ['comment.published', ...DECIDED, 'appeal.decided', 'reader.erased'];
const KEPT_MS = 90 * 24 * 60 * 60_000;
const PURGE_EVERY_MS = 60 * 60_000;
const PURGE_ROWS = 5_000;

const payloadOf = ({ payload }: OutboxEvent): CommentEvent => payload as unknown as CommentEvent;

/** Tells readers what concerns them: in the relay's transaction, so that nothing is told twice and nothing is lost. */
@Injectable()
export class Notifier implements OnModuleInit {
  constructor(
    private readonly outbox: OutboxHandlers,
    private readonly notifications: NotificationRepository,
    private readonly database: Database,
    private readonly ticker: Ticker,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.outbox.register('notifications', HEARD, async (tx, events) => {
      await this.tell(tx, events);
      return [];
    });
    this.ticker.every('notification-retention', PURGE_EVERY_MS, () => this.purge());
  }

  private async tell(tx: Tx, events: readonly OutboxEvent[]): Promise<void> {
    const { siteId } = events[0];
    const erased = events.flatMap(({ type, payload }) =>
      type === 'reader.erased' ? [payload['readerId'] as ReaderId] : [],
    );
    const told = [...decisions(events), ...(await this.answers(tx, siteId, events))];
    if (told.length > 0) await this.notifications.add(tx, siteId, told);
    if (erased.length > 0) await this.notifications.forget(tx, siteId, erased);
  }

  /** Replies to readers and words about them; who is answered is not told of being mentioned besides. */
  private async answers(
    tx: Tx,
    siteId: SiteId,
    events: readonly OutboxEvent[],
  ): Promise<readonly NewNotification[]> {
    const at = new Map<CommentId, Date>();
    const replies: CommentId[] = [];
    for (const event of events) {
      if (event.type !== 'comment.published') continue;
      const { commentId, parentId } = payloadOf(event);
      at.set(commentId, event.occurredAt);
      if (parentId !== null) replies.push(commentId);
    }
    if (at.size === 0) return [];
    const answered = replies.length > 0 ? await this.notifications.answered(tx, siteId, replies) : [];
    const speeches = await this.notifications.speeches(tx, siteId, [...at.keys()]);
    const one = (kind: 'reply' | 'mention', commentId: CommentId, readerId: ReaderId): NewNotification => ({
      kind,
      commentId,
      readerId,
      outcome: null,
      at: at.get(commentId)!,
    });
    // The first of one comment for one reader is kept.
    return [
      ...answered.map(({ commentId, parentAuthorId }) => one('reply', commentId, parentAuthorId)),
      ...speeches.flatMap(({ commentId, body, people }) =>
        mentioned(body, people).map(({ id }) => one('mention', commentId, id as ReaderId)),
      ),
    ];
  }

  private async purge(): Promise<void> {
    const before = new Date(this.clock.nowMs() - KEPT_MS);
    for (;;) {
      const gone = await this.database.inSystem((tx) => this.notifications.purge(tx, before, PURGE_ROWS));
      if (gone < PURGE_ROWS) return;
    }
  }
}

/** What moderators and rules decided about readers' own comments; an appeal's answer says it all by itself. */
function decisions(events: readonly OutboxEvent[]): NewNotification[] {
  const appealed = new Set(
    events.flatMap((event) => (event.type === 'appeal.decided' ? [payloadOf(event).commentId] : [])),
  );
  return events.flatMap((event): NewNotification[] => {
    const payload = payloadOf(event);
    const { commentId, authorId: readerId, status, from } = payload;
    const base = { readerId, commentId, at: event.occurredAt };
    if (event.type === 'appeal.decided') {
      const { state } = (event.payload as { appeal: { state: string } }).appeal;
      return [{ ...base, kind: 'appeal', outcome: state }];
    }
    const isDecision =
      DECIDED.includes(event.type) || (event.type === 'comment.published' && from === 'held');
    return isDecision && !appealed.has(commentId) ? [{ ...base, kind: 'decision', outcome: status }] : [];
  });
}
