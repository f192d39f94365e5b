import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/database.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { TopicEntity } from './topic.entity.js';

/** A topic with the publisher's description. */
export type TopicDetails = Pick<TopicEntity, 'type' | 'key' | 'name' | 'url' | 'facts'>;

/** Stores descriptions of topics. A database trigger also creates the topics that a saved story refers to. */
@Injectable()
export class TopicRepository {
  find(tx: Tx, ctx: SiteContext, type: string, key: string): Promise<TopicDetails | null> {
    return tx.manager.getRepository(TopicEntity).findOne({
      select: { type: true, key: true, name: true, url: true, facts: true },
      where: { siteId: ctx.siteId, type, key },
    });
  }

  async put(tx: Tx, ctx: SiteContext, topic: TopicDetails): Promise<void> {
    await tx.manager
      .getRepository(TopicEntity)
      .upsert({ siteId: ctx.siteId, ...topic }, ['siteId', 'type', 'key']);
  }
}
