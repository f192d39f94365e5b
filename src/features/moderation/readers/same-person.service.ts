import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { forbidden, invalid, notFound } from '../../../platform/http/problem.js';
import { newId, type ReaderId } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { requireWholeSite } from '../../sites/publisher.guard.js';
import { deciderOf } from '../decision.service.js';
import type { PersonId } from './same-person.entity.js';
import { sql } from '../../../platform/database/sql.js';

const ACCESS_REASON = 'Links between accounts apply to the whole site';

/**
 * Links accounts of the same person. Linked accounts share one record, but a sanction of one account does not apply to
 * the others.
 */
@Injectable()
export class SamePersonService {
  constructor(private readonly database: Database) {}

  /**
   * Links two accounts and all accounts that are already linked with either of them.
   * @throws Problem 404, 400 for the same account, 403 for the caller's own, or if the caller is limited to sections
   */
  link(ctx: SiteContext, readerId: ReaderId, otherId: ReaderId): Promise<void> {
    requireWholeSite(ctx, ACCESS_REASON);
    if (readerId === otherId)
      throw invalid([
        {
          pointer: '/readerId',
          code: 'same-account',
          message: 'An account cannot be linked to itself. Choose another one.',
        },
      ]);
    const { moderatorId } = deciderOf(ctx.principal);
    return this.database.inSite(ctx, async (tx) => {
      const readers = await tx.query<{ id: ReaderId; isOwn: boolean }>(
        sql`SELECT id, $3::uuid IS NOT NULL AND is_own_reader(site_id, id, $3) AS "isOwn" FROM reader
         WHERE site_id = $1 AND id = ANY ($2::uuid[]) ORDER BY id FOR NO KEY UPDATE`,
        [ctx.siteId, [readerId, otherId], moderatorId],
      );
      if (readers.length < 2) throw notFound('This reader');
      if (readers.some(({ isOwn }) => isOwn))
        throw forbidden(
          'own-account',
          'One of these readers is you, so somebody else must link or unlink them.',
        );
      const [{ persons }] = await tx.query<{ persons: PersonId[] }>(
        sql`SELECT coalesce(array_agg(DISTINCT person_id), '{}') AS persons FROM same_person
         WHERE site_id = $1 AND reader_id = ANY ($2::uuid[])`,
        [ctx.siteId, [readerId, otherId]],
      );
      const person = persons[0] ?? newId<'person'>();
      await tx.query(
        sql`UPDATE same_person SET person_id = $2 WHERE site_id = $1 AND person_id = ANY ($3::uuid[])`,
        [ctx.siteId, person, persons],
      );
      await tx.query(
        sql`INSERT INTO same_person (site_id, reader_id, person_id)
         SELECT $1, id, $3 FROM unnest($2::uuid[]) id ON CONFLICT (site_id, reader_id) DO NOTHING`,
        [ctx.siteId, [readerId, otherId], person],
      );
    });
  }

  /** Unlinks one account; the others stay linked. Does nothing if it is not linked. */
  unlink(ctx: SiteContext, id: ReaderId): Promise<void> {
    requireWholeSite(ctx, ACCESS_REASON);
    return this.database.inSite(ctx, async (tx) => {
      const [unlinked] = await tx.query<{ person: PersonId }>(
        sql`DELETE FROM same_person WHERE site_id = $1 AND reader_id = $2 RETURNING person_id AS person`,
        [ctx.siteId, id],
      );
      if (!unlinked) return;
      // A group with only one account is dissolved.
      await tx.query(
        sql`DELETE FROM same_person p WHERE p.site_id = $1 AND p.person_id = $2
           AND (SELECT count(*) FROM same_person o WHERE o.site_id = $1 AND o.person_id = $2) = 1`,
        [ctx.siteId, unlinked.person],
      );
    });
  }
}
