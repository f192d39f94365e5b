import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import type { Tx } from '../database/database.js';
import { PubSub } from '../pubsub/pubsub.js';
import type { SiteContext } from '../tenancy/site-context.js';
import { sql } from '../database/sql.js';

/** Wakes the relays. */
export const OUTBOX_TOPIC = 'outbox';

/** An event, described by ids and plain values. */
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
   * Events of one subject are handled in the order of their commits if the transaction holds a lock on the subject's
   * row when this is called: it has inserted or changed the row, or selected it FOR UPDATE. Events are read in the
   * order of their ids, and the lock makes the subject's next writer take its id after this commit.
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
