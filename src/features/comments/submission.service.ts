import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import type { KeyedWrite } from '../../platform/http/keyed-write.js';
import { conflict, invalid, notFound, rateLimited, type Problem } from '../../platform/http/problem.js';
import { newId, type CommentId, type ReaderId } from '../../platform/ids.js';
import { Limits } from '../../platform/limits/limits.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { GateService } from '../entitlements/gate.service.js';
import type { SignedInReader } from '../readers/signed-in-reader.js';
import { maxBodyChars, policyFor, type Policy } from '../sites/policy.js';
import type { SiteFacts, Tier } from '../sites/site-facts.js';
import { resolveStoryPolicy, type StoryFacts } from '../stories/story-facts.js';
import { StoryRegistry, type StoryHint } from '../stories/story-registry.js';
import { checkBody } from './body.js';
import {
  CommentRepository,
  type NewComment,
  type NewText,
  type ParentRefusal,
} from './comment.repository.js';
import type { CommentDto } from './comments.dto.js';
import type { CommentEvent } from './comments.events.js';
import { fingerprint } from './fingerprint.js';
import { renderBody } from './markdown.js';

/** New and edited comments per reader. People who type do not reach this limit. */
const WRITES_PER_MINUTE = 10;

/** After this many attempts with outdated facts, they are read in a transaction instead. */
const MAX_CACHED_ATTEMPTS = 3;

/** A comment that is not stored yet, with its story and author. */
interface DraftComment {
  readonly reader: Pick<SignedInReader, 'id' | 'key' | 'name' | 'picture' | 'role'>;
  readonly story: StoryFacts;
  readonly text: NewText;
  readonly parentId: CommentId | null;
  /** Language of the page on which it was written, ISO 639-1; null if unknown. */
  readonly pageLanguage: string | null;
  readonly policy: Policy;
}

/** A comment that a signed-in reader wants to post. */
interface ReaderPost extends DraftComment {
  readonly ctx: SiteContext;
  readonly site: SiteFacts;
  readonly reader: SignedInReader;
  readonly action: 'comment' | 'reply';
  /** Null for a request without an `Idempotency-Key`. */
  readonly keyedWrite: KeyedWrite | null;
}

/** @throws Problem 400 with the reason why the text is invalid */
export function parseCommentText(raw: string, limits: Policy['body']): NewText {
  const body = validateBody(raw, limits);
  return { body, html: renderBody(body), fingerprint: fingerprint(body) };
}

function validateBody(raw: string, limits: Policy['body']): string {
  const checked = checkBody(raw, limits);
  if (!checked.ok) throw invalid([{ pointer: '/body', code: checked.code, message: checked.message }]);
  return checked.body;
}

