import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { requireConfirmation } from '../../platform/auth/confirmation.js';
import type { ModeratorPrincipal } from '../../platform/auth/principal.js';
import { requireConsoleHeader } from '../../platform/auth/session-resolver.js';
import { Clock } from '../../platform/clock.js';
import { SETTINGS, type Settings } from '../../platform/config/settings.js';
import { Problem } from '../../platform/http/problem.js';
import { hasUserActivity, readSession, cookieRulesOf, writeSession } from './session-cookie.js';
import { SessionsService } from './sessions.service.js';

/** The 401 response of the console's own routes. */
export const noSession = (): Problem => new Problem(401, 'no-session', 'Sign in to the console.');

/** Resolves the session of a console request. */
@Injectable()
export class ConsoleCaller {
  constructor(
    private readonly sessions: SessionsService,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  tokenOf(request: FastifyRequest): string | null {
    return readSession(request, cookieRulesOf(request, this.settings.publicUrl));
  }

  /** @throws Problem 401 */
  async requireSignedIn(request: FastifyRequest): Promise<{ token: string; principal: ModeratorPrincipal }> {
    const token = this.tokenOf(request);
    const principal = token && (await this.sessions.resolve(token, hasUserActivity(request)));
    if (!token || !principal) throw noSession();
    request.principal = principal;
    return { token, principal };
  }

  /**
   * For changes to how the account signs in, which require a recent confirmation as well as a session.
   *
   * @throws Problem 401, 403 `csrf`, `confirm-required`
   */
  async requireConfirmed(request: FastifyRequest): Promise<{ token: string; principal: ModeratorPrincipal }> {
    requireConsoleHeader(request);
    const caller = await this.requireSignedIn(request);
    requireConfirmation(caller.principal, this.clock.nowMs());
    return caller;
  }

  /**
   * Changes how the account signs in, then renews the session under a new token.
   *
   * @throws Problem as `requireConfirmed`
   */
  async changeSignInMethods<T>(
    request: FastifyRequest,
    reply: FastifyReply,
    change: (token: string, principal: ModeratorPrincipal) => Promise<T>,
  ): Promise<T> {
    const { token, principal } = await this.requireConfirmed(request);
    const result = await change(token, principal);
    await this.renew(request, reply, token);
    return result;
  }

  /**
   * Replaces the session's token.
   * @returns the new token, which is also set as a cookie
   * @throws Problem 401 if the session has ended
   */
  async renew(request: FastifyRequest, reply: FastifyReply, oldToken: string): Promise<string> {
    const session = await this.sessions.renew(oldToken);
    if (!session) throw noSession();
    writeSession(reply, cookieRulesOf(request, this.settings.publicUrl), session.token, session.expiresAt);
    return session.token;
  }
}
