import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../../platform/auth/principal.js';
import { SETTINGS, type Settings } from '../../platform/config/settings.js';
import { Problem } from '../../platform/http/problem.js';
import { problemOf, renderProblem } from '../../platform/http/problem.filter.js';
import type { CommentId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { DecisionService } from './decision.service.js';
import type { DecisionItem, DecisionResult } from './decisions.dto.js';
import { ModerationAccess } from './moderation-access.js';

interface ResolvedItem {
  item: DecisionItem;
  id: CommentId;
  /** A problem if the caller may not decide about the comment. */
  ctx: SiteContext | Problem;
}

/**
 * Makes several decisions in one call. Each succeeds or fails separately. Results are in the order of the request.
 */
@Injectable()
export class DecisionListService {
  constructor(
    private readonly access: ModerationAccess,
    private readonly decisions: DecisionService,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'publicUrl'>,
  ) {}

  /** @param arrivedAtMs when the request arrived: `performance.now()` of this process */
  async decide(
    caller: Principal,
    { id: requestId, arrivedAtMs }: { readonly id: string; readonly arrivedAtMs: number },
    items: readonly DecisionItem[],
  ): Promise<DecisionResult[]> {
    const resolved: ResolvedItem[] = [];
    for (const item of items) {
      const id = item.commentId.toLowerCase() as CommentId;
      resolved.push({ item, id, ctx: await this.contextOf(caller, requestId, id) });
    }
    for (const { ctx, ids } of groupBySite(resolved)) await this.decisions.lockInOrder(ctx, ids);
    const results: DecisionResult[] = [];
    for (const resolvedItem of resolved)
      results.push(await this.decideOne(requestId, arrivedAtMs, resolvedItem));
    return results;
  }

  private async contextOf(
    caller: Principal,
    requestId: string,
    id: CommentId,
  ): Promise<SiteContext | Problem> {
    try {
      return await this.access.contextOfComment(caller, requestId, id);
    } catch (error) {
      return problemOrThrow(error);
    }
  }

  private async decideOne(
    requestId: string,
    arrivedAtMs: number,
    { item, id, ctx }: ResolvedItem,
  ): Promise<DecisionResult> {
    try {
      if (ctx instanceof Problem) throw ctx;
      return await this.decisions.decide(ctx, { ...item, commentId: id }, arrivedAtMs);
    } catch (error) {
      const problem = renderProblem(problemOrThrow(error), requestId, this.settings.publicUrl);
      return { commentId: item.commentId, error: problem };
    }
  }
}

/** Groups comments by site, ordered by site id, so that all requests lock them in the same order. */
function groupBySite(resolved: readonly ResolvedItem[]): { ctx: SiteContext; ids: CommentId[] }[] {
  const sites = new Map<string, { ctx: SiteContext; ids: CommentId[] }>();
  for (const { ctx, id } of resolved) {
    if (ctx instanceof Problem) continue;
    const site = sites.get(ctx.siteId);
    if (site) site.ids.push(id);
    else sites.set(ctx.siteId, { ctx, ids: [id] });
  }
  return [...sites.values()].sort((a, b) => (a.ctx.siteId < b.ctx.siteId ? -1 : 1));
}

/** Rethrows an error that is not a `Problem`: a fault fails the whole request. */
function problemOrThrow(error: unknown): Problem {
  const problem = problemOf(error);
  if (!problem) throw error;
  return problem;
}
