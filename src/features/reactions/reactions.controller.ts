import { Controller, Delete, Get, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answer } from '../../platform/http/fields.js';
import type { CommentId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { ReaderRoute } from '../readers/reader.guard.js';
import { CurrentReader } from '../readers/reader.decorator.js';
import type { SignedInReader } from '../readers/signed-in-reader.js';
import type { SiteFacts } from '../sites/site-facts.js';
import { CurrentSite, CurrentSiteContext } from '../sites/site.decorators.js';
import { ReactionsService } from './reactions.service.js';

export class ReactionsDto {
  @Answer(
    { type: 'object', additionalProperties: { type: 'integer' } },
    { description: 'Number of reactions by kind.' },
  )
  reactions: Record<string, number>;
}

export class ReactionDto extends ReactionsDto {
  @Answer({ type: 'boolean' }, { description: 'Whether this reader has reacted with this kind.' })
  mine: boolean;
}

@ApiTags('reactions')
@Controller('api/v1/comments/:id/reactions/:kind')
@ReaderRoute({ site: 'comment', token: 'optional' })
export class ReactionsController {
  constructor(private readonly reactions: ReactionsService) {}

  @Get()
  @ApiOperation({
    summary: 'Get a comment’s reaction counts, and whether the reader has reacted with this kind',
  })
  @ApiOkResponse({ type: ReactionDto })
  read(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentReader() reader: SignedInReader | null,
    @Param('id') id: string,
    @Param('kind') kind: string,
  ): Promise<ReactionDto> {
    return this.reactions.read(ctx, reader, id.toLowerCase() as CommentId, kind);
  }

  @Put()
  @ApiOperation({ summary: 'React to a comment' })
  @ApiOkResponse({ type: ReactionsDto })
  async add(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @CurrentReader() reader: SignedInReader | null,
    @Param('id') id: string,
    @Param('kind') kind: string,
  ): Promise<ReactionsDto> {
    return {
      reactions: await this.reactions.react(ctx, site, reader, id.toLowerCase() as CommentId, kind, true),
    };
  }

  @Delete()
  @ApiOperation({ summary: 'Remove a reaction' })
  @ApiOkResponse({ type: ReactionsDto })
  async remove(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentSite() site: SiteFacts,
    @CurrentReader() reader: SignedInReader | null,
    @Param('id') id: string,
    @Param('kind') kind: string,
  ): Promise<ReactionsDto> {
    return {
      reactions: await this.reactions.react(ctx, site, reader, id.toLowerCase() as CommentId, kind, false),
    };
  }
}
