import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { invalid, notFound, rateLimited } from '../../platform/http/problem.js';
import type { CommentId } from '../../platform/ids.js';
import { Limits } from '../../platform/limits/limits.js';
import { PubSub } from '../../platform/pubsub/pubsub.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { CommentView } from '../comments/comment.view.js';
import { threadChangedMessage, threadTopic } from '../comments/thread-changed-message.js';
import { GateService } from '../entitlements/gate.service.js';
import type { SignedInReader } from '../readers/signed-in-reader.js';
import type { SiteFacts } from '../sites/site-facts.js';
import { StoryRegistry } from '../stories/story-registry.js';
import { ReactionRepository } from './reaction.repository.js';

const CHANGES_PER_MINUTE = 60;

/** Adds and removes reactions of readers to comments. */
@Injectable()
export class ReactionsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly limits: Limits,
    private readonly pubsub: PubSub,
    private readonly stories: StoryRegistry,
    private readonly gates: GateService,
    private readonly comments: CommentView,
    private readonly reactions: ReactionRepository,
  ) {}

  /**
   * Adding or removing a reaction again has no further effect.
   *
   * @param reader null for a caller who is not signed in; the gate refuses it with the site's message
   * @param isAdded false removes the reaction
   * @returns the comment's reaction counts by kind
   * @throws Problem 400 for a kind that the site does not have, 401, 403, 404 if the comment is not published, 429
   */
  async react(
    ctx: SiteContext,
    site: SiteFacts,
    reader: SignedInReader | null,
    commentId: CommentId,
    kind: string,
    isAdded: boolean,
  ): Promise<Record<string, number>> {
    // A kind that the site no longer offers can still be removed.
    if (isAdded && !site.policy.reactions.includes(kind)) throw unknownKind(kind, site);
    if (reader) await this.enforceLimit(ctx, reader);
    const lookup = await this.gates.lookUpEntitlements(ctx, reader);
    return this.database.inSite(ctx, async (tx) => {
      const comment = await this.comments.findPlacement(ctx, commentId);
      if (!comment?.visible) throw notFound('This comment');
      const story = await this.stories.findById(ctx, comment.storyId);
      const readerGate = await this.gates.forReaderInTransaction(ctx, reader, story, lookup);
      this.gates.requireAllowed(ctx, readerGate, 'read');
      this.gates.requireAllowed(ctx, readerGate, 'react');
      if (!reader) throw new Error('the gate allowed a signed-out reader to react');
      const tally = isAdded
        ? await this.reactions.add(tx, ctx, commentId, reader.id, kind, this.clock.now())
        : await this.reactions.remove(tx, ctx, commentId, reader.id, kind);
      if (!tally) throw notFound('This comment');
      if (tally.changed) {
        await this.pubsub.publish(
          tx,
          threadTopic(ctx.siteId, tally.storyId),
          threadChangedMessage(ctx.siteId, tally.storyId),
        );
      }
      return tally.reactions;
    });
  }

  /**
   * Returns the reaction counts, and whether this reader has reacted with this kind.
   *
   * @throws Problem 401 or 403 if the caller may not read, 404
   */
  async read(
    ctx: SiteContext,
    reader: SignedInReader | null,
    commentId: CommentId,
    kind: string,
  ): Promise<{ reactions: Record<string, number>; mine: boolean }> {
    const lookup = await this.gates.lookUpEntitlements(ctx, reader);
    return this.database.inSite(ctx, async (tx) => {
      const comment = await this.comments.findPlacement(ctx, commentId);
      if (!comment?.visible) throw notFound('This comment');
      const story = await this.stories.findById(ctx, comment.storyId);
      const readerGate = await this.gates.forReaderInTransaction(ctx, reader, story, lookup);
      this.gates.requireAllowed(ctx, readerGate, 'read');
      return this.reactions.find(tx, ctx, commentId, reader?.id ?? null, kind);
    });
  }

  private async enforceLimit(ctx: SiteContext, reader: SignedInReader): Promise<void> {
    const verdict = await this.limits.hit(`react:${ctx.siteId}:${reader.id}`, CHANGES_PER_MINUTE, 60_000);
    if (!verdict.allowed) throw rateLimited(verdict.retryAfterMs / 1000);
  }
}

function unknownKind(kind: string, site: SiteFacts) {
  const kinds = site.policy.reactions.join(', ') || 'none';
  return invalid([
    {
      pointer: '/path/kind',
      code: 'unknown-reaction',
      message: `"${kind.slice(0, 40)}" is not a reaction on this site. Use one of: ${kinds}.`,
    },
  ]);
}
