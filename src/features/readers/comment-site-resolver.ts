import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { maxEntries } from '../../platform/max-entries.js';
import { Database } from '../../platform/database/database.js';
import { isUuid, type CommentId, type SiteId } from '../../platform/ids.js';

const MAX_CACHED_COMMENTS = 50_000;

/** Which site a comment belongs to, for routes that name a comment alone. A comment never moves, so this is kept. */
@Injectable()
export class CommentSiteResolver {
  private readonly cached = new LRUCache<string, SiteId>({ ...maxEntries(MAX_CACHED_COMMENTS) });

  constructor(private readonly database: Database) {}

  /** @returns null for what is no comment's id; a known comment may be gone by now */
  async findSiteId(commentId: CommentId): Promise<SiteId | null> {
    if (!isUuid(commentId)) return null;
    const id = commentId.toLowerCase();
    const known = this.cached.get(id);
    if (known) return known;
    const [row] = await this.database.inSystem((tx) =>
      tx.prepared<{ site_id: SiteId | null }>('site-of-comment', 'SELECT site_of_comment($1) AS site_id', [
        id,
      ]),
    );
    const siteId = row?.site_id ?? null;
    // Inside a transaction the comment may be one that is never committed.
    if (siteId && !this.database.isInTransaction()) this.cached.set(id, siteId);
    return siteId;
  }
}
