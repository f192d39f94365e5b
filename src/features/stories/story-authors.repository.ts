import { Injectable } from '@nestjs/common';
import { In, Not } from 'typeorm';
import type { Tx } from '../../platform/database/database.js';
import { invalid } from '../../platform/http/problem.js';
import type { SiteId, StoryId } from '../../platform/ids.js';
import { isMailAddress } from '../../platform/mail/email.js';
import { StoryAuthorEntity } from './story-author.entity.js';
import { sql } from '../../platform/database/sql.js';

export const MAX_AUTHORS = 10;

export interface StoryAuthor {
  /** In lower case. */
  readonly email: string;
  /** The author unsubscribed. The address receives no emails about any story of the site. */
  readonly stopped: boolean;
}

/**
 * Normalizes addresses for storage: lower case, without duplicates.
 *
 * @param pointer of the list in the request body
 * @throws Problem 400 for an invalid address
 */
export function parseAuthorAddresses(emails: readonly string[], pointer: string): string[] {
  const normalized = emails.map((email) => email.trim().toLowerCase());
  const faults = normalized.flatMap((email, index) =>
    isMailAddress(email)
      ? []
      : [
          {
            pointer: `${pointer}/${index}`,
            code: 'bad-address',
            message: `“${email}” is not an email address.`,
          },
        ],
  );
  if (faults.length > 0) throw invalid(faults);
  return [...new Set(normalized)];
}

/** Stores the authors of stories and which of them have unsubscribed from emails about comments. */
@Injectable()
export class StoryAuthorsRepository {
  async list(tx: Tx, siteId: SiteId, storyId: StoryId): Promise<StoryAuthor[]> {
    return tx.query<StoryAuthor>(
      sql`SELECT a.address AS email, EXISTS (
         SELECT FROM author_email_opt_out o WHERE o.site_id = a.site_id AND o.address = a.address) AS stopped
       FROM story_author a WHERE a.site_id = $1 AND a.story_id = $2 ORDER BY a.address`,
      [siteId, storyId],
    );
  }

  /** Stories without authors have no entry in the map. */
  async listByStory(tx: Tx, siteId: SiteId, storyIds: readonly StoryId[]): Promise<Map<StoryId, string[]>> {
    const rows = await tx.query<{ storyId: StoryId; addresses: string[] }>(
      sql`SELECT story_id AS "storyId", array_agg(address ORDER BY address) AS addresses FROM story_author
       WHERE site_id = $1 AND story_id = ANY ($2::uuid[]) GROUP BY story_id`,
      [siteId, storyIds],
    );
    return new Map(rows.map(({ storyId, addresses }) => [storyId, addresses]));
  }

  /** @param addresses from `parseAuthorAddresses`; authors not in the list are removed from the story */
  async set(tx: Tx, siteId: SiteId, storyId: StoryId, addresses: readonly string[]): Promise<void> {
    await tx.manager
      .getRepository(StoryAuthorEntity)
      .delete({ siteId, storyId, address: Not(In(addresses)) });
    await tx.query(
      sql`INSERT INTO story_author (site_id, story_id, address)
       SELECT $1, $2, a FROM unnest($3::text[]) AS a ON CONFLICT DO NOTHING`,
      [siteId, storyId, addresses],
    );
  }

  /** Stops emails to the address about all stories of the site. Idempotent. */
  async optOut(tx: Tx, siteId: SiteId, address: string): Promise<void> {
    await tx.query(
      sql`INSERT INTO author_email_opt_out (site_id, address) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
      [siteId, address],
    );
  }

  async optIn(tx: Tx, siteId: SiteId, address: string): Promise<void> {
    await tx.query(sql`DELETE FROM author_email_opt_out WHERE site_id = $1 AND address = $2`, [
      siteId,
      address,
    ]);
  }
}
