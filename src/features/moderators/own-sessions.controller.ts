import { Controller, Delete, Get, HttpCode, Param, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { IgnoresIdempotencyKey } from '../../platform/http/idempotency.interceptor.js';
import { ConsoleCaller } from './console-caller.js';
import { Sessions } from './sessions.service.js';
import { OwnSessionsAnswer } from './team.dto.js';

/** Where else one is signed in. */
@ApiTags('console')
@ApiSecurity('moderator')
@IgnoresIdempotencyKey()
@Controller('api/v1/console/sessions')
export class OwnSessionsController {
  constructor(
    private readonly caller: ConsoleCaller,
    private readonly sessions: Sessions,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Own sessions' })
  @ApiOkResponse({ type: OwnSessionsAnswer })
  async list(@Req() request: FastifyRequest): Promise<OwnSessionsAnswer> {
    const { token, principal } = await this.caller.signedIn(request);
    return { items: await this.sessions.listOwn(token, principal) };
  }

  @Delete(':session')
  @HttpCode(204)
  @ApiOperation({ summary: 'End an own session', description: 'Takes a confirmation within ten minutes.' })
  @ApiNoContentResponse()
  async end(@Req() request: FastifyRequest, @Param('session') session: string): Promise<void> {
    const { principal } = await this.caller.confirmed(request);
    await this.sessions.endOwn(principal, session);
  }
}
