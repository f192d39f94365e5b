import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import type { Tx } from '../../platform/database/database.js';
import { newId, type ReaderId } from '../../platform/ids.js';
import type { SiteFacts } from '../sites/site-facts.js';
import { nameSkeleton } from './display-name.js';
import { ReaderDirectory } from './reader-directory.js';
import { PUBLICATION_KEY } from './reader-key.js';
import { sql } from '../../platform/database/sql.js';

/** The publication as the author of a comment. */
export interface Publication {
  readonly id: ReaderId;
  readonly key: string;
  readonly name: string;
}

/** The site's own reader account, under whose name staff reply. Nobody can sign in to it. */
@Injectable()
export class PublicationAccountService {
  constructor(
    private readonly readers: ReaderDirectory,
    private readonly clock: Clock,
  ) {}

  /** Creates the account if it does not exist, and updates its name to that of the site. */
  async ensure(tx: Tx, site: SiteFacts): Promise<Publication> {
    const now = this.clock.now();
    const [row] = await tx.query<{ id: ReaderId; previousName: string | null }>(
      sql`WITH before AS (SELECT name FROM reader WHERE site_id = $1 AND key = $3)
       INSERT INTO reader (site_id, id, key, name, name_skeleton, name_from_publisher, role, standing, created_at, seen_at)
       VALUES ($1, $2, $3, $4, $5, $4, 'staff', 'trusted', $6, $6)
       ON CONFLICT (site_id, key) DO UPDATE SET name = excluded.name, name_skeleton = excluded.name_skeleton,
         name_from_publisher = excluded.name_from_publisher, seen_at = excluded.seen_at
       RETURNING id, (SELECT name FROM before) AS "previousName"`,
      [site.id, newId<'reader'>(now.getTime()), PUBLICATION_KEY, site.name, nameSkeleton(site.name), now],
    );
    if (row.previousName !== null && row.previousName !== site.name)
      await this.readers.publishChange(tx, site.id, PUBLICATION_KEY);
    return { id: row.id, key: PUBLICATION_KEY, name: site.name };
  }
}
