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
import { RequiresConfirmation, PublisherScope } from '../sites/publisher.guard.js';
import { CurrentSiteContext } from '../sites/site.decorators.js';
import { InvitationAnswer, InvitationRequest, RoleRequest, TeamAnswer, TeamMember } from './team.dto.js';
import { TeamService } from './team.service.js';

@ApiTags('moderators')
@PublisherScope('publisher')
@Controller('api/v1/sites/:site/moderators')
export class TeamController {
  constructor(private readonly team: TeamService) {}

  @Get()
  @ApiOperation({ summary: "List a site's moderators" })
  @ApiOkResponse({ type: TeamAnswer })
  async list(@CurrentSiteContext() ctx: SiteContext): Promise<TeamAnswer> {
    return this.team.list(ctx);
  }

  @Post()
  @ShowsSecrets('link')
  @RequiresConfirmation()
  @ApiOperation({ summary: 'Invite a moderator' })
  @ApiCreatedResponse({ type: InvitationAnswer })
  invite(
    @CurrentSiteContext() ctx: SiteContext,
    @Body() invitation: InvitationRequest,
  ): Promise<InvitationAnswer> {
    return this.team.invite(ctx, invitation);
  }

  @Post(':moderator/link')
  @ShowsSecrets('link')
  @RequiresConfirmation()
  @ApiOperation({ summary: 'Create a new sign-in link for a moderator' })
  @ApiCreatedResponse({ type: InvitationAnswer })
  renewLink(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('moderator') moderator: string,
  ): Promise<InvitationAnswer> {
    return this.team.renewLink(ctx, moderator);
  }

  @Delete(':moderator/second-factor')
  @RequiresConfirmation()
  @HttpCode(204)
  @ApiOperation({
    summary: 'Reset the second factor of a moderator who lost it',
    description: "Only for owners. Ends the moderator's sessions and open sign-in links.",
  })
  @ApiNoContentResponse()
  async resetSecondFactor(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('moderator') moderator: string,
  ): Promise<void> {
    await this.team.resetSecondFactor(ctx, moderator);
  }

  @Patch(':moderator')
  @RequiresConfirmation()
  @ApiOperation({ summary: "Change a moderator's role or the sections that they may moderate" })
  @ApiOkResponse({ type: TeamMember })
  setRole(
    @CurrentSiteContext() ctx: SiteContext,
    @Param('moderator') moderator: string,
    @Body() change: RoleRequest,
  ): Promise<TeamMember> {
    return this.team.setRole(ctx, moderator, change);
  }

  @Delete(':moderator')
  @RequiresConfirmation()
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a moderator from the site' })
  @ApiNoContentResponse()
  async remove(@CurrentSiteContext() ctx: SiteContext, @Param('moderator') moderator: string): Promise<void> {
    await this.team.remove(ctx, moderator);
  }
}
