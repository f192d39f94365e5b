import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { PublisherScope } from '../sites/publisher.guard.js';
import type { SiteFacts } from '../sites/site-facts.js';
import { CurrentSite, CurrentSiteContext } from '../sites/site.decorators.js';
import { ProfileService } from './profile.service.js';
import { checkReaderKey } from './reader-key.js';
import type { ReaderEntity } from './reader.entity.js';
import { ReaderAnswer, ReaderDto } from './readers.dto.js';

const toAnswer = (row: ReaderEntity): ReaderAnswer => ({
  id: row.id,
  key: row.key,
  name: row.name,
  picture: row.picture,
  role: row.role,
  standing: row.standing,
  standingUntil: row.standingUntil?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
  seenAt: row.seenAt.toISOString(),
});

@ApiTags('readers')
@PublisherScope('publisher')
@Controller('api/v1/sites/:site/readers/:readerKey')
export class ReadersController {
  constructor(private readonly profiles: ProfileService) {}

  @Get()
  @ApiOperation({ summary: "Get a reader's profile" })
  @ApiOkResponse({ type: ReaderAnswer })
  async read(@CurrentSiteContext() ctx: SiteContext, @Param('readerKey') key: string): Promise<ReaderAnswer> {
    checkReaderKey(key);
    return toAnswer(await this.profiles.read(ctx, key));
  }

  @Put()
  @ApiOperation({ summary: "Create or update a reader's profile" })
  @ApiOkResponse({ type: ReaderAnswer })
  async put(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @Param('readerKey') key: string,
    @Body() body: ReaderDto,
  ): Promise<ReaderAnswer> {
    checkReaderKey(key);
    const { name, picture = null, role = 'reader' } = body;
    return toAnswer(await this.profiles.put(ctx, site, key, { name, picture, role }));
  }
}
