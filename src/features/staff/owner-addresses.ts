import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/database.js';
import type { ModeratorId, SiteId } from '../../platform/ids.js';
import { systemContext } from '../../platform/tenancy/site-context.js';
import { TeamRepository } from './team.repository.js';

export interface Owner {
  readonly id: ModeratorId;
  readonly email: string;
}

/**
 * The recipients of emails about a site itself: its owners and admins who have joined and have an email address.
 */
@Injectable()
export class OwnerAddresses {
  constructor(private readonly team: TeamRepository) {}

  /** Must be called in the site's context. */
  async listOwners(tx: Tx, siteId: SiteId): Promise<Owner[]> {
    const members = await this.team.list(tx, systemContext(siteId, 'owner-addresses'));
    return members.flatMap(({ id, email, role, joinedAt }) =>
      email !== null && joinedAt !== null && (role === 'owner' || role === 'admin') ? [{ id, email }] : [],
    );
  }
}
