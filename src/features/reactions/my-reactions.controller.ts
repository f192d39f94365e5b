import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PageQuery } from '../../platform/http/fields.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { ReaderRoute } from '../readers/reader.guard.js';
import { CurrentReader } from '../readers/reader.decorator.js';
import type { SignedInReader } from '../readers/signed-in-reader.js';
import { CurrentSiteContext } from '../sites/site.decorators.js';
import { MyReactionList } from './my-reactions.dto.js';
import { MyReactionsView } from './my-reactions.view.js';

@ApiTags('readers')
@ReaderRoute({ site: 'token', token: 'required' })
@Controller('api/v1/me/reactions')
export class MyReactionsController {
  constructor(private readonly reactions: MyReactionsView) {}

  @Get()
  @Header('cache-control', 'private, no-store')
  @ApiOperation({ summary: 'List the reader’s reactions' })
  @ApiOkResponse({ type: MyReactionList })
  list(
    @CurrentSiteContext() ctx: SiteContext,
    @CurrentReader() reader: SignedInReader,
    @Query() { cursor, limit }: PageQuery,
  ): Promise<MyReactionList> {
    return this.reactions.page(ctx, reader.id, { cursor, limit });
  }
}
