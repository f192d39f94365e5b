import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../../../platform/auth/principal.js';
import { Id, Text } from '../../../platform/http/fields.js';
import type { CommentId, StoryId } from '../../../platform/ids.js';
import { CommentDto } from '../../comments/comments.dto.js';
import { PublisherScope } from '../../sites/publisher.guard.js';
import { CurrentPrincipal } from '../../sites/site.decorators.js';
import { ModerationAccess } from '../moderation-access.js';
import { StaffAnswersService } from './staff-answers.service.js';

class StaffAnswerRequest {
  @Text({ max: 20_000, description: 'The text as readers will see it.' }) body: string;
  @Id({ optional: true, nullable: true, description: 'The published comment to reply to.' })
  parentId?: string | null;
}

@ApiTags('moderation')
@PublisherScope('moderation')
@Controller('api/v1/moderation/stories')
export class StaffAnswersController {
  constructor(
    private readonly access: ModerationAccess,
    private readonly answers: StaffAnswersService,
  ) {}

  @Post(':id/answers')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Post a comment under a story as the publication',
    description:
      'The comment is posted under the name of the site, with role `staff`. Tiers, quotas and closed stories do not prevent it. It is scored and decided by rules.',
  })
  @ApiAcceptedResponse({ type: CommentDto, description: 'Stored, waiting for its scores.' })
  async write(
    @CurrentPrincipal() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Body() { body, parentId }: StaffAnswerRequest,
  ): Promise<CommentDto> {
    const ctx = await this.access.contextOfStory(caller, request.id, id);
    return this.answers.write(ctx, id as StoryId, {
      body,
      parentId: (parentId?.toLowerCase() ?? null) as CommentId | null,
    });
  }
}
