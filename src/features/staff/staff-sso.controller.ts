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
      'Whoever signs in there next, in this browser, is this account from then on. It comes back to the console, at ' +
      '`/console/security?sso=connected` or a word for why not. 409 where there is none, or it does not answer.',
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
        'There is no sign-in of the newsroom’s own here: whoever runs this service sets OIDC_ISSUER for it.',
      );
    }
    const { url, errand } = await this.sso.begin().catch((error: unknown) => {
      this.logger.warn({ event: 'oidc.away', error });
      throw conflict(
        'staff-sso-away',
        'The newsroom’s sign-in does not answer. Try again later; if it stays so, tell whoever runs this service.',
      );
    });
    const { moderatorId } = principal;
    this.oidcState.issue(request, reply, {
      ...errand,
      connectTo: { moderatorId, session: hashToken(token) },
    });
    return { url };
  }
}
