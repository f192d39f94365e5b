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

/** The second factor of the caller's account. Changes require a recent confirmation. */
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
  @ApiOperation({ summary: 'Get your own second factor' })
  @ApiOkResponse({ type: SecondFactorAnswer })
  async read(@Req() request: FastifyRequest): Promise<SecondFactorAnswer> {
    const { principal } = await this.caller.requireSignedIn(request);
    return this.factors.state(principal.moderatorId);
  }

  @Post('app')
  @ApiOperation({
    summary: 'Start setting up an authenticator app',
    description:
      'The app becomes active once a code from it is sent to `POST …/app/activation` within 15 minutes.',
  })
  @ApiCreatedResponse({ type: AppSecret })
  async begin(@Req() request: FastifyRequest): Promise<AppSecret> {
    const { principal } = await this.caller.requireConfirmed(request);
    return this.factors.beginApp(principal);
  }

  @Post('app/activation')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Activate the authenticator app',
    description: 'All other sessions of the account end.',
  })
  @ApiOkResponse({ type: FactorAdded })
  finish(
    @Req() request: FastifyRequest,
    @Body() { code }: AppCode,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FactorAdded> {
    return this.caller.changeSignInMethods(request, reply, (token, principal) =>
      this.factors.finishApp(token, principal, code),
    );
  }

  @Delete('app')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Remove the authenticator app',
    description: 'All other sessions of the account end.',
  })
  @ApiNoContentResponse()
  async remove(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.caller.changeSignInMethods(request, reply, (token, principal) =>
      this.factors.removeApp(token, principal),
    );
  }

  @Post('recovery-codes')
  @ApiOperation({ summary: 'Create new recovery codes' })
  @ApiCreatedResponse({ type: RecoveryCodes })
  async newCodes(@Req() request: FastifyRequest): Promise<RecoveryCodes> {
    const { principal } = await this.caller.requireConfirmed(request);
    return { recoveryCodes: await this.factors.newCodes(principal) };
  }
}
