import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { Confirmed, PublisherScope } from '../sites/publisher.guard.js';
import { Site } from '../sites/site.params.js';
import { TeamRules } from './second-factor.dto.js';
import { Team } from './team.service.js';

@ApiTags('moderators')
@PublisherScope('publisher')
@Controller('api/v1/sites/:site/team-rules')
export class TeamRulesController {
  constructor(private readonly team: Team) {}

  @Get()
  @ApiOperation({ summary: 'What a site asks of its team' })
  @ApiOkResponse({ type: TeamRules })
  read(@Site() ctx: SiteContext): Promise<TeamRules> {
    return this.team.rules(ctx);
  }

  @Put()
  @Confirmed()
  @ApiOperation({ summary: 'Say what a site asks of its team' })
  @ApiOkResponse({ type: TeamRules })
  write(@Site() ctx: SiteContext, @Body() rules: TeamRules): Promise<TeamRules> {
    return this.team.setRules(ctx, rules);
  }
}
