import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { RequiresConfirmation, PublisherScope } from '../sites/publisher.guard.js';
import { CurrentSiteContext } from '../sites/site.decorators.js';
import { TeamRules } from './second-factor.dto.js';
import { TeamService } from './team.service.js';

@ApiTags('moderators')
@PublisherScope('publisher')
@Controller('api/v1/sites/:site/team-rules')
export class TeamRulesController {
  constructor(private readonly team: TeamService) {}

  @Get()
  @ApiOperation({ summary: "Get the rules for a site's team" })
  @ApiOkResponse({ type: TeamRules })
  read(@CurrentSiteContext() ctx: SiteContext): Promise<TeamRules> {
    return this.team.rules(ctx);
  }

  @Put()
  @RequiresConfirmation()
  @ApiOperation({ summary: "Set the rules for a site's team" })
  @ApiOkResponse({ type: TeamRules })
  write(@CurrentSiteContext() ctx: SiteContext, @Body() rules: TeamRules): Promise<TeamRules> {
    return this.team.setRules(ctx, rules);
  }
}
