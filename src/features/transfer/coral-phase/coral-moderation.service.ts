import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Readable } from 'node:stream';
import { Injectable, Logger } from '@nestjs/common';
import { ANONYMOUS } from '../../../platform/auth/principal.js';
import { Clock } from '../../../platform/clock.js';
import { activeSecrets } from '../../../platform/config/secret-versions.js';
import { malformed, notFound, Problem, unauthorized } from '../../../platform/http/problem.js';
import { newId } from '../../../platform/ids.js';
import { withTimeout } from '../../../platform/jobs/with-timeout.js';
import { Limits } from '../../../platform/limits/limits.js';
import { Metrics } from '../../../platform/observability/metrics.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { isBlank } from '../../../platform/visible-text.js';
import { MAX_BODY_BYTES, tidyBody } from '../../comments/body.js';
import { fingerprint } from '../../comments/fingerprint.js';
import type { BillingWebhookRequest } from '../../entitlements/billing/billing-provider.js';
import { chooseVerdict } from '../../moderation/decision-rules.js';
import { ExternalScoringService } from '../../scoring/external/external-scoring.service.js';
import type { History } from '../../scoring/phases/index.js';
import { ScoringPipelineService } from '../../scoring/scoring-pipeline.service.js';
import type { Policy } from '../../sites/policy.js';
import type { CoralPhase, SiteFacts } from '../../sites/site-facts.js';
import { SiteSettings } from '../../sites/site-settings.js';
import { resolveStoryPolicy } from '../../stories/story-facts.js';
import {
  answerOf,
  answerWithinMs,
  flagsOf,
  heldFor,
  type CoralAnswer,
  type CoralDecision,
  type CoralRule,
} from './coral-answer.js';
import { CoralPhaseHealth } from './coral-phase-health.js';
import { jsonOf, readCoralRequest, signatureFault, plainTextOf, type CoralRequest } from './coral-request.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const DURATION_BUCKETS_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 7];
/** Identical texts by one author are counted up to this number. A higher count would not change the scores. */
const MAX_OWN_REPEATS = 50;
/**
 * Maximum size of a request. Coral accepts 500 kB from its readers (MAX_REQUEST_SIZE in its config.ts), and its
 * sanitizer turns one byte into at most five, as in `&amp;`.
 */
const MAX_REQUEST_BYTES = 4 * 1024 * 1024;
/**
 * The share of the response time after which a slow read of the site's settings is abandoned in favour of the last known
 * settings.
 */
const SETTINGS_SHARE = 0.3;
/** Time that external scorers may not use, so that a response is still possible if none of them returns a score. */
const DECISION_RESERVE_MS = 20;

export interface CoralCall {
  readonly headers: BillingWebhookRequest['headers'];
  /** The request body, not yet read. */
  readonly body: Readable;
  readonly requestId: string;
  /** Milliseconds since the request arrived. */
  readonly elapsedMs: number;
}

/** A site on which Coral's moderation phase is set up. */
type CoralSite = SiteFacts & { readonly coralPhase: CoralPhase };

const hasCoralPhase = (site: SiteFacts): site is CoralSite => site.coralPhase !== null;

/**
 * Moderates comments that are stored in Coral. Coral publishes a comment if its external phase fails, responds late or
 * responds with something unexpected. So once the signature is verified, any failure here results in a timely response
 * that holds the comment.
 */
@Injectable()
export class CoralModerationService {
  private readonly logger = new Logger('coral');
  private readonly answerCount;
  private lastTurn: Promise<void> = Promise.resolve();
  private readonly answerSeconds;

  constructor(
    private readonly sites: SiteSettings,
    private readonly pipeline: ScoringPipelineService,
    private readonly external: ExternalScoringService,
    private readonly limits: Limits,
    private readonly health: CoralPhaseHealth,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    this.answerCount = metrics.counter(
      'postbag_coral_answers_total',
      "Responses to Coral's moderation phase by action and rule; refused means that the signature was invalid.",
      ['action', 'rule'],
    );
    this.answerSeconds = metrics.histogram(
      'postbag_coral_answer_seconds',
      "Time from receiving a request of Coral's moderation phase to sending the response.",
      DURATION_BUCKETS_SECONDS,
    );
  }

