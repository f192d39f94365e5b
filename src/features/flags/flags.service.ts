import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { SECRETS, type Secrets } from '../../platform/config/secrets.js';
import { Database } from '../../platform/database/database.js';
import { notFound, rateLimited } from '../../platform/http/problem.js';
import type { CommentId } from '../../platform/ids.js';
import { Limits } from '../../platform/limits/limits.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { PubSub } from '../../platform/pubsub/pubsub.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { visibleText } from '../../platform/visible-text.js';
import { CommentView } from '../comments/comment.view.js';
import type { CommentEvent } from '../comments/comments.events.js';
import { GateService } from '../entitlements/gate.service.js';
import type { SignedInReader } from '../readers/signed-in-reader.js';
import { StoryRegistry } from '../stories/story-registry.js';
import type { FlagReason } from './flag-reasons.js';
import { FlagRepository } from './flag.repository.js';

const FLAGS_PER_MINUTE = 20;
/** Limit per network for visitors who are not signed in. */
const ANONYMOUS_FLAGS_PER_MINUTE = 5;

/** A visitor who is not signed in. Neither field is stored. */
export interface Visitor {
  /** The client's network, see `clientNetwork`. */
  readonly address: string;
  /** The user agent string; empty if the browser sent none. */
  readonly browser: string;
}

/** Flags a comment, once per reader or visitor. The site's policy sets how many flags hold a comment. */
@Injectable()
export class FlagsService {
  private readonly visitorKey: Buffer;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly limits: Limits,
    private readonly outbox: Outbox,
    private readonly pubsub: PubSub,
    private readonly stories: StoryRegistry,
    private readonly gates: GateService,
    private readonly comments: CommentView,
    private readonly flags: FlagRepository,
    @Inject(SECRETS) secrets: Secrets,
  ) {
    this.visitorKey = secrets.derive('flagging-visitors');
  }

  /**
   * Flagging again changes nothing, even with another reason.
   *
   * @param flagger a visitor is refused with the site's message unless the `flag` gate is `anyone`
   * @throws Problem 401, 403, 404 if the comment is not published, 429
   */
  async flag(
    ctx: SiteContext,
    flagger: SignedInReader | Visitor,
    commentId: CommentId,
    reason: FlagReason,
    detail: string | undefined,
  ): Promise<void> {
    const reader = 'address' in flagger ? null : flagger;
    await this.enforceLimit(ctx, flagger);
    const lookup = await this.gates.lookUpEntitlements(ctx, reader);
    await this.database.inSite(ctx, async (tx) => {
      const placement = await this.comments.findPlacement(ctx, commentId);
      if (!placement?.visible) throw notFound('This comment');
      const story = await this.stories.findById(ctx, placement.storyId);
      const readerGate = await this.gates.forReaderInTransaction(ctx, reader, story, lookup);
      this.gates.requireAllowed(ctx, readerGate, 'read');
      this.gates.requireAllowed(ctx, readerGate, 'flag');
      const comment = await this.flags.add(tx, ctx, {
        commentId,
        by:
          'address' in flagger
            ? { visitor: this.visitorHash(ctx, flagger, commentId) }
            : { readerId: flagger.id },
        reason,
        detail: visibleText(detail ?? '').trim() || null,
        at: this.clock.now(),
      });
      if (!comment) throw notFound('This comment');
      if (!comment.isNew) return;
      const payload: CommentEvent = {
        commentId,
        storyId: comment.storyId,
        storyKey: comment.storyKey,
        parentId: comment.parentId,
        authorId: comment.authorId,
        readerKey: comment.readerKey,
        status: comment.status,
        from: comment.status,
        revision: comment.revision,
        wasVisible: true,
        isVisible: true,
        lastShownRevision: comment.shownRevision,
        openFlags: comment.openFlags,
        flagReason: reason,
      };
      await this.outbox.add(tx, ctx, {
        type: 'comment.flagged',
        subject: `comment:${commentId}`,
        payload: { ...payload },
      });
      await this.pubsub.publish(
        tx,
        `queue:${ctx.siteId}`,
        JSON.stringify({ commentId, from: comment.status, status: comment.status }),
      );
    });
  }

  private async enforceLimit(ctx: SiteContext, flagger: SignedInReader | Visitor): Promise<void> {
    const verdict =
      'address' in flagger
        ? await this.limits.hit(`flag:${ctx.siteId}:${flagger.address}`, ANONYMOUS_FLAGS_PER_MINUTE, 60_000)
        : await this.limits.hit(`flag:${ctx.siteId}:${flagger.id}`, FLAGS_PER_MINUTE, 60_000);
    if (!verdict.allowed) throw rateLimited(verdict.retryAfterMs / 1000);
  }

  /**
   * A hash that identifies a visitor on one comment only. It reveals neither who the visitor is nor which other
   * comments the visitor flagged.
   */
  private visitorHash(ctx: SiteContext, { address, browser }: Visitor, commentId: CommentId): string {
    return createHmac('sha256', this.visitorKey)
      .update(JSON.stringify([ctx.siteId, commentId, address, browser]))
      .digest('base64url');
  }
}
