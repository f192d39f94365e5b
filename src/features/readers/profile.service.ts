import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { notFound } from '../../platform/http/problem.js';
import { newId, type ReaderId } from '../../platform/ids.js';
import { visibleText } from '../../platform/visible-text.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import type { SiteFacts } from '../sites/site-facts.js';
import { nameSkeleton, placeholderName } from './display-name.js';
import { SanctionTombstones } from './sanction-tombstones.js';
import { DisplayNameModeration } from './display-name-moderation.js';
import { ReaderDirectory } from './reader-directory.js';
import type { ReaderRole } from './signed-in-reader.js';
import { saveReaderFact, lockReaderFacts } from './reader-facts.repository.js';
import { composeSql, sql } from '../../platform/database/sql.js';

export interface ProfileRow {
  id: ReaderId;
  key: string;
  name: string;
  picture: string | null;
  role: ReaderRole;
  standing: string;
  standing_until: Date | null;
  created_at: Date;
  seen_at: Date;
}

export interface ProfileDraft {
  readonly name: string;
  readonly picture: string | null;
  readonly role: ReaderRole;
}

const COLUMNS = composeSql`id, key, name, picture, role, standing, standing_until, created_at, seen_at`;

export const ROW_READER = composeSql`SELECT ${COLUMNS} FROM reader WHERE site_id = $1 AND key = $2`;

/** Reader profiles set by the publisher through the API, independently of reader tokens. */
@Injectable()
export class ProfileService {
  constructor(
    private readonly database: Database,
    private readonly nameModeration: DisplayNameModeration,
    private readonly readers: ReaderDirectory,
    private readonly sanctionTombstones: SanctionTombstones,
    private readonly clock: Clock,
  ) {}

  async read(ctx: SiteContext, key: string): Promise<ProfileRow> {
    const row = await this.database.inSite(ctx, (tx) => this.row(tx, ctx, key));
    if (!row) throw notFound('This reader');
    return row;
  }

  put(ctx: SiteContext, site: SiteFacts, key: string, draft: ProfileDraft): Promise<ProfileRow> {
    const now = this.clock.now();
    const publisherName = visibleText(draft.name);
    return this.database.inSite(ctx, async (tx) => {
      await lockReaderFacts(tx, ctx, key);
      const before = await this.row(tx, ctx, key);
      const id = before?.id ?? newId<'reader'>(now.getTime());
      const { name, skeleton } = await this.nameModeration.chooseName(
        tx,
        site,
        { id, role: draft.role },
        publisherName,
      );
      const [stored] = await tx.query<{ id: ReaderId }>(
        sql`INSERT INTO reader (site_id, id, key, name, name_skeleton, name_from_publisher, picture, role, created_at, seen_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
         ON CONFLICT (site_id, key) DO UPDATE SET name = excluded.name, name_skeleton = excluded.name_skeleton,
           name_from_publisher = excluded.name_from_publisher, picture = excluded.picture, role = excluded.role
         RETURNING id`,
        [ctx.siteId, id, key, name, skeleton, publisherName, draft.picture, draft.role, now],
      );
      if (!before) await this.sanctionTombstones.restore(tx, ctx, stored.id, key);
      const origin = { source: 'api', reportedAt: now, sequence: null, messageId: null };
      await saveReaderFact(tx, ctx, key, 'profile', origin, now);
      await this.readers.publishChange(tx, ctx.siteId, key);
      if (draft.role !== 'reader') await this.releaseName(tx, ctx, id, skeleton);
      return (await this.row(tx, ctx, key))!;
    });
  }

  /** Renames readers who already had this name before a staff member or author took it. */
  private async releaseName(tx: Tx, ctx: SiteContext, ownerId: ReaderId, skeleton: string): Promise<void> {
    const others = await tx.query<{ id: ReaderId; key: string }>(
      sql`SELECT id, key FROM reader WHERE site_id = $1 AND name_skeleton = $2 AND id <> $3 AND role = 'reader'`,
      [ctx.siteId, skeleton, ownerId],
    );
    for (const { id, key } of others) {
      const name = placeholderName(id);
      await tx.query(sql`UPDATE reader SET name = $3, name_skeleton = $4 WHERE site_id = $1 AND id = $2`, [
        ctx.siteId,
        id,
        name,
        nameSkeleton(name),
      ]);
      await this.readers.publishChange(tx, ctx.siteId, key);
    }
  }

  private async row(tx: Tx, ctx: SiteContext, key: string): Promise<ProfileRow | null> {
    const [row] = await tx.query<ProfileRow>(ROW_READER, [ctx.siteId, key]);
    return row ?? null;
  }
}