  /**
   * @throws Problem 404 if Coral's moderation phase is not set up for this site, 401 if the signature is invalid, 400
   *   or 408 if the body does not arrive; the database error if the database is unavailable and this process has
   *   never read the site's settings
   */
  async answer(siteId: string, call: CoralCall): Promise<CoralAnswer> {
    const arrivedAt = performance.now() - call.elapsedMs;
    const site = await this.siteOf(siteId);
    const deadline = arrivedAt + answerWithinMs(site.coralPhase.timeoutMs);
    const rawBody = await bytesOf(call.body);
    if (rawBody) this.checkSignature(site, call.headers, rawBody);
    const decision = rawBody
      ? await this.decideWithTimeout(deadline, site, rawBody, call.requestId)
      : this.hold(site, 'too-long', `the request is larger than ${MAX_REQUEST_BYTES} bytes`);
    this.answerCount.inc({ action: decision.action, rule: decision.rule.key });
    this.answerSeconds.observe((performance.now() - arrivedAt) / 1000);
    this.health.recordAnswer(site.id, decision);
    return answerOf(decision);
  }

  private checkSignature(site: CoralSite, headers: CoralCall['headers'], rawBody: Buffer): void {
    const fault = signatureFault(headers, rawBody, activeSecrets(site.coralPhase.secrets, this.clock.now()));
    if (fault === null) return;
    this.answerCount.inc({ action: 'refused', rule: 'signature' });
    this.health.recordFailure(site.id, `A request was refused. ${fault}`);
    throw unauthorized(fault);
  }

  /** Holds a comment for which no decision was possible. */
  private hold(site: CoralSite, rule: CoralRule, reason: string, error?: unknown): CoralDecision {
    this.logger.warn({ event: 'coral.comment-held', siteId: site.id, rule, error });
    this.health.recordFailure(site.id, `A comment was held: ${reason}`);
    return heldFor(rule, reason);
  }

  private async siteOf(siteId: string): Promise<CoralSite> {
    const site = await this.settingsOf(siteId);
    if (!hasCoralPhase(site)) throw notFound('The Coral moderation phase of this site');
    return site;
  }

  /** Returns the current settings, or the last ones this process read if the database is unavailable or slow. */
  private async settingsOf(siteId: string): Promise<SiteFacts> {
    const lastSettings = this.sites.lastKnown(siteId);
    const currentSettings = this.sites.get(siteId);
    if (!lastSettings?.coralPhase) return currentSettings;
    try {
      const timeoutMs = answerWithinMs(lastSettings.coralPhase.timeoutMs) * SETTINGS_SHARE;
      return await withTimeout(timeoutMs, 'reading the settings of the site timed out', currentSettings);
    } catch (error) {
      if (error instanceof Problem && error.status < 500) throw error;
      this.logger.warn({ event: 'coral.cached-settings-used', siteId: lastSettings.id, error });
      return lastSettings;
    }
  }

