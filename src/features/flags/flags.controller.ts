import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Answer, OneOf, Text } from '../../platform/http/fields.js';
import type { CommentId } from '../../platform/ids.js';
import { clientNetwork } from '../../platform/limits/client-network.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { ReaderRoute } from '../readers/reader.guard.js';
import { CurrentReader } from '../readers/reader.decorator.js';
import type { SignedInReader } from '../readers/signed-in-reader.js';
import { CurrentSiteContext } from '../sites/site.decorators.js';
import { FLAG_REASONS, type FlagReason } from './flag-reasons.js';
import { FlagsService } from './flags.service.js';

export class FlagBody {
  @OneOf(FLAG_REASONS)
  reason: FlagReason;

  @Text({
    optional: true,
    min: 0,
    max: 1000,
    description: 'In the reader’s own words. Only moderators see it.',
  })
  detail?: string;
}

export class FlaggedDto {
  @Answer({ type: 'boolean' }) flagged: boolean;
}

@ApiTags('flags')
@Controller('api/v1/comments/:id/flags')
export class FlagsController {
  constructor(private readonly flags: FlagsService) {}

  @Post()
  @HttpCode(202)
  @ReaderRoute({ site: 'comment', token: 'optional' })
  @ApiOperation({
    summary: 'Report a comment to the moderators',
    description:
      'A reader can flag a comment once. If the `flag` gate is `anyone`, a visitor who is not signed in can flag a comment too, once per address and browser. The flags of all visitors together count as one towards `flagsToHold`.',
  })
  @ApiAcceptedResponse({ type: FlaggedDto })
  async flag(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentReader() reader: SignedInReader | null,
    @Param('id') id: string,
    @Req() { ip, headers }: FastifyRequest,
    @Body() { reason, detail }: FlagBody,
  ): Promise<FlaggedDto> {
    const visitor = { address: clientNetwork(ip), browser: headers['user-agent'] ?? '' };
    await this.flags.flag(ctx, reader ?? visitor, id.toLowerCase() as CommentId, reason, detail);
    return { flagged: true };
  }
}
