import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import type { Tx } from '../database/database.js';
import { PubSub } from '../pubsub/pubsub.js';
import type { SiteContext } from '../tenancy/site-context.js';
import { sql } from '../database/sql.js';

/** The topic of messages that wake the relays. */
export const OUTBOX_TOPIC = 'outbox';

/** An event; its payload has ids and plain values. */
export interface NewEvent {
  /** Such as `comment.published`. */
  readonly type: string;
  /** The subject within which events are ordered: `comment:<id>`, `reader:<id>`, `story:<id>`. */
  readonly subject: string;
  readonly payload: Record<string, unknown>;
}

@Injectable()
export class Outbox {
  constructor(
    private readonly pubSub: PubSub,
    private readonly clock: Clock,
  ) {}

  /**
   * Writes an event in the transaction of the change that it announces; the relay passes it to handlers after the
   * commit.
   *
   * Call this while the transaction holds a lock on the subject's row, because it has inserted or changed the row or
   * selected it FOR UPDATE. Then the events of a subject are handled in the order of their commits: events are read in
   * the order of their ids, and with the lock, the subject's next writer gets its id only after this commit.
   *
   * @param tx the transaction of the change
   */
  async add(tx: Tx, ctx: SiteContext, event: NewEvent): Promise<void> {
    tx.write(
      'outbox-add',
      sql`INSERT INTO outbox (site_id, type, subject, payload, occurred_at) VALUES ($1, $2, $3, $4, $5)`,
      [ctx.siteId, event.type, event.subject, JSON.stringify(event.payload), this.clock.now()],
    );
    await this.pubSub.publish(tx, OUTBOX_TOPIC, '');
  }
}
