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

/** A single sign-on flow that has started, with its purpose. */
export interface PendingOidcFlow extends OidcFlow {
  /** The signed-in account to be linked to the identity; absent: a normal sign-in. */
  readonly connectTo?: { readonly moderatorId: ModeratorId; readonly session: string };
}

/** The state of a single sign-on flow, stored in the browser as an encrypted and authenticated cookie. */
@Injectable()
export class OidcState {
  constructor(
    private readonly clock: Clock,
    @Inject(SECRETS) private readonly secrets: Secrets,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  issue(request: FastifyRequest, reply: FastifyReply, flow: PendingOidcFlow): void {
    const payload = JSON.stringify({ ...flow, until: this.clock.nowMs() + OIDC_STATE_MS });
    const rules = cookieRulesOf(request, this.settings.publicUrl);
    writeOidcState(reply, rules, this.secrets.seal(payload, CONTEXT));
  }

  /** @returns null if the cookie is missing, forged or expired */
  consume(request: FastifyRequest, reply: FastifyReply): PendingOidcFlow | null {
    const sealed = readOidcState(request, cookieRulesOf(request, this.settings.publicUrl));
    clearOidcState(reply);
    try {
      if (sealed === null) return null;
      const { until, ...flow } = JSON.parse(this.secrets.open(sealed, CONTEXT)) as PendingOidcFlow & {
        until: number;
      };
      // Browsers delete an expired cookie, but a client could still send a copy of it.
      return until > this.clock.nowMs() ? flow : null;
    } catch {
      return null;
    }
  }
}
