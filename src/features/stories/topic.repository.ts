import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/database.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import type { Topic } from './story-facts.js';
import { composeSql } from '../../platform/database/sql.js';

export interface TopicFact {
  readonly label: string;
  readonly value: string;
}

/** A topic with the publisher's description. */
export interface TopicDetails extends Topic {
  readonly url: string | null;
  /** In the publisher's order. */
  readonly facts: readonly TopicFact[];
}

const COLUMNS = composeSql`type, key, name, url, facts`;

export const FIND_TOPIC = composeSql`SELECT ${COLUMNS} FROM topic WHERE site_id = $1 AND type = $2 AND key = $3`;

export const PUT_TOPIC = composeSql`INSERT INTO topic (site_id, type, key, name, url, facts, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
   ON CONFLICT (site_id, type, key) DO UPDATE SET name = excluded.name, url = excluded.url,
     facts = excluded.facts, updated_at = excluded.updated_at
   RETURNING ${COLUMNS}`;

/** Topics are created by a trigger with the stories that name them, or by describing them separately. */
@Injectable()
export class TopicRepository {
  async find(tx: Tx, ctx: SiteContext, type: string, key: string): Promise<TopicDetails | null> {
    const [row] = await tx.query<TopicDetails>(FIND_TOPIC, [ctx.siteId, type, key]);
    return row ?? null;
  }

  async put(tx: Tx, ctx: SiteContext, topic: TopicDetails, now: Date): Promise<TopicDetails> {
    const [row] = await tx.query<TopicDetails>(PUT_TOPIC, [
      ctx.siteId,
      topic.type,
      topic.key,
      topic.name,
      topic.url,
      JSON.stringify(topic.facts),
      now,
    ]);
    return row;
  }
}
