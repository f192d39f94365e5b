import { Injectable } from '@nestjs/common';
import { Not } from 'typeorm';
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
import { ReaderEntity } from './reader.entity.js';
import type { ReaderRole } from './signed-in-reader.js';
import { saveReaderFact, lockReaderFacts } from './reader-facts.repository.js';
import { sql } from '../../platform/database/sql.js';

export interface ProfileDraft {
  readonly name: string;
  readonly picture: string | null;
  readonly role: ReaderRole;
}

const readers = (tx: Tx) => tx.manager.getRepository(ReaderEntity);

/** Reader profiles that the publisher sets through the API rather than through reader tokens. */
@Injectable()
export class ProfileService {
  constructor(
    private readonly database: Database,
    private readonly nameModeration: DisplayNameModeration,
    private readonly readers: ReaderDirectory,
    private readonly sanctionTombstones: SanctionTombstones,
    private readonly clock: Clock,
  ) {}

  async read(ctx: SiteContext, key: string): Promise<ReaderEntity> {
    const row = await this.database.inSite(ctx, (tx) => readers(tx).findOneBy({ siteId: ctx.siteId, key }));
    if (!row) throw notFound('This reader');
    return row;
  }

  put(ctx: SiteContext, site: SiteFacts, key: string, draft: ProfileDraft): Promise<ReaderEntity> {
    const now = this.clock.now();
    const publisherName = visibleText(draft.name);
    return this.database.inSite(ctx, async (tx) => {
      await lockReaderFacts(tx, ctx, key);
      const before = await readers(tx).findOneBy({ siteId: ctx.siteId, key });
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
      return readers(tx).findOneByOrFail({ siteId: ctx.siteId, key });
    });
  }

  /** Renames the readers who have the name that a member of staff or an author has just been given. */
  private async releaseName(tx: Tx, ctx: SiteContext, ownerId: ReaderId, skeleton: string): Promise<void> {
    const { siteId } = ctx;
    const others = await readers(tx).findBy({
      siteId,
      nameSkeleton: skeleton,
      id: Not(ownerId),
      role: 'reader',
    });
    for (const { id, key } of others) {
      const name = placeholderName(id);
      await readers(tx).update({ siteId, id }, { name, nameSkeleton: nameSkeleton(name) });
      await this.readers.publishChange(tx, siteId, key);
    }
  }
}
