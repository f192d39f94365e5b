import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../../../platform/auth/principal.js';
import { Id, Text } from '../../../platform/http/fields.js';
import type { CommentId, StoryId } from '../../../platform/ids.js';
import { CommentDto } from '../../comments/comments.dto.js';
import { PublisherScope } from '../../sites/publisher.guard.js';
import { Caller } from '../../sites/site.params.js';
import { ModeratorReach } from '../moderator-reach.js';
import { StaffAnswers } from './staff-answers.service.js';

class StaffAnswerRequest {
  @Text({ max: 20_000, description: 'As readers write it.' }) body: string;
  @Id({ optional: true, nullable: true, description: 'The published comment that it answers.' })
  parentId?: string | null;
}

@ApiTags('moderation')
@PublisherScope('moderation')
@Controller('api/v1/moderation/stories')
export class StaffAnswersController {
  constructor(
    private readonly reach: ModeratorReach,
    private readonly answers: StaffAnswers,
  ) {}

  @Post(':id/answers')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Write under a story as the publication',
    description:
      'In the name of the site, with role `staff`. No tier, quota or closed story is in its way; scores and rules are.',
  })
  @ApiAcceptedResponse({ type: CommentDto, description: 'Stored, and waiting for its scores.' })
  async write(
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Body() { body, parentId }: StaffAnswerRequest,
  ): Promise<CommentDto> {
    const ctx = await this.reach.ofStory(caller, request.id, id);
    return this.answers.write(ctx, id as StoryId, {
      body,
      parentId: (parentId?.toLowerCase() ?? null) as CommentId | null,
    });
  }
}
