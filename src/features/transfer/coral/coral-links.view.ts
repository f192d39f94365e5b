import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { SYSTEM } from '../../../platform/auth/principal.js';
import { Database } from '../../../platform/database/database.js';
import type { CommentId, SiteId } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { normalizeStoryUrl } from '../../stories/story-address.js';
import { isStoryKey, MAX_STORY_KEY_CHARS } from '../../stories/story-key.js';
import { sql } from '../../../platform/database/sql.js';

export interface CoralStory {
  readonly site: SiteId;
  readonly key: string;
  readonly url: string;
  readonly count: number;
}

const SOURCE = 'coral';
const MAX_CACHED_ORIGINS = 1_000;
const CACHE_TTL_MS = 30_000;

/**
 * Resolves the story references and permalinks of pages that were built for Coral. Such a page does not name a site. It
 * identifies a story by its ID in Coral, by its address, or by both.
 */
@Injectable()
export class CoralLinksView {
  private readonly sitesByOrigin = new LRUCache<string, SiteId[]>({
    max: MAX_CACHED_ORIGINS,
    ttl: CACHE_TTL_MS,
  });

  constructor(private readonly database: Database) {}

  /**
   * @param id the story ID that the page passes to Coral, if any
   * @returns null if no site has the origin of the address; for an unregistered story, the key that it will get
   */
  async story(url: string, id: string | null): Promise<CoralStory | null> {
    const address = normalizeStoryUrl(url);
    if (address === null) return null;
    const sites = await this.sitesOf(new URL(address).origin);
    let unregistered: CoralStory | null = null;
    for (const site of sites) {
      const story = await this.findOnSite(site, address, id);
      if (story) return story;
      unregistered ??= { site, url: address, count: 0, key: keyFor(address, id) };
    }
    return unregistered;
  }

  /** @returns null if the comment was not imported or does not appear in the thread */
  async comment(ctx: SiteContext, externalId: string): Promise<CommentId | null> {
    const [row] = await this.database.inSite(ctx, (tx) =>
      tx.query<{ id: CommentId }>(
        sql`SELECT c.id FROM external_id e JOIN comment c ON c.site_id = e.site_id AND c.id = e.id
         WHERE e.site_id = $1 AND e.kind = 'comment' AND e.source = $2 AND e.external_id = $3 AND (c.visible OR c.reply_count > 0)`,
        [ctx.siteId, SOURCE, externalId],
      ),
    );
    return row?.id ?? null;
  }

  private async findOnSite(siteId: SiteId, url: string, id: string | null): Promise<CoralStory | null> {
    const [row] = await this.database.inSite({ siteId, principal: SYSTEM }, (tx) =>
      tx.query<{ key: string; url: string; count: number }>(
        sql`SELECT s.key, s.url, s.comment_count AS count FROM (
           SELECT s.id, 1 AS rank FROM external_id e JOIN story s ON s.site_id = e.site_id AND s.id = e.id
           WHERE e.site_id = $1 AND e.kind = 'story' AND e.source = $2 AND e.external_id = $3
           UNION ALL SELECT s.id, 2 FROM story s WHERE s.site_id = $1 AND s.key = $3
           UNION ALL SELECT s.id, 3 FROM story s WHERE s.site_id = $1 AND md5(s.url) = md5($4) AND s.url = $4
         ) found JOIN story s ON s.site_id = $1 AND s.id = found.id ORDER BY found.rank, s.id LIMIT 1`,
        [siteId, SOURCE, id, url],
      ),
    );
    return row ? { site: siteId, ...row } : null;
  }

  private async sitesOf(origin: string): Promise<SiteId[]> {
    const cached = this.sitesByOrigin.get(origin);
    if (cached) return cached;
    const rows = await this.database.inSystem((tx) =>
      tx.query<{ id: SiteId }>(sql`SELECT sites_with_origin($1) AS id`, [origin]),
    );
    const sites = rows.map(({ id }) => id);
    this.sitesByOrigin.set(origin, sites);
    return sites;
  }
}

/** The page's story ID if it is a valid key; otherwise the address, or a hash of it if it is too long for a key. */
function keyFor(url: string, id: string | null): string {
  if (id !== null && isStoryKey(id)) return id;
  return url.length <= MAX_STORY_KEY_CHARS ? url : `url:${createHash('sha256').update(url).digest('hex')}`;
}
