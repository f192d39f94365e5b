import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import type { Tx } from '../database/database.js';
import { PubSub } from '../pubsub/pubsub.js';
import type { SiteContext } from '../tenancy/site-context.js';

/** Calls the relays. */
export const OUTBOX_TOPIC = 'outbox';

/** What happened, told by ids and plain values. */
export interface NewEvent {
  /** `comment.published`. */
  readonly type: string;
  /** What its order counts for: `comment:<id>`, `reader:<id>`, `story:<id>`. */
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
   * Writes the event with the change it tells of; the relay hands it on after the commit.
   *
   * Events of one subject are handed on in the order of their commits, if the transaction holds the subject's row
   * when this is called: it inserted or changed the row, or took it FOR UPDATE. Rows are read by their number, and the
   * lock makes the next writer of the subject take his number after this commit.
   *
   * @param tx the transaction of the change
   */
  async add(tx: Tx, ctx: SiteContext, event: NewEvent): Promise<void> {
    tx.write(
      'outbox-add',
      'INSERT INTO outbox (site_id, type, subject, payload, occurred_at) VALUES ($1, $2, $3, $4, $5)',
      [ctx.siteId, event.type, event.subject, JSON.stringify(event.payload), this.clock.now()],
    );
    await this.pubSub.publish(tx, OUTBOX_TOPIC, '');
  }
}
