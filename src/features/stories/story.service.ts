import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { Cursors, type Page } from '../../platform/http/cursor.js';
import { invalid, notFound } from '../../platform/http/problem.js';
import type { Tx } from '../../platform/database/database.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { findStoryPolicyFaults } from '../sites/parse-policy.js';
import { mergePolicy, type PartialPolicy } from '../sites/policy.js';
import { checkTierNames } from '../sites/policy.service.js';
import type { SiteFacts } from '../sites/site-facts.js';
import { parseAuthorAddresses, StoryAuthorsRepository } from './story-authors.repository.js';
import { checkStoryKey } from './story-key.js';
import { StoryRepository, type StoryDraft, type StoryRow } from './story.repository.js';
import { sql } from '../../platform/database/sql.js';

const CURSOR_SCOPE = 'stories';

/** A story with the email addresses of its authors, who are notified of comments. */
export interface StoryWithAuthors {
  readonly row: StoryRow;
  readonly authorEmails: readonly string[];
}

/** Registers and reads stories on behalf of the publisher. */
@Injectable()
export class StoryService {
  constructor(
    private readonly database: Database,
    private readonly stories: StoryRepository,
    private readonly authors: StoryAuthorsRepository,
    private readonly cursors: Cursors,
    private readonly clock: Clock,
  ) {}

  /**
   * @param draft `authorEmails` null: unchanged
   * @throws Problem 400 for a policy that contradicts the site's or names a tier that the site does not have, and for
   *   an invalid email address
   */
  put(
    ctx: SiteContext,
    site: SiteFacts,
    draft: StoryDraft & { policy: PartialPolicy | null; authorEmails: readonly string[] | null },
  ): Promise<StoryWithAuthors> {
    checkStoryKey(draft.key);
    // Like a site's policy, it is stored without the settings that the request leaves out.
    const policy = draft.policy && mergePolicy({}, draft.policy);
    const faults = policy ? findStoryPolicyFaults(site.policy, policy) : [];
    if (faults.length > 0) {
      throw invalid(faults.map((fault) => ({ ...fault, pointer: `/policy${fault.pointer}` })));
    }
    const addresses = draft.authorEmails && parseAuthorAddresses(draft.authorEmails, '/authorEmails');
    return this.database.inSite(ctx, async (tx) => {
      if (policy) {
        // Locks the site's row so that no tier can be removed while a story starts to refer to it.
        await tx.query(sql`SELECT 1 FROM site WHERE id = $1 FOR SHARE`, [ctx.siteId]);
        await checkTierNames(tx, ctx, policy, '/policy');
      }
      const now = this.clock.now();
      const row = await this.stories.put(tx, ctx, { ...draft, policy }, now);
      if (addresses) await this.authors.set(tx, ctx.siteId, row.id, addresses);
      return (await this.withAuthors(tx, ctx, [row]))[0];
    });
  }

  async read(ctx: SiteContext, key: string): Promise<StoryWithAuthors> {
    checkStoryKey(key);
    return this.database.inSite(ctx, async (tx) => {
      const row = await this.stories.rowByKey(tx, ctx, key);
      if (!row) throw notFound('This story');
      return (await this.withAuthors(tx, ctx, [row]))[0];
    });
  }

  /** Newest first. */
  async list(ctx: SiteContext, cursor: string | undefined, limit: number): Promise<Page<StoryWithAuthors>> {
    const [before] = this.cursors.read(CURSOR_SCOPE, cursor) ?? [null];
    const rows = await this.database.inSite(ctx, async (tx) =>
      this.withAuthors(tx, ctx, await this.stories.list(tx, ctx, before as string | null, limit + 1)),
    );
    return this.cursors.page(
      rows,
      limit,
      CURSOR_SCOPE,
      ({ row }) => [row.id],
      (story) => story,
    );
  }

  private async withAuthors(
    tx: Tx,
    ctx: SiteContext,
    rows: readonly StoryRow[],
  ): Promise<StoryWithAuthors[]> {
    const authorsByStory = await this.authors.listByStory(
      tx,
      ctx.siteId,
      rows.map(({ id }) => id),
    );
    return rows.map((row) => ({ row, authorEmails: authorsByStory.get(row.id) ?? [] }));
  }
}
