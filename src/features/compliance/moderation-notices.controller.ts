import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../../platform/auth/principal.js';
import { Database } from '../../platform/database/database.js';
import { sql } from '../../platform/database/sql.js';
import { invalid } from '../../platform/http/problem.js';
import { isUuid, type LegalNoticeId } from '../../platform/ids.js';
import { ModerationAccess } from '../moderation/moderation-access.js';
import { AllowViewers, PublisherScope } from '../sites/publisher.guard.js';
import { CurrentPrincipal } from '../sites/site.decorators.js';
import { LegalNoticeDecisionsService } from './legal-notice-decisions.service.js';
import {
  LegalNoticeDecisionRequest,
  LegalNoticesQuery,
  ModerationNotice,
  ModerationNoticePage,
} from './legal-notices.dto.js';

@ApiTags('moderation')
@PublisherScope('moderation')
@Controller('api/v1/moderation/notices')
export class ModerationNoticesController {
  constructor(
    private readonly access: ModerationAccess,
    private readonly notices: LegalNoticeDecisionsService,
    private readonly database: Database,
  ) {}

  @Get()
  @AllowViewers()
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'List notices of illegal content',
    description: 'Open notices oldest first, decided ones newest first.',
  })
  @ApiOkResponse({ type: ModerationNoticePage })
  async list(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Query() { site, state = 'open', cursor, limit }: LegalNoticesQuery,
  ): Promise<ModerationNoticePage> {
    const [siteId, another] = await this.access.sites(caller, site);
    if (siteId === undefined || another !== undefined)
      throw invalid([{ pointer: '/query/site', code: 'required', message: 'Send the site.' }]);
    const ctx = { siteId, principal: caller, requestId: request.id };
    return this.notices.list(ctx, state, cursor, limit);
  }

  @Post(':id/decision')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Decide a notice of illegal content',
    description:
      '`remove` also removes the comment, or rejects it if it is held, unless it is already gone. The notifier gets the decision by email at once. Undoing the decision about the comment does not reopen the notice.',
  })
  @ApiOkResponse({ type: ModerationNotice })
  async decide(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Body() body: LegalNoticeDecisionRequest,
  ): Promise<ModerationNotice> {
    const [row] = isUuid(id)
      ? await this.database.inSystem((tx) =>
          tx.query<{ commentId: string | null }>(sql`SELECT comment_of_legal_notice($1) AS "commentId"`, [
            id,
          ]),
        )
      : [];
    const ctx = await this.access.contextOfComment(caller, request.id, row?.commentId ?? '');
    return this.notices.decide(ctx, id.toLowerCase() as LegalNoticeId, body, request.arrivedAtMs);
  }
}
