import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiSecurity,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IgnoresIdempotencyKey } from '../../platform/http/idempotency.interceptor.js';
import { ConsoleCaller } from './console-caller.js';
import { AppCode, AppSecret, FactorAdded, RecoveryCodes, SecondFactorAnswer } from './second-factor.dto.js';
import { SecondFactorsService } from './second-factors.service.js';

/** What one proves oneself by besides the password. Changing it takes what one has now, given lately. */
@ApiTags('console')
@ApiSecurity('moderator')
@IgnoresIdempotencyKey()
@Controller('api/v1/console/second-factor')
export class SecondFactorController {
  constructor(
    private readonly caller: ConsoleCaller,
    private readonly factors: SecondFactorsService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Own second factor' })
  @ApiOkResponse({ type: SecondFactorAnswer })
  async read(@Req() request: FastifyRequest): Promise<SecondFactorAnswer> {
    const { principal } = await this.caller.requireSignedIn(request);
    return this.factors.state(principal.moderatorId);
  }

  @Post('app')
  @ApiOperation({
    summary: 'Begin to set up an app for one-time codes',
    description: 'It counts once `POST …/app/activation` has brought a code of it, within 15 minutes.',
  })
  @ApiCreatedResponse({ type: AppSecret })
  async begin(@Req() request: FastifyRequest): Promise<AppSecret> {
    const { principal } = await this.caller.requireConfirmed(request);
    return this.factors.beginApp(principal);
  }

  @Post('app/activation')
  @HttpCode(200)
  @ApiOperation({ summary: 'Show that the app works', description: 'Other sessions of the account end.' })
  @ApiOkResponse({ type: FactorAdded })
  finish(
    @Req() request: FastifyRequest,
    @Body() { code }: AppCode,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FactorAdded> {
    return this.caller.changing(request, reply, (token, principal) =>
      this.factors.finishApp(token, principal, code),
    );
  }

  @Delete('app')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take the app off', description: 'Other sessions of the account end.' })
  @ApiNoContentResponse()
  async remove(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.caller.changing(request, reply, (token, principal) =>
      this.factors.removeApp(token, principal),
    );
  }

  @Post('recovery-codes')
  @ApiOperation({ summary: 'Make new recovery codes' })
  @ApiCreatedResponse({ type: RecoveryCodes })
  async newCodes(@Req() request: FastifyRequest): Promise<RecoveryCodes> {
    const { principal } = await this.caller.requireConfirmed(request);
    return { recoveryCodes: await this.factors.newCodes(principal) };
  }
}
