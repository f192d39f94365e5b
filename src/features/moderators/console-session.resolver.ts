import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { ModeratorPrincipal } from '../../platform/auth/principal.js';
import { SessionResolver } from '../../platform/auth/session-resolver.js';
import { SETTINGS, type Settings } from '../../platform/config/settings.js';
import { readSession, rulesOf } from './session-cookie.js';
import { Sessions } from './sessions.service.js';

@Injectable()
export class ConsoleSessionResolver extends SessionResolver {
  constructor(
    private readonly sessions: Sessions,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {
    super();
  }

  async resolve(request: FastifyRequest): Promise<ModeratorPrincipal | null> {
    const token = readSession(request, rulesOf(request, this.settings.publicUrl));
    return token === null ? null : this.sessions.resolve(token);
  }
}
