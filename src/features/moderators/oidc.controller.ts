import { Controller, Get, Inject, Logger, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SETTINGS, type Settings } from '../../platform/config/settings.js';
import { notFound } from '../../platform/http/problem.js';
import { Errands, type SentErrand } from './errands.js';
import { newsroomFaultOf } from './newsroom-faults.js';
import { NewsroomOidc } from './newsroom-oidc.js';
import { NewsroomSignIn } from './newsroom-sign-in.service.js';
import { SignInLimits } from './sign-in-limits.js';

/** The way to the newsroom's own sign-in and back: pages that browsers go to, and no API. */
@ApiExcludeController()
@Controller('api/v1/console/oidc')
export class OidcController {
  private readonly logger = new Logger('oidc');

  constructor(
    private readonly oidc: NewsroomOidc,
    private readonly signIn: NewsroomSignIn,
    private readonly limits: SignInLimits,
    private readonly errands: Errands,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Get()
  async begin(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (this.oidc.name === null) throw notFound();
    await this.limits.allow(request.ip, null);
    try {
      const { url, errand } = await this.oidc.begin();
      this.errands.give(request, reply, errand);
      this.leave(reply, url);
    } catch (error) {
      this.logger.warn({ event: 'oidc.away', error });
      this.leave(reply, this.back('/sign-in?refused=away'));
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
    const errand = this.errands.take(request, reply);
    if (!errand) return this.leave(reply, this.back('/sign-in?refused=stale'));
    const { search } = new URL(request.url, this.settings.publicUrl);
    const why = (word: string): string =>
      this.back(errand.connecting ? `/security?newsroom=${word}` : `/sign-in?refused=${word}`);
    if (query['error'] === 'access_denied') return this.leave(reply, why('denied'));
    try {
      const { link, word } = await this.arrive(search, errand);
      this.leave(reply, link ?? why(word));
    } catch (error) {
      const fault = newsroomFaultOf(error);
      this.logger.warn({ event: 'oidc.refused', fault, error });
      this.leave(reply, why(fault));
    }
  }

  private async arrive(
    search: string,
    errand: SentErrand,
  ): Promise<{ link: string; word?: never } | { link?: never; word: string }> {
    const identity = await this.oidc.finish(search, errand);
    if (errand.connecting) return { word: await this.signIn.connect(identity, errand.connecting) };
    const arrival = await this.signIn.linkFor(identity);
    return 'link' in arrival ? arrival : { word: arrival.refused };
  }

  private back(path: string): string {
    return `${this.settings.publicUrl}/console${path}`;
  }

  private leave(reply: FastifyReply, url: string): void {
    void reply
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'no-referrer')
      .redirect(url, 302);
  }
}
