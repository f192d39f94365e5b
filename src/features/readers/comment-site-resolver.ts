import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { maxEntries } from '../../platform/max-entries.js';
import { Database } from '../../platform/database/database.js';
import { isUuid, type CommentId, type SiteId } from '../../platform/ids.js';
import { sql } from '../../platform/database/sql.js';

const MAX_CACHED_COMMENTS = 50_000;

/**
 * Finds the site of a comment, for routes that identify only the comment. Comments never move between sites, so the
 * result is cached.
 */
@Injectable()
export class CommentSiteResolver {
  private readonly cached = new LRUCache<string, SiteId>({ ...maxEntries(MAX_CACHED_COMMENTS) });

  constructor(private readonly database: Database) {}

  /**
   * @returns null if no comment has this id; for a comment that was deleted after it was cached, still its site
   */
  async findSiteId(commentId: CommentId): Promise<SiteId | null> {
    if (!isUuid(commentId)) return null;
    const id = commentId.toLowerCase();
    const cachedSiteId = this.cached.get(id);
    if (cachedSiteId) return cachedSiteId;
    const [row] = await this.database.inSystem((tx) =>
      tx.prepared<{ site_id: SiteId | null }>('site-of-comment', sql`SELECT site_of_comment($1) AS site_id`, [
        id,
      ]),
    );
    const siteId = row?.site_id ?? null;
    // Inside a transaction, the comment might never be committed.
    if (siteId && !this.database.isInTransaction()) this.cached.set(id, siteId);
    return siteId;
  }
}
