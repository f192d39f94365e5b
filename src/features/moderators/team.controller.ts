import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { ShowsSecrets } from '../../platform/http/idempotency.interceptor.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { Confirmed, PublisherScope } from '../sites/publisher.guard.js';
import { Site } from '../sites/site.params.js';
import { InvitationAnswer, InvitationRequest, RoleRequest, TeamAnswer, TeamMember } from './team.dto.js';
import { Team } from './team.service.js';

@ApiTags('moderators')
@PublisherScope('publisher')
@Controller('api/v1/sites/:site/moderators')
export class TeamController {
  constructor(private readonly team: Team) {}

  @Get()
  @ApiOperation({ summary: "A site's moderators" })
  @ApiOkResponse({ type: TeamAnswer })
  async list(@Site() ctx: SiteContext): Promise<TeamAnswer> {
    return this.team.list(ctx);
  }

  @Post()
  @ShowsSecrets('link')
  @Confirmed()
  @ApiOperation({ summary: 'Invite a moderator' })
  @ApiCreatedResponse({ type: InvitationAnswer })
  invite(@Site() ctx: SiteContext, @Body() invitation: InvitationRequest): Promise<InvitationAnswer> {
    return this.team.invite(ctx, invitation);
  }

  @Post(':moderator/link')
  @ShowsSecrets('link')
  @Confirmed()
  @ApiOperation({ summary: 'Make a new sign-in link for a moderator' })
  @ApiCreatedResponse({ type: InvitationAnswer })
  relink(@Site() ctx: SiteContext, @Param('moderator') moderator: string): Promise<InvitationAnswer> {
    return this.team.relink(ctx, moderator);
  }

  @Delete(':moderator/second-factor')
  @Confirmed()
  @HttpCode(204)
  @ApiOperation({
    summary: 'Reset the second factor of a moderator who lost it',
    description: 'For owners. Ends their sessions and open links.',
  })
  @ApiNoContentResponse()
  async resetSecondFactor(@Site() ctx: SiteContext, @Param('moderator') moderator: string): Promise<void> {
    await this.team.resetSecondFactor(ctx, moderator);
  }

  @Patch(':moderator')
  @Confirmed()
  @ApiOperation({ summary: "Change a moderator's role, or the sections it is limited to" })
  @ApiOkResponse({ type: TeamMember })
  setRole(
    @Site() ctx: SiteContext,
    @Param('moderator') moderator: string,
    @Body() wanted: RoleRequest,
  ): Promise<TeamMember> {
    return this.team.setRole(ctx, moderator, wanted);
  }

  @Delete(':moderator')
  @Confirmed()
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a moderator from the site' })
  @ApiNoContentResponse()
  async remove(@Site() ctx: SiteContext, @Param('moderator') moderator: string): Promise<void> {
    await this.team.remove(ctx, moderator);
  }
}
