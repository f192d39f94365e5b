import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import type { CommentId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { ReaderRoute } from '../readers/reader.guard.js';
import { CurrentReader } from '../readers/reader.decorator.js';
import type { SignedInReader } from '../readers/signed-in-reader.js';
import { CurrentSiteContext } from '../sites/site.decorators.js';
import { AppealsService } from './appeals.service.js';
import { AppealAnswer, AppealRequest } from './appeals.dto.js';

@ApiTags('comments')
@ReaderRoute({ site: 'comment', token: 'required' })
@Controller('api/v1/comments/:id/appeal')
export class AppealsController {
  constructor(private readonly appeals: AppealsService) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({ summary: 'Appeal against the refusal of your own comment' })
  @ApiAcceptedResponse({ type: AppealAnswer })
  appeal(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentReader() reader: SignedInReader,
    @Param('id') id: string,
    @Body() { text }: AppealRequest,
  ): Promise<AppealAnswer> {
    return this.appeals.open(ctx, reader.id, id.toLowerCase() as CommentId, text);
  }
}
