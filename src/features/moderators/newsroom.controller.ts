import { Controller, Get, Logger, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IgnoresIdempotencyKey } from '../../platform/http/idempotency.interceptor.js';
import { conflict } from '../../platform/http/problem.js';
import { ConsoleCaller } from './console-caller.js';
import { Errands } from './errands.js';
import { NewsroomErrand, NewsroomAnswer } from './newsroom.dto.js';
import { NewsroomOidc } from './newsroom-oidc.js';
import { NewsroomSignIn } from './newsroom-sign-in.service.js';
import { hashToken } from './session-token.js';

/** Whether one's account goes with one of the newsroom's server, and how it comes to. */
@ApiTags('console')
@ApiSecurity('moderator')
@IgnoresIdempotencyKey()
@Controller('api/v1/console/newsroom')
export class NewsroomController {
  private readonly logger = new Logger('oidc');

  constructor(
    private readonly caller: ConsoleCaller,
    private readonly oidc: NewsroomOidc,
    private readonly signIn: NewsroomSignIn,
    private readonly errands: Errands,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Own account at the newsroom’s own sign-in' })
  @ApiOkResponse({ type: NewsroomAnswer })
  async read(@Req() request: FastifyRequest): Promise<NewsroomAnswer> {
    const { principal } = await this.caller.signedIn(request);
    const connectedAt = await this.signIn.connectedAt(principal.moderatorId);
    return { name: this.oidc.name, connectedAt: connectedAt?.toISOString() ?? null };
  }

  @Post('connection')
  @ApiOperation({
    summary: 'Begin to sign in by the newsroom’s own sign-in from now on',
    description:
      'Whoever signs in there next, in this browser, is this account from then on. It comes back to the console, at ' +
      '`/console/security?newsroom=connected` or a word for why not. 409 where there is none, or it does not answer.',
  })
  @ApiCreatedResponse({ type: NewsroomErrand })
  async begin(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NewsroomErrand> {
    const { token, principal } = await this.caller.confirmed(request);
    if (this.oidc.name === null) {
      throw conflict(
        'no-newsroom-sign-in',
        'There is no sign-in of the newsroom’s own here: whoever runs this service sets OIDC_ISSUER for it.',
      );
    }
    const { url, errand } = await this.oidc.begin().catch((error: unknown) => {
      this.logger.warn({ event: 'oidc.away', error });
      throw conflict(
        'newsroom-away',
        'The newsroom’s sign-in does not answer. Try again later; if it stays so, tell whoever runs this service.',
      );
    });
    const { moderatorId } = principal;
    this.errands.give(request, reply, { ...errand, connecting: { moderatorId, session: hashToken(token) } });
    return { url };
  }
}
