import { Body, Controller, Get, Put, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { IgnoresIdempotencyKey } from '../../platform/http/idempotency.interceptor.js';
import { requireConsoleHeader } from '../../platform/auth/session-resolver.js';
import { Database } from '../../platform/database/database.js';
import { ConsoleCaller } from './console-caller.js';
import { DEFAULT_DESK, DeskSettings } from './desk-settings.dto.js';
import { ModeratorRepository } from './moderator.repository.js';

@ApiTags('console')
@ApiSecurity('moderator')
@IgnoresIdempotencyKey()
@Controller('api/v1/console/desk')
export class DeskSettingsController {
  constructor(
    private readonly caller: ConsoleCaller,
    private readonly database: Database,
    private readonly moderators: ModeratorRepository,
  ) {}

  @Get()
  @ApiOperation({ summary: 'How one likes to work' })
  @ApiOkResponse({ type: DeskSettings })
  async read(@Req() request: FastifyRequest): Promise<DeskSettings> {
    const { principal } = await this.caller.signedIn(request);
    const kept = await this.database.inSystem((tx) => this.moderators.desk(tx, principal.moderatorId));
    return { ...DEFAULT_DESK, ...kept };
  }

  @Put()
  @ApiOperation({ summary: 'Change it' })
  @ApiOkResponse({ type: DeskSettings })
  async write(@Req() request: FastifyRequest, @Body() body: DeskSettings): Promise<DeskSettings> {
    requireConsoleHeader(request);
    const { principal } = await this.caller.signedIn(request);
    const { blurSlurs, greyScale, pauseAfterMinutes, graveInARow } = body;
    const desk = { blurSlurs, greyScale, pauseAfterMinutes, graveInARow };
    await this.database.inSystem((tx) => this.moderators.setDesk(tx, principal.moderatorId, desk));
    return desk;
  }
}
