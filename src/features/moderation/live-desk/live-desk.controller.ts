import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { ForTheWholeSite, ForViewers, PublisherScope } from '../../sites/publisher.guard.js';
import { Site } from '../../sites/site.params.js';
import { LiveDeskAnswer } from './live-desk.dto.js';
import { LiveDeskView } from './live-desk.view.js';

@ApiTags('moderation')
@PublisherScope('moderation')
@ForTheWholeSite()
@Controller('api/v1/sites/:site/live-desk')
export class LiveDeskController {
  constructor(private readonly view: LiveDeskView) {}

  @Get()
  @ForViewers()
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'What goes on right now: comments a minute, what waits, and where it is loud' })
  @ApiOkResponse({ type: LiveDeskAnswer })
  read(@Site() ctx: SiteContext): Promise<LiveDeskAnswer> {
    return this.view.read(ctx);
  }
}
