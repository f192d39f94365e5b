import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../../platform/clock.js';
import { SECRETS, type Secrets } from '../../platform/config/secrets.js';
import { SETTINGS, type Settings } from '../../platform/config/settings.js';
import type { ModeratorId } from '../../platform/ids.js';
import type { Errand } from './newsroom-oidc.js';
import { clearErrand, ERRAND_MS, readErrand, rulesOf, writeErrand } from './session-cookie.js';

const CONTEXT = 'oidc-errand';

/** What for somebody went to the newsroom's server. */
export interface SentErrand extends Errand {
  /** Somebody who is signed in here already, and will sign in by it from now on; absent: to sign in. */
  readonly connecting?: { readonly moderatorId: ModeratorId; readonly session: string };
}

/** Errands to the newsroom's server, kept in the browser that was sent, where nobody can read or make one. */
@Injectable()
export class Errands {
  constructor(
    private readonly clock: Clock,
    @Inject(SECRETS) private readonly secrets: Secrets,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  give(request: FastifyRequest, reply: FastifyReply, errand: SentErrand): void {
    const kept = JSON.stringify({ ...errand, until: this.clock.nowMs() + ERRAND_MS });
    const rules = rulesOf(request, this.settings.publicUrl);
    writeErrand(reply, rules, this.secrets.seal(kept, CONTEXT));
  }

  /** @returns null for one that somebody else's browser, or nobody, was given, or that took too long */
  take(request: FastifyRequest, reply: FastifyReply): SentErrand | null {
    const sealed = readErrand(request, rulesOf(request, this.settings.publicUrl));
    clearErrand(reply);
    try {
      if (sealed === null) return null;
      const { until, ...errand } = JSON.parse(this.secrets.open(sealed, CONTEXT)) as SentErrand & {
        until: number;
      };
      // The browser was told to forget it then; a copy of what it kept was not.
      return until > this.clock.nowMs() ? errand : null;
    } catch {
      return null;
    }
  }
}
