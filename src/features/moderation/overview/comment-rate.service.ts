import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import { isUuid } from '../../../platform/ids.js';
import { Ticker } from '../../../platform/jobs/ticker.js';
import { OutboxHandlers, type OutboxEvent } from '../../../platform/outbox/outbox-handlers.js';
import { sql } from '../../../platform/database/sql.js';

const MINUTE_MS = 60_000;
const PURGE_INTERVAL_MS = 10 * MINUTE_MS;
/** The overview reads 25 hours; the rest is a margin. */
const RETENTION_MS = 48 * 60 * MINUTE_MS;

/**
 * Counts new comments per minute and story. It handles their events in the relay, so each comment is counted once and
 * posting does not wait for it.
 */
@Injectable()
export class CommentRateService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly outbox: OutboxHandlers,
    private readonly ticker: Ticker,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.outbox.register('comment-rate', ['comment.submitted'], async (tx, events) => {
      await this.count(tx, events);
      return [];
    });
    this.ticker.every('comment-rate.purge', PURGE_INTERVAL_MS, () => this.purge());
  }

  private async count(tx: Tx, events: readonly OutboxEvent[]): Promise<void> {
    const counts = new Map<string, { minute: string; storyId: string; comments: number }>();
    for (const { payload, occurredAt } of events) {
      const minute = new Date(Math.floor(occurredAt.getTime() / MINUTE_MS) * MINUTE_MS).toISOString();
      const storyId = payload['storyId'];
      // A comment that cannot be counted must not block the other consumers.
      if (!isUuid(storyId)) continue;
      const key = `${minute} ${storyId}`;
      const rate = counts.get(key) ?? { minute, storyId, comments: 0 };
      rate.comments++;
      counts.set(key, rate);
    }
    if (counts.size === 0) return;
    await tx.query(
      sql`INSERT INTO comment_minute AS m (site_id, minute, story_id, comments)
       SELECT $1, x.minute, x."storyId", x.comments
       FROM json_to_recordset($2) AS x (minute timestamptz, "storyId" uuid, comments int)
       ON CONFLICT (site_id, minute, story_id) DO UPDATE SET comments = m.comments + excluded.comments`,
      [events[0].siteId, JSON.stringify([...counts.values()])],
    );
  }

  private async purge(): Promise<void> {
    await this.database.inSystem((tx) =>
      tx.query(sql`SELECT purge_comment_minutes($1)`, [new Date(this.clock.nowMs() - RETENTION_MS)]),
    );
  }
}
