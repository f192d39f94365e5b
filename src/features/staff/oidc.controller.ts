import { Controller, Get, Inject, Logger, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SETTINGS, type Settings } from '../../platform/config/settings.js';
import { notFound } from '../../platform/http/problem.js';
import { OidcState, type PendingOidcFlow } from './oidc-state.js';
import { staffSsoFaultOf } from './staff-sso-fault.js';
import { StaffSso } from './staff-sso.js';
import { StaffSsoSignInService } from './staff-sso-sign-in.service.js';
import { SignInLimits } from './sign-in-limits.js';

/** Redirects to and from the single sign-on server: pages for browsers, not part of the API. */
@ApiExcludeController()
@Controller('api/v1/console/oidc')
export class OidcController {
  private readonly logger = new Logger('oidc');

  constructor(
    private readonly sso: StaffSso,
    private readonly signIn: StaffSsoSignInService,
    private readonly limits: SignInLimits,
    private readonly oidcState: OidcState,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Get()
  async begin(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (this.sso.name === null) throw notFound();
    await this.limits.allow(request.ip, null);
    try {
      const { url, flow } = await this.sso.begin();
      this.oidcState.issue(request, reply, flow);
      this.redirect(reply, url);
    } catch (error) {
      this.logger.warn({ event: 'oidc.unavailable', error });
      this.redirect(reply, this.consoleUrl('/sign-in?refused=unavailable'));
    }
  }

  @Get('callback')
  async finish(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query() query: Record<string, unknown>,
  ): Promise<void> {
    if (this.sso.name === null) throw notFound();
    await this.limits.allow(request.ip, null);
    const flow = this.oidcState.consume(request, reply);
    if (!flow) return this.redirect(reply, this.consoleUrl('/sign-in?refused=stale'));
    const { search } = new URL(request.url, this.settings.publicUrl);
    const redirectTarget = (code: string): string =>
      this.consoleUrl(flow.connectTo ? `/security?sso=${code}` : `/sign-in?refused=${code}`);
    if (query['error'] === 'access_denied') return this.redirect(reply, redirectTarget('denied'));
    try {
      const { link, code } = await this.completeSignIn(search, flow);
      this.redirect(reply, link ?? redirectTarget(code));
    } catch (error) {
      const fault = staffSsoFaultOf(error);
      this.logger.warn({ event: 'oidc.refused', fault, error });
      this.redirect(reply, redirectTarget(fault));
    }
  }

  private async completeSignIn(
    search: string,
    flow: PendingOidcFlow,
  ): Promise<{ link: string; code?: never } | { link?: never; code: string }> {
    const identity = await this.sso.finish(search, flow);
    if (flow.connectTo) return { code: await this.signIn.connect(identity, flow.connectTo) };
    const outcome = await this.signIn.linkFor(identity);
    return 'link' in outcome ? outcome : { code: outcome.refused };
  }

  private consoleUrl(path: string): string {
    return `${this.settings.publicUrl}/console${path}`;
  }

  private redirect(reply: FastifyReply, url: string): void {
    void reply
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'no-referrer')
      .redirect(url, 302);
  }
}
