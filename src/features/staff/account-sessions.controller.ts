import { Controller, Delete, Get, HttpCode, Param, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { IgnoresIdempotencyKey } from '../../platform/http/idempotency.interceptor.js';
import { ConsoleCaller } from './console-caller.js';
import { SessionsService } from './sessions.service.js';
import { AccountSessionsAnswer } from './team.dto.js';

/** Lists and ends the sessions of the caller's account. */
@ApiTags('console')
@ApiSecurity('moderator')
@IgnoresIdempotencyKey()
@Controller('api/v1/console/sessions')
export class AccountSessionsController {
  constructor(
    private readonly caller: ConsoleCaller,
    private readonly sessions: SessionsService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List your own sessions' })
  @ApiOkResponse({ type: AccountSessionsAnswer })
  async list(@Req() request: FastifyRequest): Promise<AccountSessionsAnswer> {
    const { token, principal } = await this.caller.requireSignedIn(request);
    return { items: await this.sessions.listSessions(token, principal) };
  }

  @Delete(':session')
  @HttpCode(204)
  @ApiOperation({
    summary: 'End one of your own sessions',
    description: 'Requires a confirmation within the last ten minutes.',
  })
  @ApiNoContentResponse()
  async end(@Req() request: FastifyRequest, @Param('session') session: string): Promise<void> {
    const { principal } = await this.caller.requireConfirmed(request);
    await this.sessions.endSessionById(principal, session);
  }
}
