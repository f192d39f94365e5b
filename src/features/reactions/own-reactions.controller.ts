import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PageQuery } from '../../platform/http/fields.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { ReaderRoute } from '../readers/reader.guard.js';
import { Reader } from '../readers/reader.params.js';
import type { SignedInReader } from '../readers/signed-in-reader.js';
import { Site } from '../sites/site.params.js';
import { OwnReactionList } from './own-reactions.dto.js';
import { OwnReactionsView } from './own-reactions.view.js';

@ApiTags('readers')
@ReaderRoute({ site: 'token', token: 'required' })
@Controller('api/v1/me/reactions')
export class OwnReactionsController {
  constructor(private readonly reactions: OwnReactionsView) {}

  @Get()
  @Header('cache-control', 'private, no-store')
  @ApiOperation({ summary: 'What the reader reacted to' })
  @ApiOkResponse({ type: OwnReactionList })
  list(
    @Site() ctx: SiteContext,
    @Reader() reader: SignedInReader,
    @Query() { cursor, limit }: PageQuery,
  ): Promise<OwnReactionList> {
    return this.reactions.page(ctx, reader.id, { cursor, limit });
  }
}
