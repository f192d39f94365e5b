import { Injectable } from '@nestjs/common';
import { SYSTEM } from '../../platform/auth/principal.js';
import { StaffNames } from '../../platform/auth/staff-names.js';
import { Database } from '../../platform/database/database.js';
import type { SiteId } from '../../platform/ids.js';
import { sql } from '../../platform/database/sql.js';

/** The names of a site's own moderators and of those with a role on all sites. */
@Injectable()
export class ModeratorNames extends StaffNames {
  constructor(private readonly database: Database) {
    super();
  }

  async namesFor(siteId: SiteId): Promise<readonly string[]> {
    const rows = await this.database.inSite({ siteId, principal: SYSTEM }, (tx) =>
      tx.prepared<{ name: string }>(
        'moderator-names',
        sql`SELECT name FROM moderator m
         WHERE role_everywhere IS NOT NULL
            OR EXISTS (SELECT FROM moderator_role r WHERE r.site_id = $1 AND r.moderator_id = m.id)`,
        [siteId],
      ),
    );
    return rows.map(({ name }) => name);
  }
}
