import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '../../../platform/auth/principal.js';
import { invalid } from '../../../platform/http/problem.js';
import { AllowViewers, PublisherScope } from '../../sites/publisher.guard.js';
import { CurrentPrincipal } from '../../sites/site.decorators.js';
import { ModerationAccess } from '../moderation-access.js';
import { CommentSearchQuery, FoundComments } from './comment-search.dto.js';
import { CommentSearchView } from './comment-search.view.js';

@ApiTags('moderation')
@PublisherScope('moderation')
@Controller('api/v1/moderation/search')
export class CommentSearchController {
  constructor(
    private readonly access: ModerationAccess,
    private readonly view: CommentSearchView,
  ) {}

  @Get()
  @AllowViewers()
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Search comments of every status, by words and properties',
    description:
      'Rare words are found in comments of any age. For common words, and for filters without words, each page searches a limited window of comments; `isPartial` says that `next` continues with older ones.',
  })
  @ApiOkResponse({ type: FoundComments })
  async find(
    @CurrentPrincipal() caller: Principal,
    @Query() query: CommentSearchQuery,
  ): Promise<FoundComments> {
    if (query.label === undefined && (query.low !== undefined || query.high !== undefined))
      throw invalid([
        {
          pointer: '/query/label',
          code: 'required',
          message: 'Send the label that `low` and `high` apply to.',
        },
      ]);
    const [site, another] = await this.access.sites(caller, query.site);
    if (site === undefined || another !== undefined)
      throw invalid([{ pointer: '/query/site', code: 'required', message: 'Send the site to search.' }]);
    return this.view.find(caller, site, query);
  }
}
