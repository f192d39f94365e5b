import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../../platform/clock.js';
import { SECRETS, type Secrets } from '../../platform/config/secrets.js';
import { SETTINGS, type Settings } from '../../platform/config/settings.js';
import type { ModeratorId } from '../../platform/ids.js';
import type { OidcFlow } from './staff-sso.js';
import {
  clearOidcState,
  OIDC_STATE_MS,
  readOidcState,
  cookieRulesOf,
  writeOidcState,
} from './session-cookie.js';

const CONTEXT = 'oidc-state';

/** What for somebody went to the newsroom's server. */
export interface SentOidcFlow extends OidcFlow {
  /** Somebody who is signed in here already, and will sign in by it from now on; absent: to sign in. */
  readonly connectTo?: { readonly moderatorId: ModeratorId; readonly session: string };
}

/** OidcState to the newsroom's server, kept in the browser that was sent, where nobody can read or make one. */
@Injectable()
export class OidcState {
  constructor(
    private readonly clock: Clock,
    @Inject(SECRETS) private readonly secrets: Secrets,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  issue(request: FastifyRequest, reply: FastifyReply, errand: SentOidcFlow): void {
    const kept = JSON.stringify({ ...errand, until: this.clock.nowMs() + OIDC_STATE_MS });
    const rules = cookieRulesOf(request, this.settings.publicUrl);
    writeOidcState(reply, rules, this.secrets.seal(kept, CONTEXT));
  }

  /** @returns null for one that somebody else's browser, or nobody, was given, or that took too long */
  consume(request: FastifyRequest, reply: FastifyReply): SentOidcFlow | null {
    const sealed = readOidcState(request, cookieRulesOf(request, this.settings.publicUrl));
    clearOidcState(reply);
    try {
      if (sealed === null) return null;
      const { until, ...errand } = JSON.parse(this.secrets.open(sealed, CONTEXT)) as SentOidcFlow & {
        until: number;
      };
      // The browser was told to forget it then; a copy of what it kept was not.
      return until > this.clock.nowMs() ? errand : null;
    } catch {
      return null;
    }
  }
}
