import { Body, Controller, Get, Put, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { IgnoresIdempotencyKey } from '../../platform/http/idempotency.interceptor.js';
import { requireConsoleHeader } from '../../platform/auth/session-resolver.js';
import { Database } from '../../platform/database/database.js';
import { ConsoleCaller } from './console-caller.js';
import { DEFAULT_CONSOLE_SETTINGS, ConsoleSettings } from './console-settings.dto.js';
import { ModeratorRepository } from './moderator.repository.js';

@ApiTags('console')
@ApiSecurity('moderator')
@IgnoresIdempotencyKey()
@Controller('api/v1/console/settings')
export class ConsoleSettingsController {
  constructor(
    private readonly caller: ConsoleCaller,
    private readonly database: Database,
    private readonly moderators: ModeratorRepository,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Get your own console settings' })
  @ApiOkResponse({ type: ConsoleSettings })
  async read(@Req() request: FastifyRequest): Promise<ConsoleSettings> {
    const { principal } = await this.caller.requireSignedIn(request);
    const stored = await this.database.inSystem((tx) =>
      this.moderators.consoleSettings(tx, principal.moderatorId),
    );
    return { ...DEFAULT_CONSOLE_SETTINGS, ...stored };
  }

  @Put()
  @ApiOperation({ summary: 'Replace your own console settings' })
  @ApiOkResponse({ type: ConsoleSettings })
  async write(@Req() request: FastifyRequest, @Body() body: ConsoleSettings): Promise<ConsoleSettings> {
    requireConsoleHeader(request);
    const { principal } = await this.caller.requireSignedIn(request);
    const { blurSlurs, greyScale, pauseAfterMinutes, severeInARow } = body;
    const settings = { blurSlurs, greyScale, pauseAfterMinutes, severeInARow };
    await this.database.inSystem((tx) =>
      this.moderators.setConsoleSettings(tx, principal.moderatorId, settings),
    );
    return settings;
  }
}
