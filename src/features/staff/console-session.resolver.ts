import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { ModeratorPrincipal } from '../../platform/auth/principal.js';
import { SessionResolver } from '../../platform/auth/session-resolver.js';
import { SETTINGS, type Settings } from '../../platform/config/settings.js';
import { secondFactorRequired } from '../sites/publisher.guard.js';
import { hasUserActivity, readSession, cookieRulesOf } from './session-cookie.js';
import { SessionsService } from './sessions.service.js';

@Injectable()
export class ConsoleSessionResolver extends SessionResolver {
  constructor(
    private readonly sessions: SessionsService,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {
    super();
  }

  async resolve(request: FastifyRequest): Promise<ModeratorPrincipal | null> {
    const token = readSession(request, cookieRulesOf(request, this.settings.publicUrl));
    const principal = token === null ? null : await this.sessions.resolve(token, hasUserActivity(request));
    // A role that applies to all sites includes those that require a second factor.
    if (principal?.roleEverywhere && principal.sitesNeedingSecondFactor.size > 0)
      throw secondFactorRequired();
    return principal;
  }
}
