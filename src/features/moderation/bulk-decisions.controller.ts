import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../../platform/auth/principal.js';
import { invalid } from '../../platform/http/problem.js';
import type { BulkDecisionId, CommentId } from '../../platform/ids.js';
import { PublisherScope } from '../sites/publisher.guard.js';
import { CurrentPrincipal } from '../sites/site.decorators.js';
import { toBulkDecisionAnswer } from './bulk-decision-answer.js';
import { BulkDecisionAnswer, BulkDecisionRequest } from './bulk-decisions.dto.js';
import { BulkDecisionsService, type BulkDecisionInput } from './bulk-decisions.service.js';
import { ModerationAccess } from './moderation-access.js';
import { filterOf } from './queue-filter.js';

@ApiTags('moderation')
@PublisherScope('moderation')
@Controller('api/v1/moderation/bulk-decisions')
export class BulkDecisionsController {
  constructor(
    private readonly access: ModerationAccess,
    private readonly bulkDecisions: BulkDecisionsService,
  ) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({
    summary: 'Decide many comments in bulk',
    description:
      'The decision takes effect after 30 s and can be undone until then. After that each comment is decided on its own. Comments that a colleague has claimed or decided, or that were edited in the meantime, are skipped.',
  })
  @ApiAcceptedResponse({ type: BulkDecisionAnswer })
  async decide(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Body() body: BulkDecisionRequest,
  ): Promise<BulkDecisionAnswer> {
    const selection = selectionOf(body);
    const ctx = await this.access.contextOfSite(caller, request.id, body.site);
    const { action, reason, note } = body;
    return toBulkDecisionAnswer(
      await this.bulkDecisions.decide(ctx, {
        action,
        selection,
        ...(reason === undefined ? {} : { reason }),
        ...(note === undefined ? {} : { note }),
      }),
    );
  }

  @Get(':id')
  @ApiOperation({ summary: 'Get the progress of a bulk decision' })
  @ApiOkResponse({ type: BulkDecisionAnswer })
  async read(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
  ): Promise<BulkDecisionAnswer> {
    const ctx = await this.access.contextOfBulkDecision(caller, request.id, id);
    return toBulkDecisionAnswer(await this.bulkDecisions.find(ctx, id as BulkDecisionId));
  }

  @Post(':id/undo')
  @HttpCode(200)
  @ApiOperation({ summary: 'Undo your own bulk decision within 30 seconds' })
  @ApiOkResponse({ type: BulkDecisionAnswer })
  async undo(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
  ): Promise<BulkDecisionAnswer> {
    const ctx = await this.access.contextOfBulkDecision(caller, request.id, id);
    return toBulkDecisionAnswer(await this.bulkDecisions.undo(ctx, id as BulkDecisionId));
  }
}

function selectionOf({ comments, list }: BulkDecisionRequest): BulkDecisionInput['selection'] {
  if (comments !== undefined && list === undefined) {
    return {
      comments: comments.map(({ commentId, revision }) => ({
        commentId: commentId.toLowerCase() as CommentId,
        revision,
      })),
    };
  }
  if (list !== undefined && comments === undefined) {
    return { state: list.state, filter: filterOf(list.filter ?? {}) };
  }
  throw invalid([{ pointer: '', code: 'one-of-both', message: 'Send either comments or list, not both.' }]);
}
