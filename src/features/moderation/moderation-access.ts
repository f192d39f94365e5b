import { Injectable } from '@nestjs/common';
import { sectionsOn, type Principal } from '../../platform/auth/principal.js';
import { Database } from '../../platform/database/database.js';
import { notFound } from '../../platform/http/problem.js';
import { isUuid, type CommentId, type SiteId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { CommentSiteResolver } from '../readers/comment-site-resolver.js';
import { siteAccess, sitesWithScope, type PublisherPrincipal } from '../sites/publisher-access.js';
import { scopeProblem, secondFactorRequired } from '../sites/publisher.guard.js';
import { composeSql, sql } from '../../platform/database/sql.js';

/** To decide, or only to read. */
type Purpose = 'moderation' | 'moderation-read';

const NAMES = {
  comment: 'This comment',
  decision: 'This decision',
  story: 'This story',
  bulk_decision: 'This decision',
} as const;

// Row-level security shows one site at a time, and nobody needs a list over more sites than this.
const MAX_SITES = 200;

/** Resolves the sites that a moderator's call is about and checks access. Sites without access are not found. */
@Injectable()
export class ModerationAccess {
  constructor(
    private readonly database: Database,
    private readonly comments: CommentSiteResolver,
  ) {}

  /**
   * Checks read access to a site.
   * @throws Problem 404, or 403 for a site where the caller has only other permissions
   */
  async site(principal: Principal, siteId: string): Promise<SiteId> {
    const [site] = isUuid(siteId) ? await this.existing([siteId as SiteId]) : [];
    if (!site) throw notFound('This site');
    this.check(principal, site, 'This site', 'moderation-read');
    return site;
  }

  /** Returns every site whose queue the caller may read, or only the requested one. */
  async sites(principal: Principal, wanted: string | undefined): Promise<SiteId[]> {
    if (wanted !== undefined) return [await this.site(principal, wanted)];
    return this.existing(sitesWithScope(principal as PublisherPrincipal, 'moderation-read'));
  }

  async contextOfComment(
    principal: Principal,
    requestId: string,
    commentId: string,
    purpose: Purpose = 'moderation',
  ): Promise<SiteContext> {
    const siteId = await this.comments.findSiteId(commentId as CommentId);
    return this.requireVisible(
      'comment',
      commentId,
      this.context(principal, requestId, siteId, 'This comment', purpose),
    );
  }

  async contextOfDecision(principal: Principal, requestId: string, id: string): Promise<SiteContext> {
    const siteId = isUuid(id) ? await this.findSite('site_of_decision', id) : null;
    return this.requireVisible('decision', id, this.context(principal, requestId, siteId, 'This decision'));
  }

  async contextOfReader(
    principal: Principal,
    requestId: string,
    id: string,
    purpose: Purpose = 'moderation',
  ): Promise<SiteContext> {
    const siteId = isUuid(id) ? await this.findSite('site_of_reader', id) : null;
    return this.context(principal, requestId, siteId, 'This reader', purpose);
  }

  async contextOfStory(
    principal: Principal,
    requestId: string,
    id: string,
    purpose: Purpose = 'moderation',
  ): Promise<SiteContext> {
    const siteId = isUuid(id) ? await this.findSite('site_of_story', id) : null;
    return this.requireVisible(
      'story',
      id,
      this.context(principal, requestId, siteId, 'This story', purpose),
    );
  }

  async contextOfBulkDecision(principal: Principal, requestId: string, id: string): Promise<SiteContext> {
    const siteId = isUuid(id) ? await this.findSite('site_of_bulk_decision', id) : null;
    return this.requireVisible(
      'bulk_decision',
      id,
      this.context(principal, requestId, siteId, 'This decision'),
    );
  }

  async contextOfSavedQueue(principal: Principal, requestId: string, id: string): Promise<SiteContext> {
    const siteId = isUuid(id) ? await this.findSite('site_of_saved_queue', id) : null;
    return this.context(principal, requestId, siteId, 'This queue');
  }

  /** Checks permission to decide on one site. */
  async contextOfSite(principal: Principal, requestId: string, id: string): Promise<SiteContext> {
    const [siteId] = isUuid(id) ? await this.existing([id as SiteId]) : [];
    return this.context(principal, requestId, siteId ?? null, 'This site');
  }

  private context(
    principal: Principal,
    requestId: string,
    siteId: SiteId | null,
    what: string,
    purpose: Purpose = 'moderation',
  ): SiteContext {
    if (!siteId) throw notFound(what);
    this.check(principal, siteId, what, purpose);
    return { siteId, principal, requestId };
  }

  /**
   * The SQL functions that find an object's site ignore sections. For a caller limited to sections, check the row
   * itself.
   */
  private async requireVisible(
    table: 'comment' | 'decision' | 'story' | 'bulk_decision',
    id: string,
    ctx: SiteContext,
  ): Promise<SiteContext> {
    if (sectionsOn(ctx.principal, ctx.siteId) === null) return ctx;
    const rows = await this.database.inSite(ctx, (tx) =>
      tx.query(composeSql`SELECT 1 FROM ${table} WHERE site_id = $1 AND id = $2`, [ctx.siteId, id]),
    );
    if (rows.length === 0) throw notFound(NAMES[table]);
    return ctx;
  }

  private check(principal: Principal, siteId: SiteId, what: string, purpose: Purpose): void {
    const access = siteAccess(principal as PublisherPrincipal, purpose, siteId);
    if (access === 'hidden') throw notFound(what);
    if (access === 'closed') throw secondFactorRequired();
    if (access === 'refused') throw scopeProblem(principal as PublisherPrincipal, purpose);
  }

  private existing(only: readonly SiteId[] | null): Promise<SiteId[]> {
    return this.database.inSystem(async (tx) => {
      const rows = await tx.query<{ id: SiteId }>(sql`SELECT id FROM list_sites(NULL, $1, $2::uuid[])`, [
        MAX_SITES,
        only,
      ]);
      return rows.map(({ id }) => id);
    });
  }

  private async findSite(
    fn:
      | 'site_of_story'
      | 'site_of_decision'
      | 'site_of_reader'
      | 'site_of_bulk_decision'
      | 'site_of_saved_queue',
    id: string,
  ): Promise<SiteId | null> {
    const [row] = await this.database.inSystem((tx) =>
      tx.query<{ siteId: SiteId | null }>(composeSql`SELECT ${fn}($1) AS "siteId"`, [id]),
    );
    return row?.siteId ?? null;
  }
}
