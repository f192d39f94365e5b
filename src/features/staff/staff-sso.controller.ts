import { Controller, Get, Logger, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IgnoresIdempotencyKey } from '../../platform/http/idempotency.interceptor.js';
import { conflict } from '../../platform/http/problem.js';
import { ConsoleCaller } from './console-caller.js';
import { OidcState } from './oidc-state.js';
import { StaffSsoRedirect, StaffSsoAnswer } from './staff-sso.dto.js';
import { StaffSso } from './staff-sso.js';
import { StaffSsoSignInService } from './staff-sso-sign-in.service.js';
import { hashToken } from './session-token.js';

/** Linking an account to the single sign-on server. */
@ApiTags('console')
@ApiSecurity('moderator')
@IgnoresIdempotencyKey()
@Controller('api/v1/console/sso')
export class StaffSsoController {
  private readonly logger = new Logger('oidc');

  constructor(
    private readonly caller: ConsoleCaller,
    private readonly sso: StaffSso,
    private readonly signIn: StaffSsoSignInService,
    private readonly oidcState: OidcState,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Get the single sign-on state of your own account' })
  @ApiOkResponse({ type: StaffSsoAnswer })
  async read(@Req() request: FastifyRequest): Promise<StaffSsoAnswer> {
    const { principal } = await this.caller.requireSignedIn(request);
    const connectedAt = await this.signIn.connectedAt(principal.moderatorId);
    return { name: this.sso.name, connectedAt: connectedAt?.toISOString() ?? null };
  }

  @Post('connection')
  @ApiOperation({
    summary: 'Start linking your own account to single sign-on',
    description:
      'The next person to sign in there, in this browser, is connected to this account. The browser then returns to the console, at `/console/security?sso=connected`, or with a code for the reason if it failed. 409 if no single sign-on is configured or it does not respond.',
  })
  @ApiCreatedResponse({ type: StaffSsoRedirect })
  async begin(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StaffSsoRedirect> {
    const { token, principal } = await this.caller.requireConfirmed(request);
    if (this.sso.name === null) {
      throw conflict(
        'no-staff-sso',
        'Single sign-on for staff is not configured. The operator of this service must set OIDC_ISSUER.',
      );
    }
    const { url, flow } = await this.sso.begin().catch((error: unknown) => {
      this.logger.warn({ event: 'oidc.unavailable', error });
      throw conflict(
        'staff-sso-unavailable',
        'The newsroom’s single sign-on does not respond. Try again later; if the problem persists, tell the operator of this service.',
      );
    });
    const { moderatorId } = principal;
    this.oidcState.issue(request, reply, {
      ...flow,
      connectTo: { moderatorId, session: hashToken(token) },
    });
    return { url };
  }
}
