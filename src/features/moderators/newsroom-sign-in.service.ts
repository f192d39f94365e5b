import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { SETTINGS, type Settings } from '../../platform/config/settings.js';
import { Database, type Tx } from '../../platform/database/database.js';
import type { ModeratorId } from '../../platform/ids.js';
import { ModeratorRepository } from './moderator.repository.js';
import type { Identity } from './newsroom-oidc.js';
import { hashToken, newToken } from './session-token.js';

// From the redirect to the page that exchanges it.
const LINK_MS = 60_000;

/** From who the newsroom's server says somebody is, to an account that was invited here. Nobody gets one by it. */
@Injectable()
export class NewsroomSignIn {
  constructor(
    private readonly database: Database,
    private readonly moderators: ModeratorRepository,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'publicUrl'>,
  ) {}

  /**
   * A one-time link for the account: the session is opened as by any other, which asks for the account's own second
   * factor, where it has one and the newsroom's server did not ask for one itself.
   *
   * @returns null for somebody who has no role on any site
   */
  linkFor(identity: Identity): Promise<string | null> {
    return this.database.inSystem(async (tx) => {
      const moderatorId = await this.accountOf(tx, identity);
      if (!moderatorId) return null;
      const token = newToken();
      await this.moderators.addLink(tx, {
        tokenHash: hashToken(token),
        moderatorId,
        expiresAt: new Date(this.clock.nowMs() + LINK_MS),
        printedAtStart: false,
        proven: identity.isProven,
      });
      // In the fragment, so that it is in no server's log.
      return `${this.settings.publicUrl}/console/sign-in#${token}`;
    });
  }

  /**
   * The first time by the address that the server vouches for, from then on by the server's own word for the person:
   * an address may pass on to somebody else.
   */
  private async accountOf(tx: Tx, { issuer, subject, email }: Identity): Promise<ModeratorId | null> {
    const known = await this.moderators.byIdentity(tx, issuer, subject);
    const id = known ?? (email === null ? null : ((await this.moderators.byEmail(tx, email))?.id ?? null));
    if (!id || !(await this.moderators.hasRole(tx, id))) return null;
    if (known) return id;
    return (await this.moderators.bindIdentity(tx, { issuer, subject, id, at: this.clock.now() }))
      ? id
      : null;
  }
}
