import { Body, Controller, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Database } from '../../platform/database/database.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { PublisherScope } from '../sites/publisher.guard.js';
import { CurrentSiteContext } from '../sites/site.decorators.js';
import { checkTopicKey } from './topic-key.js';
import { TopicRepository } from './topic.repository.js';
import { TopicDetailsAnswer, TopicDetailsBody } from './topics.dto.js';

/**
 * Sets the publisher's description of a topic. Readers get it with `GET` on the same path, from `SearchController`.
 */
@ApiTags('stories')
@PublisherScope('publisher')
@Controller('api/v1/sites/:site/topics/:type/:topicKey')
export class TopicsController {
  constructor(
    private readonly database: Database,
    private readonly topics: TopicRepository,
  ) {}

  @Put()
  @ApiOperation({
    summary: 'Create or replace the description of a topic: its name, a URL and facts shown to readers',
  })
  @ApiOkResponse({ type: TopicDetailsAnswer })
  async put(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('type') type: string,
    @Param('topicKey') key: string,
    @Body() { name, url = null, facts = [] }: TopicDetailsBody,
  ): Promise<TopicDetailsAnswer> {
    checkTopicKey(type, key);
    const topic = { type, key, name, url, facts: facts.map(({ label, value }) => ({ label, value })) };
    await this.database.inSite(ctx, (tx) => this.topics.put(tx, ctx, topic));
    return topic;
  }
}
