import { Injectable } from '@nestjs/common';
import { sectionsOn, type Principal } from '../../platform/auth/principal.js';
import { Database } from '../../platform/database/database.js';
import { notFound } from '../../platform/http/problem.js';
import { isUuid, type CommentId, type SiteId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { CommentEntity } from '../comments/comment.entity.js';
import { CommentSiteResolver } from '../readers/comment-site-resolver.js';
import { siteAccess, sitesWithScope, type PublisherPrincipal } from '../sites/publisher-access.js';
import { scopeProblem, secondFactorRequired } from '../sites/publisher.guard.js';
import { StoryEntity } from '../stories/story.entity.js';
import { BrigadeEntity } from './brigades/brigade.entity.js';
import { BulkDecisionEntity } from './bulk-decision.entity.js';
import { DecisionEntity } from './decision.entity.js';
import { sql } from '../../platform/database/sql.js';

/** Whether the request decides something or only reads. */
type Purpose = 'moderation' | 'moderation-read';

const ENTITIES = {
  comment: CommentEntity,
  decision: DecisionEntity,
  story: StoryEntity,
  brigade: BrigadeEntity,
  bulkDecision: BulkDecisionEntity,
} as const;

const NAMES: Readonly<Record<keyof typeof ENTITIES, string>> = {
  comment: 'This comment',
  decision: 'This decision',
  story: 'This story',
  brigade: 'This group',
  bulkDecision: 'This decision',
};

const SITE_OF = {
  decision: sql`SELECT site_of_decision($1) AS "siteId"`,
  reader: sql`SELECT site_of_reader($1) AS "siteId"`,
  story: sql`SELECT site_of_story($1) AS "siteId"`,
  bulkDecision: sql`SELECT site_of_bulk_decision($1) AS "siteId"`,
  brigade: sql`SELECT site_of_brigade($1) AS "siteId"`,
  savedQueue: sql`SELECT site_of_saved_queue($1) AS "siteId"`,
} as const;

// Each site needs its own query, because row-level security shows one site at a time.
const MAX_SITES = 200;

/**
 * Finds the site that a request is about and checks the caller's access. A site that the caller may not see is a 404.
 */
@Injectable()
export class ModerationAccess {
  constructor(
    private readonly database: Database,
    private readonly comments: CommentSiteResolver,
  ) {}

  /**
   * Checks read access to a site and returns its id.
   * @throws Problem 404, or 403 for a site where the caller has only other permissions
   */
  async site(principal: Principal, siteId: string): Promise<SiteId> {
    const [site] = isUuid(siteId) ? await this.existingSites([siteId as SiteId]) : [];
    if (!site) throw notFound('This site');
    this.check(principal, site, 'This site', 'moderation-read');
    return site;
  }

  /** Returns every site whose queue the caller may read, or only the requested one. */
  async sites(principal: Principal, requestedId: string | undefined): Promise<SiteId[]> {
    if (requestedId !== undefined) return [await this.site(principal, requestedId)];
    return this.existingSites(sitesWithScope(principal as PublisherPrincipal, 'moderation-read'));
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
    const siteId = await this.findSite('decision', id);
    return this.requireVisible('decision', id, this.context(principal, requestId, siteId, 'This decision'));
  }

  async contextOfReader(
    principal: Principal,
    requestId: string,
    id: string,
    purpose: Purpose = 'moderation',
  ): Promise<SiteContext> {
    const siteId = await this.findSite('reader', id);
    return this.context(principal, requestId, siteId, 'This reader', purpose);
  }

  async contextOfStory(
    principal: Principal,
    requestId: string,
    id: string,
    purpose: Purpose = 'moderation',
  ): Promise<SiteContext> {
    const siteId = await this.findSite('story', id);
    return this.requireVisible(
      'story',
      id,
      this.context(principal, requestId, siteId, 'This story', purpose),
    );
  }

  async contextOfBrigade(
    principal: Principal,
    requestId: string,
    id: string,
    purpose: Purpose = 'moderation',
  ): Promise<SiteContext> {
    const siteId = await this.findSite('brigade', id);
    return this.requireVisible(
      'brigade',
      id,
      this.context(principal, requestId, siteId, 'This group', purpose),
    );
  }

  async contextOfBulkDecision(principal: Principal, requestId: string, id: string): Promise<SiteContext> {
    const siteId = await this.findSite('bulkDecision', id);
    return this.requireVisible(
      'bulkDecision',
      id,
      this.context(principal, requestId, siteId, 'This decision'),
    );
  }

  async contextOfSavedQueue(principal: Principal, requestId: string, id: string): Promise<SiteContext> {
    const siteId = await this.findSite('savedQueue', id);
    return this.context(principal, requestId, siteId, 'This queue');
  }

  /** Checks permission to decide on one site. */
  async contextOfSite(principal: Principal, requestId: string, id: string): Promise<SiteContext> {
    const [siteId] = isUuid(id) ? await this.existingSites([id as SiteId]) : [];
    return this.context(principal, requestId, siteId ?? null, 'This site');
  }

  private context(
    principal: Principal,
    requestId: string,
    siteId: SiteId | null,
    subject: string,
    purpose: Purpose = 'moderation',
  ): SiteContext {
    if (!siteId) throw notFound(subject);
    this.check(principal, siteId, subject, purpose);
    return { siteId, principal, requestId };
  }

  /**
   * Checks that a caller who is limited to sections may see the row. The SQL functions that find an object's site
   * ignore sections.
   */
  private async requireVisible(
    kind: keyof typeof ENTITIES,
    id: string,
    ctx: SiteContext,
  ): Promise<SiteContext> {
    if (sectionsOn(ctx.principal, ctx.siteId) === null) return ctx;
    const isVisible = await this.database.inSite(ctx, (tx) =>
      tx.manager
        .getRepository<{ siteId: SiteId; id: string }>(ENTITIES[kind])
        .existsBy({ siteId: ctx.siteId, id }),
    );
    if (!isVisible) throw notFound(NAMES[kind]);
    return ctx;
  }

  private check(principal: Principal, siteId: SiteId, subject: string, purpose: Purpose): void {
    const access = siteAccess(principal as PublisherPrincipal, purpose, siteId);
    if (access === 'hidden') throw notFound(subject);
    if (access === 'needs-second-factor') throw secondFactorRequired();
    if (access === 'refused') throw scopeProblem(principal as PublisherPrincipal, purpose);
  }

  /** @param ids the sites to look up; null: all sites, up to `MAX_SITES` */
  private existingSites(ids: readonly SiteId[] | null): Promise<SiteId[]> {
    return this.database.inSystem(async (tx) => {
      const rows = await tx.query<{ id: SiteId }>(sql`SELECT id FROM list_sites(NULL, $1, $2::uuid[])`, [
        MAX_SITES,
        ids,
      ]);
      return rows.map(({ id }) => id);
    });
  }

  private async findSite(kind: keyof typeof SITE_OF, id: string): Promise<SiteId | null> {
    if (!isUuid(id)) return null;
    const [row] = await this.database.inSystem((tx) =>
      tx.query<{ siteId: SiteId | null }>(SITE_OF[kind], [id]),
    );
    return row?.siteId ?? null;
  }
}
