import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import type { Tx } from '../../platform/database/database.js';
import { newId, type CommentId } from '../../platform/ids.js';
import { Metrics } from '../../platform/observability/metrics.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { CommentTransitions } from '../comments/comment-transitions.js';
import type { CommentStatus } from '../comments/comment-status.js';
import {
  DecisionPort,
  type RevisionRef,
  type ScoredRevision,
  type DecisionPortResult,
} from '../scoring/decision-port.js';
import { SiteSettings } from '../sites/site-settings.js';
import { chooseVerdict, riskOf, SELF_HARM_RISK, type Verdict } from './decision-rules.js';
import { BrigadeDetectionService } from './brigades/brigade-detection.service.js';
import { ShadowService } from './policy-simulation/shadow.service.js';
import { DecisionRepository } from './decision.repository.js';

const STATUS: Record<Verdict['action'], CommentStatus> = {
  publish: 'published',
  hold: 'held',
  reject: 'rejected',
};

/** A rule's verdict about one revision. */
export interface RuleVerdict {
  readonly commentId: CommentId;
  readonly revision: number;
  readonly action: Verdict['action'];
  readonly rule: { readonly key: string; readonly text: string };
  readonly from: 'pending' | 'published';
  readonly cause: 'scored' | 'flagged';
  readonly policyVersion: number;
  readonly risk?: number;
  readonly language?: string;
}

const FAILED = { key: 'scoring-failed', text: 'held: scoring failed' } as const;
// Risk of a comment without scores: the same as if a score had just reached its hold threshold.
const FAILED_RISK = 1;
const BRIGADE_RISK = 1;

/** Applies decisions by rules. Changes statuses through CommentTransitions. */
@Injectable()
export class RuleDecisionsService extends DecisionPort {
  private readonly counter;

  constructor(
    private readonly transitions: CommentTransitions,
    private readonly decisions: DecisionRepository,
    private readonly brigades: BrigadeDetectionService,
    private readonly sites: SiteSettings,
    private readonly clock: Clock,
    private readonly shadows: ShadowService,
    metrics: Metrics,
  ) {
    super();
    this.counter = metrics.counter('postbag_decisions_total', 'Decisions by decider, action and rule.', [
      'by',
      'action',
      'rule',
    ]);
  }

  override async decide(tx: Tx, ctx: SiteContext, scored: ScoredRevision): Promise<DecisionPortResult> {
    const { commentId, revision, scores, standing, policy, policyVersion } = scored;
    const facts = { ...scored, brigading: await this.brigades.detect(tx, ctx, scored) };
    const verdict = chooseVerdict(scores, standing, policy, facts);
    const { action, rule } = verdict;
    const risk = scored.announcesSelfHarm
      ? SELF_HARM_RISK
      : Math.max(riskOf(scores, policy, scored.external), facts.brigading.length > 0 ? BRIGADE_RISK : 0);
    const result = await this.apply(tx, ctx, {
      commentId,
      revision,
      action,
      rule,
      from: 'pending',
      cause: 'scored',
      policyVersion,
      risk,
      ...(scored.language === null ? {} : { language: scored.language }),
    });
    if (result === 'decided') await this.shadows.record(tx, ctx, facts, verdict);
    return result;
  }

  override async holdAfterFailure(
    tx: Tx,
    ctx: SiteContext,
    { commentId, revision }: RevisionRef,
  ): Promise<DecisionPortResult> {
    const site = await this.sites.find(ctx.siteId);
    if (!site) return 'late';
    return this.apply(tx, ctx, {
      commentId,
      revision,
      action: 'hold',
      rule: FAILED,
      from: 'pending',
      cause: 'scored',
      policyVersion: site.policyVersion,
      risk: FAILED_RISK,
    });
  }

  /**
   * Applies a verdict if the comment still has the status and the revision that the rule saw. The lock of CommentTransitions
   * serialises concurrent changes.
   */
  async apply(tx: Tx, ctx: SiteContext, verdict: RuleVerdict): Promise<DecisionPortResult> {
    const { commentId, revision, action, rule, from, cause, risk, language, policyVersion } = verdict;
    const id = newId<'decision'>();
    const to = STATUS[action];
    const result = await this.transitions.apply(tx, ctx, {
      commentId,
      expect: { status: [from], revision },
      to,
      cause,
      decision: { id, by: 'rule', rule: rule.key },
      ...(risk === undefined ? {} : { risk }),
      ...(language === undefined ? {} : { language }),
    });
    if (!result.ok) return 'late';
    this.decisions.insert(tx, ctx, {
      id,
      commentId,
      revision,
      action,
      rule,
      from,
      to,
      policyVersion,
      createdAt: this.clock.now(),
    });
    tx.afterCommit(() => this.counter.inc({ by: 'rule', action, rule: rule.key }));
    return 'decided';
  }
}
