import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Req, Res } from '@nestjs/common';
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
import { requireConsoleHeader } from '../../platform/auth/session-resolver.js';
import { ConsoleCaller } from './console-caller.js';
import { StaffSso } from './staff-sso.js';
import {
  NewPasskey,
  PasskeyAdded,
  PasskeyAnswer,
  PasskeyName,
  PasskeyOptions,
  PasskeysAnswer,
  SignInMethods,
} from './passkeys.dto.js';
import { PasskeysService } from './passkeys.service.js';

@ApiTags('console')
@IgnoresIdempotencyKey()
@Controller('api/v1/console')
export class PasskeysController {
  constructor(
    private readonly caller: ConsoleCaller,
    private readonly passkeys: PasskeysService,
    private readonly sso: StaffSso,
  ) {}

  @Get('sign-in-methods')
  @ApiSecurity({})
  @ApiOperation({ summary: 'List the available ways to sign in' })
  @ApiOkResponse({ type: SignInMethods })
  signInMethods(): SignInMethods {
    return { passkeys: this.passkeys.areAvailable, newsroom: this.sso.name };
  }

  @Post('passkey-challenge')
  @ApiSecurity({})
  @ApiOperation({
    summary: 'Start a sign-in or confirmation with a passkey',
    description:
      "Send the browser's response to `POST …/session` or `POST …/confirmation`, once, within 5 minutes.",
  })
  @ApiCreatedResponse({ type: PasskeyOptions })
  async challenge(@Req() request: FastifyRequest): Promise<PasskeyOptions> {
    requireConsoleHeader(request);
    return { options: await this.passkeys.challenge(request.ip) };
  }

  @Get('passkeys')
  @ApiSecurity('moderator')
  @ApiOperation({ summary: 'List your own passkeys' })
  @ApiOkResponse({ type: PasskeysAnswer })
  async list(@Req() request: FastifyRequest): Promise<PasskeysAnswer> {
    const { principal } = await this.caller.requireSignedIn(request);
    return {
      possible: this.passkeys.areAvailable,
      items: await this.passkeys.list(principal.moderatorId),
    };
  }

  @Post('passkeys/registration')
  @ApiSecurity('moderator')
  @ApiOperation({
    summary: 'Start adding a passkey',
    description: "The browser's response must be sent within 5 minutes.",
  })
  @ApiCreatedResponse({ type: PasskeyOptions })
  async begin(@Req() request: FastifyRequest): Promise<PasskeyOptions> {
    const { principal } = await this.caller.requireConfirmed(request);
    return { options: await this.passkeys.beginRegistration(principal) };
  }

  @Post('passkeys')
  @ApiSecurity('moderator')
  @ApiOperation({ summary: 'Add a passkey', description: 'All other sessions of the account end.' })
  @ApiCreatedResponse({ type: PasskeyAdded })
  add(
    @Req() request: FastifyRequest,
    @Body() { name, response }: NewPasskey,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PasskeyAdded> {
    return this.caller.changeSignInMethods(request, reply, (token, principal) =>
      this.passkeys.finishRegistration(token, principal, name, response),
    );
  }

  @Patch('passkeys/:passkey')
  @ApiSecurity('moderator')
  @ApiOperation({ summary: 'Rename a passkey' })
  @ApiOkResponse({ type: PasskeyAnswer })
  async rename(
    @Req() request: FastifyRequest,
    @Param('passkey') passkey: string,
    @Body() { name }: PasskeyName,
  ): Promise<PasskeyAnswer> {
    requireConsoleHeader(request);
    const { principal } = await this.caller.requireSignedIn(request);
    return this.passkeys.rename(principal, passkey, name);
  }

  @Delete('passkeys/:passkey')
  @ApiSecurity('moderator')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a passkey', description: 'All other sessions of the account end.' })
  @ApiNoContentResponse()
  async remove(
    @Req() request: FastifyRequest,
    @Param('passkey') passkey: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.caller.changeSignInMethods(request, reply, (token, principal) =>
      this.passkeys.remove(token, principal, passkey),
    );
  }
}
