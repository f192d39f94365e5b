import { Controller, Get, Inject, Logger, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../../platform/clock.js';
import { SECRETS, type Secrets } from '../../platform/config/secrets.js';
import { SETTINGS, type Settings } from '../../platform/config/settings.js';
import { notFound } from '../../platform/http/problem.js';
import { NewsroomOidc, type Errand } from './newsroom-oidc.js';
import { NewsroomSignIn } from './newsroom-sign-in.service.js';
import { clearErrand, ERRAND_MS, readErrand, rulesOf, writeErrand } from './session-cookie.js';
import { SignInLimits } from './sign-in-limits.js';

const CONTEXT = 'oidc-errand';

/** The way to the newsroom's own sign-in and back: pages that browsers go to, and no API. */
@ApiExcludeController()
@Controller('api/v1/console/oidc')
export class OidcController {
  private readonly logger = new Logger('oidc');

  constructor(
    private readonly oidc: NewsroomOidc,
    private readonly signIn: NewsroomSignIn,
    private readonly limits: SignInLimits,
    private readonly clock: Clock,
    @Inject(SECRETS) private readonly secrets: Secrets,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Get()
  async begin(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (this.oidc.name === null) throw notFound();
    await this.limits.allow(request.ip, null);
    try {
      const { url, errand } = await this.oidc.begin();
      writeErrand(
        reply,
        rulesOf(request, this.settings.publicUrl),
        this.secrets.seal(JSON.stringify({ ...errand, until: this.clock.nowMs() + ERRAND_MS }), CONTEXT),
      );
      this.leave(reply, url);
    } catch (error) {
      this.logger.warn({ event: 'oidc.away', error });
      this.leave(reply, this.refused('away'));
    }
  }

  @Get('callback')
  async finish(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query() query: Record<string, unknown>,
  ): Promise<void> {
    if (this.oidc.name === null) throw notFound();
    await this.limits.allow(request.ip, null);
    const errand = this.errandOf(request);
    clearErrand(reply);
    if (!errand) return this.leave(reply, this.refused('stale'));
    if (query['error'] === 'access_denied') return this.leave(reply, this.refused('denied'));
    try {
      const { search } = new URL(request.url, this.settings.publicUrl);
      const link = await this.signIn.linkFor(await this.oidc.finish(search, errand));
      this.leave(reply, link ?? this.refused('unknown'));
    } catch (error) {
      this.logger.warn({ event: 'oidc.refused', error });
      this.leave(reply, this.refused('failed'));
    }
  }

  /** Null for one that somebody else's browser, or nobody, was given, or that took too long. */
  private errandOf(request: FastifyRequest): Errand | null {
    const sealed = readErrand(request, rulesOf(request, this.settings.publicUrl));
    try {
      if (sealed === null) return null;
      const { until, ...errand } = JSON.parse(this.secrets.open(sealed, CONTEXT)) as Errand & {
        until: number;
      };
      // The browser was told to forget it then; a copy of what it kept was not.
      return until > this.clock.nowMs() ? errand : null;
    } catch {
      return null;
    }
  }

  private refused(why: string): string {
    return `${this.settings.publicUrl}/console/sign-in?refused=${why}`;
  }

  private leave(reply: FastifyReply, url: string): void {
    void reply
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'no-referrer')
      .redirect(url, 302);
  }
}