  private async decideWithTimeout(
    deadline: number,
    site: CoralSite,
    rawBody: Buffer,
    requestId: string,
  ): Promise<CoralDecision> {
    const json = jsonOf(rawBody);
    if (json === undefined)
      return this.hold(site, 'unreadable', 'the request could not be read as JSON in UTF-8');
    const request = readCoralRequest(json);
    if (!request)
      return this.hold(
        site,
        'unreadable',
        'the request does not have the shape of a Coral moderation phase request',
      );
    const ctx: SiteContext = { siteId: site.id, principal: ANONYMOUS, requestId };
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), Math.max(0, deadline - performance.now()));
    });
    const pendingDecision = this.decide(ctx, site, request, deadline).catch((error: unknown) =>
      this.hold(site, 'scoring-failed', 'scoring failed', error),
    );
    try {
      return (
        (await Promise.race([pendingDecision, timeout])) ??
        this.hold(
          site,
          'too-late',
          `scoring did not finish within ${answerWithinMs(site.coralPhase.timeoutMs)} ms`,
        )
      );
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * Waits until the earlier requests have had their turn. The event loop runs once between two turns, so that new
   * requests are read and the time limits of waiting ones can expire.
   */
  private waitForTurn(): Promise<void> {
    return (this.lastTurn = this.lastTurn.then(() => setImmediate()));
  }

  /** @returns null if the deadline passes before scoring starts */
  private async decide(
    ctx: SiteContext,
    site: CoralSite,
    request: CoralRequest,
    deadline: number,
  ): Promise<CoralDecision | null> {
    if (Buffer.byteLength(request.body) > MAX_BODY_BYTES * 2) return TOO_LONG;
    const body = tidyBody(plainTextOf(request.body));
    if (Buffer.byteLength(body) > MAX_BODY_BYTES) return TOO_LONG;
    // The comment is only a picture or a rating, so there is no text to decide on.
    if (isBlank(body))
      return {
        action: 'publish',
        rule: { key: 'no-text', text: 'published: the comment has no text' },
        flags: [],
      };

    const policy = coralPolicy(resolveStoryPolicy(site, null, this.clock.now()));
    // Coral sends no history of its readers, so the phases treat every author as new.
    const author = { publishedCount: 0, tenureDays: 0 };
    const history = await this.historyOf(site, request, body);
    await this.waitForTurn();
    if (performance.now() >= deadline) return null;
    const scored = await this.pipeline.run(
      { body, site, policy, ...author, history, isHeldAnyway: false },
      ({ language, reader }, local) =>
        this.external.scoreText(
          ctx,
          {
            siteId: site.id,
            commentId: newId<'comment'>(),
            revisionId: newId<'revision'>(),
            revision: 1,
            body,
            language,
            postedAt: this.clock.now(),
            isReply: request.isReply,
            author: { id: request.authorId, name: '', ...reader },
            story: { key: request.story.id, url: request.story.url, title: '' },
            parent: null,
          },
          Math.max(0, deadline - performance.now() - DECISION_RESERVE_MS),
          local,
        ),
    );
    if (scored.failures.length > 0) {
      const phases = scored.failures.map(({ phase }) => phase);
      throw new Error(`no scores from ${phases.join(', ')}`, { cause: scored.failures[0].error });
    }
    const facts = { ...scored, publishedCount: 0, isNew: false };
    return {
      ...chooseVerdict(scored.scores, 'normal', policy, facts),
      flags: flagsOf(scored.scores, policy),
    };
  }

  /**
   * Builds the history from counters only: identical texts by this author and by others within a day, and how many
   * comments the author wrote in the last minute and the last ten. Texts that are similar but not identical are not
   * found. An edit counts as a text but not as a comment, and is not treated as a repetition of the text it replaces.
   */
  private async historyOf(site: SiteFacts, request: CoralRequest, body: string): Promise<History> {
    const { authorId, action } = request;
    const bodyFingerprint = fingerprint(body);
    const key = (counter: string, ...parts: string[]): string =>
      `coral-${counter}:${site.id}:${createHash('sha256').update(parts.join('\n')).digest('base64url')}`;
    const isNew = action === 'NEW';
    const [ownFingerprints, minute, tenMinutes] = await Promise.all([
      this.limits.count(key('own-text', authorId, bodyFingerprint), DAY_MS),
      isNew ? this.limits.count(key('minute', authorId), MINUTE_MS) : 0,
      isNew ? this.limits.count(key('ten-minutes', authorId), 10 * MINUTE_MS) : 0,
    ]);
    // Count each author of this text once.
    const sameByOthers =
      ownFingerprints === 0 ? await this.limits.count(key('text', bodyFingerprint), DAY_MS) : 0;
    return {
      own: isNew
        ? Array.from({ length: Math.min(ownFingerprints, MAX_OWN_REPEATS) }, () => bodyFingerprint)
        : [],
      otherFingerprints: [],
      sameByOthers,
      byReader: { minute, tenMinutes },
      onStory: { minute: 0, tenMinutes: 0 },
    };
  }
}

/**
 * @returns null for a body that is too large; the rest is read and discarded, so that the sender reads the response
 */
async function bytesOf(body: Readable): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > MAX_REQUEST_BYTES) break;
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof Problem ? error : malformed('The body ended early.');
  }
  if (bytes <= MAX_REQUEST_BYTES) return Buffer.concat(chunks);
  body.resume();
  return null;
}

const TOO_LONG = heldFor('too-long', `the comment is longer than ${MAX_BODY_BYTES} bytes`);

/**
 * Turns off the rules that depend on how many comments a reader has published. Coral does not send that number and has
 * its own rules for it.
 */
const coralPolicy = (policy: Policy): Policy => ({
  ...policy,
  moderation: {
    ...policy.moderation,
    newReaderHoldsFirst: 0,
    unscored: policy.moderation.unscored === 'hold-new' ? 'hold' : policy.moderation.unscored,
  },
});
