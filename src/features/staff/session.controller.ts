import { Body, Controller, Delete, Get, HttpCode, Inject, Logger, Post, Put, Req, Res } from '@nestjs/common';
import {
  ApiSecurity,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
  ApiOperation,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { requireConsoleHeader } from '../../platform/auth/session-resolver.js';
import { SETTINGS, type Settings } from '../../platform/config/settings.js';
import { IgnoresIdempotencyKey } from '../../platform/http/idempotency.interceptor.js';
import { invalid, Problem } from '../../platform/http/problem.js';
import { clientNetwork } from '../../platform/limits/client-network.js';
import { ConfirmationsService } from './confirmations.service.js';
import { ConsoleCaller, noSession } from './console-caller.js';
import { AccountRequest, ConfirmationRequest, SessionAnswer, SignInRequest } from './staff-session.dto.js';
import { AccountService } from './account.service.js';
import type { Proof } from './second-factors.service.js';
import { clearSession, cookieRulesOf, writeSession } from './session-cookie.js';
import { SessionsService, type NewSession } from './sessions.service.js';

/** Signing in to and out of the console. Responses carry no CORS headers and are never cached. */
@ApiTags('console')
@IgnoresIdempotencyKey()
@Controller('api/v1/console')
export class SessionController {
  private readonly logger = new Logger('sign-in');

  constructor(
    private readonly sessions: SessionsService,
    private readonly confirmations: ConfirmationsService,
    private readonly accountService: AccountService,
    private readonly caller: ConsoleCaller,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Post('session')
  @ApiSecurity({})
  @ApiOperation({ summary: 'Sign in' })
  @ApiCreatedResponse({ type: SessionAnswer })
  async signIn(
    @Body() body: SignInRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionAnswer> {
    requireConsoleHeader(request);
    const session = await this.logFailures('sign-in.refused', request, () => this.openSession(body, request));
    const previousToken = this.caller.tokenOf(request);
    if (previousToken) await this.sessions.end(previousToken);
    writeSession(reply, cookieRulesOf(request, this.settings.publicUrl), session.token, session.expiresAt);
    return this.show(session.token);
  }

  @Get('session')
  @ApiSecurity('moderator')
  @ApiOperation({ summary: 'Get the current session' })
  @ApiOkResponse({ type: SessionAnswer })
  async read(@Req() request: FastifyRequest): Promise<SessionAnswer> {
    return this.show((await this.caller.requireSignedIn(request)).token);
  }

  @Delete('session')
  @HttpCode(204)
  @ApiSecurity({})
  @ApiOperation({ summary: 'Sign out' })
  @ApiNoContentResponse()
  async signOut(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    requireConsoleHeader(request);
    const token = this.caller.tokenOf(request);
    if (token) await this.sessions.end(token);
    clearSession(reply);
  }

  @Post('confirmation')
  @HttpCode(204)
  @ApiSecurity('moderator')
  @ApiOperation({
    summary: 'Confirm your identity again in the current session',
    description:
      'Send the password, and the second factor if the account has one. For the next ten minutes the session may view and change secrets and the team; a session that was just opened may do so without confirmation. Otherwise such calls return 403 `confirm-required`.',
  })
  @ApiNoContentResponse()
  async confirm(
    @Body() body: ConfirmationRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    requireConsoleHeader(request);
    const { token, principal } = await this.caller.requireSignedIn(request);
    const { password, code, recoveryCode, passkey } = body;
    const origin = { ip: request.ip };
    await this.logFailures('confirmation.refused', request, () => {
      if (passkey !== undefined)
        return this.confirmations.confirmByPasskey(token, principal, passkey, origin);
      const proof = { ...(password === undefined ? {} : { password }), ...proofOf({ code, recoveryCode }) };
      return this.confirmations.confirm(token, principal, proof, origin);
    });
    await this.caller.renew(request, reply, token);
  }

  @Get('account')
  @ApiSecurity('moderator')
  @ApiOperation({ summary: 'Get your own account' })
  @ApiOkResponse({ type: SessionAnswer })
  account(@Req() request: FastifyRequest): Promise<SessionAnswer> {
    return this.read(request);
  }

  @Put('account')
  @ApiSecurity('moderator')
  @ApiOperation({ summary: 'Set your name, email address and password' })
  @ApiOkResponse({ type: SessionAnswer })
  async setUpAccount(
    @Body() body: AccountRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionAnswer> {
    requireConsoleHeader(request);
    const { token, principal } = await this.caller.requireSignedIn(request);
    await this.accountService.setUp(token, principal, body);
    return this.show(await this.caller.renew(request, reply, token));
  }

  private openSession(body: SignInRequest, request: FastifyRequest): Promise<NewSession> {
    const { link, email, password, code, recoveryCode, passkey } = body;
    const otherFields = [link, email, password, code, recoveryCode].filter((value) => value !== undefined);
    const proof = proofOf({ code, recoveryCode });
    const origin = { ip: request.ip, agent: request.headers['user-agent'] ?? null };
    if (passkey !== undefined && otherFields.length === 0)
      return this.sessions.signInByPasskey(passkey, origin);
    if (passkey !== undefined) throw exactlyOneMethod();
    if (link !== undefined && email === undefined && password === undefined) {
      return this.sessions.signInByLink(link, proof, origin);
    }
    if (link === undefined && email !== undefined && password !== undefined) {
      return this.sessions.signInByPassword(email, password, proof, origin);
    }
    throw exactlyOneMethod();
  }

  /** Logs failed attempts with the client's network and the reason, but without anything that the client sent. */
  private async logFailures<T>(event: string, request: FastifyRequest, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Problem && error.status !== 400) {
        this.logger.log({
          event,
          code: error.code,
          network: clientNetwork(request.ip),
          requestId: request.id,
        });
      }
      throw error;
    }
  }

  private async show(token: string): Promise<SessionAnswer> {
    const view = await this.sessions.view(token);
    if (!view) throw noSession();
    return view;
  }
}

const exactlyOneMethod = (): Problem => {
  const message = 'Send either passkey, or link, or email and password.';
  return invalid([{ pointer: '', code: 'one-way-in', message }]);
};

/** @throws Problem 400 if both are sent */
function proofOf({
  code,
  recoveryCode,
}: {
  code: string | undefined;
  recoveryCode: string | undefined;
}): Proof {
  if (code !== undefined && recoveryCode !== undefined) {
    throw invalid([{ pointer: '', code: 'one-proof', message: 'Send either code or recoveryCode.' }]);
  }
  return {
    ...(code === undefined ? {} : { code }),
    ...(recoveryCode === undefined ? {} : { recoveryCode }),
  };
}