/** Stores new comments as pending, until they are scored. */
@Injectable()
export class SubmissionService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly limits: Limits,
    private readonly stories: StoryRegistry,
    private readonly gates: GateService,
    private readonly comments: CommentRepository,
  ) {}

  /**
   * @param reader null for a signed-out reader, whom the gate refuses with the site's message
   * @returns the comment as its author sees it
   * @throws Problem 400, 401, 403, 404 no such story or parent, 409 `parent-not-published`, 429
   */
  async submit(
    ctx: SiteContext,
    site: SiteFacts,
    reader: SignedInReader | null,
    storyKey: string,
    hint: StoryHint,
    {
      body,
      parentId,
      pageLanguage,
      keyedWrite,
    }: Pick<ReaderPost, 'parentId' | 'pageLanguage' | 'keyedWrite'> & { body: string },
  ): Promise<CommentDto> {
    const story = await this.stories.resolve(ctx, storyKey, hint);
    const action = parentId === null ? 'comment' : 'reply';
    if (!reader) {
      this.gates.requireAllowed(ctx, this.gates.signedOut(site, story), action);
      throw new Error('the gate allows a signed-out reader to write');
    }
    const policy = resolveStoryPolicy(site, story, this.clock.now());
    // The reader's tier is not known yet, so this checks the limit of the most generous tier.
    const text = parseCommentText(body, { ...policy.body, maxChars: maxBodyChars(policy) });
    await this.enforceWriteLimit(ctx, reader);
    const post: ReaderPost = {
      ctx,
      site,
      reader,
      story,
      action,
      text,
      parentId,
      pageLanguage,
      policy,
      keyedWrite,
    };
    return (await this.storeWithCachedGate(post)) ?? (await this.storeInTransaction(post));
  }

  /**
   * Stores a comment by the publication itself, in the caller's transaction. The gate and quotas do not apply to it,
   * but scoring and rules do.
   *
   * @throws Problem 400, 404 no such parent, 409 `parent-not-published`
   */
  async submitAsPublisher(
    tx: Tx,
    ctx: SiteContext,
    site: SiteFacts,
    author: { readonly id: ReaderId; readonly key: string; readonly name: string },
    story: StoryFacts,
    { body, parentId }: { body: string; parentId: CommentId | null },
  ): Promise<CommentDto> {
    const policy = resolveStoryPolicy(site, story, this.clock.now());
    const text = parseCommentText(body, policy.body);
    const reader = { ...author, picture: null, role: 'staff' as const };
    const draft: DraftComment = { reader, story, text, parentId, pageLanguage: null, policy };
    const comment = this.toNewComment(draft, null);
    const stored = await this.comments.insert(ctx, comment, reader, toCommentEvent(comment, draft));
    if (!stored.ok)
      throw stored.refusal === 'facts-changed' ? new Error(stored.refusal) : parentProblem(stored.refusal);
    await this.comments.wakeRelay(tx);
    const { viewer: _viewer, ...shown } = toCommentDto(draft, comment, null);
    return shown;
  }

  /**
   * Checks the gate and stores the comment in one round trip. The gate is evaluated with the last known facts about
   * the reader, and the database stores the comment only if they are still current.
   *
   * @returns null if a transaction is needed
   */
  private async storeWithCachedGate(post: ReaderPost): Promise<CommentDto | null> {
    const { ctx, site, reader, story, action, keyedWrite } = post;
    let cachedGate = await this.gates.evaluateFromCache(ctx, site, reader, story);
    for (let attempt = 0; cachedGate?.gate[action].allowed && attempt < MAX_CACHED_ATTEMPTS; attempt++) {
      checkLength(post, cachedGate.tier);
      const comment = this.toNewComment(post, cachedGate.tier);
      const answer = toCommentDto(post, comment, cachedGate.tier);
      const stored = await this.comments.insert(ctx, comment, reader, toCommentEvent(comment, post), {
        expectedFacts: cachedGate.gateFactsJson,
        idempotencyRecord: keyedWrite?.recordOf(answer),
      });
      if (stored.ok) {
        await this.comments.wakeRelay(null);
        return answer;
      }
      if (stored.refusal !== 'facts-changed') throw parentProblem(stored.refusal);
      cachedGate = this.gates.evaluateWithFacts(ctx, site, reader, story, stored.facts, cachedGate);
    }
    return null;
  }

  private async storeInTransaction(post: ReaderPost): Promise<CommentDto> {
    const { ctx, reader, story, action } = post;
    const lookup = await this.gates.lookUpEntitlements(ctx, reader);
    return this.database.inSite(ctx, async (tx) => {
      const readerGate = await this.gates.forReaderInTransaction(ctx, reader, story, lookup, {
        isPosting: true,
      });
      this.gates.requireAllowed(ctx, readerGate, action);
      const { tier } = readerGate;
      checkLength(post, tier);
      const comment = this.toNewComment(post, tier);
      const answer = toCommentDto(post, comment, tier);
      const stored = await this.comments.insert(ctx, comment, reader, toCommentEvent(comment, post), {
        idempotencyRecord: post.keyedWrite?.recordOf(answer),
      });
      if (!stored.ok)
        throw stored.refusal === 'facts-changed' ? new Error(stored.refusal) : parentProblem(stored.refusal);
      await this.comments.wakeRelay(tx);
      return answer;
    });
  }

  private toNewComment({ story, reader, parentId, text }: DraftComment, tier: Tier | null): NewComment {
    const at = this.clock.now();
    return {
      id: newId<'comment'>(at.getTime()),
      storyId: story.id,
      parentId,
      authorId: reader.id,
      authorTier: tier?.key ?? null,
      text,
      at,
    };
  }

  /** @throws Problem 429 */
  async enforceWriteLimit(ctx: SiteContext, reader: SignedInReader): Promise<void> {
    const limit = await this.limits.hit(`comment:${ctx.siteId}:${reader.id}`, WRITES_PER_MINUTE, 60_000);
    if (!limit.allowed) {
      throw rateLimited(
        limit.retryAfterMs / 1000,
        'You are posting too fast. Wait a moment before your next comment.',
      );
    }
  }
}

/** @throws Problem 400 if the text is too long for the effective tier */
function checkLength({ policy, text }: ReaderPost, tier: Tier | null): void {
  const { body } = policyFor(policy, tier?.key ?? null);
  if (body.maxChars < maxBodyChars(policy)) validateBody(text.body, body);
}

function toCommentEvent(comment: NewComment, { story, reader, pageLanguage }: DraftComment): CommentEvent {
  return {
    commentId: comment.id,
    storyId: story.id,
    storyKey: story.key,
    parentId: comment.parentId,
    authorId: reader.id,
    readerKey: reader.key,
    status: 'pending',
    from: null,
    revision: 1,
    wasVisible: false,
    isVisible: false,
    lastShownRevision: null,
    ...(pageLanguage === null ? {} : { pageLanguage }),
  };
}

function parentProblem(refusal: ParentRefusal): Problem {
  return refusal === 'parent-not-found'
    ? notFound('The comment you reply to')
    : conflict(refusal, 'The comment you reply to is not published, or no longer published.');
}

/** Returns the comment as its author sees it. */
function toCommentDto(
  { policy, story, reader }: DraftComment,
  { id, parentId, text, at }: NewComment,
  tier: Tier | null,
): CommentDto {
  const mayChange = policyFor(policy, tier?.key ?? null).editWindowSeconds > 0;
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
    picked: false,
    pinned: false,
    viewer: { reactions: [], flagged: false, mine: true, canEdit: mayChange, canDelete: mayChange },
  };
}
