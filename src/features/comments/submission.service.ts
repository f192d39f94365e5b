import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { conflict, invalid, notFound, rateLimited } from '../../platform/http/problem.js';
import { newId, type CommentId } from '../../platform/ids.js';
import { Limits } from '../../platform/limits/limits.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { demand, GateService } from '../entitlements/gate.service.js';
import type { SignedInReader } from '../readers/signed-in-reader.js';
import type { Policy } from '../sites/policy.js';
import type { SiteFacts, Tier } from '../sites/site-facts.js';
import { policyOf, type StoryFacts } from '../stories/story-facts.js';
import { StoryRegistry, type StoryHint } from '../stories/story-registry.js';
import { checkBody } from './body.js';
import { CommentRepository, type NewComment, type NewText } from './comment.repository.js';
import type { CommentDto } from './comments.dto.js';
import { fingerprint } from './fingerprint.js';
import { renderBody } from './markdown.js';

/** New and changed comments of one reader; somebody who types has a better use for a minute. */
const WRITES_PER_MINUTE = 10;

/** @throws Problem 400 naming what is wrong with the text */
export function textOf(raw: string, limits: Policy['body']): NewText {
  const checked = checkBody(raw, limits);
  if (!checked.ok) throw invalid([{ pointer: '/body', code: checked.code, message: checked.message }]);
  return { body: checked.body, html: renderBody(checked.body), fingerprint: fingerprint(checked.body) };
}

/** From a reader's words to a stored comment that waits for its scores. */
@Injectable()
export class Submission {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly limits: Limits,
    private readonly stories: StoryRegistry,
    private readonly gates: GateService,
    private readonly comments: CommentRepository,
  ) {}

  /**
   * @param reader null: refused by the gate, in the site's words
   * @returns the comment as its author sees it
   * @throws Problem 400, 401, 403, 404 no such story or parent, 409 `parent-not-published`, 429
   */
  async submit(
    ctx: SiteContext,
    site: SiteFacts,
    reader: SignedInReader | null,
    storyKey: string,
    hint: StoryHint,
    { body, parentId }: { body: string; parentId: CommentId | null },
  ): Promise<CommentDto> {
    const story = await this.stories.resolve(ctx, storyKey, hint);
    const action = parentId === null ? 'comment' : 'reply';
    if (!reader) {
      demand(this.gates.signedOut(site, story), action);
      throw new Error('the gate lets somebody signed out write');
    }
    const policy = policyOf(site, story);
    const text = textOf(body, policy.body);
    await this.countWrite(ctx, reader);
    return this.database.inSite(ctx, async (tx) => {
      const { gate, tier } = await this.gates.forReader(ctx, reader, story, { isPosting: true });
      demand(gate, action);
      const at = this.clock.now();
      const comment: NewComment = {
        id: newId<'comment'>(at.getTime()),
        storyId: story.id,
        parentId,
        authorId: reader.id,
        authorTier: tier?.key ?? null,
        text,
        at,
      };
      const stored = await this.comments.insert(tx, ctx, comment, {
        commentId: comment.id,
        storyId: story.id,
        storyKey: story.key,
        parentId,
        authorId: reader.id,
        readerKey: reader.key,
        status: 'pending',
        from: null,
        revision: 1,
        wasVisible: false,
        isVisible: false,
        seenRevision: null,
      });
      if (!stored.ok && stored.why === 'not-found') throw notFound('The comment you reply to');
      if (!stored.ok)
        throw conflict('parent-not-published', 'The comment you reply to is not published (any more).');
      return newComment(comment, reader, tier, story, policy.editWindowSeconds > 0);
    });
  }

  /** @throws Problem 429 */
  async countWrite(ctx: SiteContext, reader: SignedInReader): Promise<void> {
    const verdict = await this.limits.hit(`comment:${ctx.siteId}:${reader.id}`, WRITES_PER_MINUTE, 60_000);
    if (!verdict.allowed) {
      throw rateLimited(
        verdict.retryAfterMs / 1000,
        'You are posting very fast; wait a moment before the next comment.',
      );
    }
  }
}

function newComment(
  { id, parentId, text, at }: NewComment,
  reader: SignedInReader,
  tier: Tier | null,
  story: StoryFacts,
  mayChange: boolean,
): CommentDto {
  return {
    id,
    storyId: story.id,
    parentId,
    author: {
      id: reader.id,
      name: reader.name,
      picture: reader.picture,
      tier: tier && { key: tier.key, name: tier.name },
      role: reader.role,
    },
    body: text.body,
    html: text.html,
    status: 'pending',
    revision: 1,
    createdAt: at.toISOString(),
    publishedAt: null,
    editedAt: null,
    replyCount: 0,
    reactions: {},
    viewer: { reactions: [], flagged: false, mine: true, canEdit: mayChange, canDelete: mayChange },
  };
}
