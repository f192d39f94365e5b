import { SignJWT } from 'jose';
import {
  CommentTransitions,
  type Transition,
  type TransitionResult,
} from '../../src/features/comments/comment-transitions.js';
import type { CommentStatus, TransitionCause } from '../../src/features/comments/comment-status.js';
import { Database } from '../../src/platform/database/database.js';
import { newId, type CommentId, type SiteId } from '../../src/platform/ids.js';
import { systemContext } from '../../src/platform/tenancy/site-context.js';
import type { TestApp } from './app.js';
import type { Answer } from './caller.js';

/* Bodies are not typed; the assertions check them. */
/* eslint-disable @typescript-eslint/no-explicit-any */
type Body = any;

export interface TokenClaims {
  readonly name?: string;
  readonly tier?: string;
  readonly expiresInSeconds?: number;
}

/**
 * A site with one story and its readers. All calls use HTTP, except those that change a comment's status directly,
 * without scoring or moderation.
 */
export class Conversation {
  private constructor(
    private readonly app: TestApp,
    readonly siteId: SiteId,
    private readonly ssoSecret: string,
    readonly storyKey: string,
  ) {}

  static async open(
    app: TestApp,
    policy: Record<string, unknown> = {},
    storyKey = 'story-1',
  ): Promise<Conversation> {
    const { body: site } = await app.call<Body>('POST', '/api/v1/sites', {
      token: app.adminKey,
      body: { name: 'The Paper', origins: ['https://paper.example'] },
    });
    const conversation = new Conversation(app, site.id, site.ssoSecret, storyKey);
    await conversation.setPolicy(policy);
    await conversation.setStory({});
    return conversation;
  }

  /** Calls the publisher API for this site; `path` is below the site. */
  publisher(method: string, path: string, body?: unknown): Promise<Answer<Body>> {
    return this.app.call<Body>(method, `/api/v1/sites/${this.siteId}${path}`, {
      token: this.app.adminKey,
      body,
    });
  }

  async setPolicy(policy: Record<string, unknown>): Promise<void> {
    if (Object.keys(policy).length > 0) await this.publisher('PATCH', '/policy', policy);
  }

  async setStory(story: Record<string, unknown>, key = this.storyKey): Promise<void> {
    await this.publisher('PUT', `/stories/${encodeURIComponent(key)}`, {
      url: `https://paper.example/${key}`,
      title: 'A story',
      ...story,
    });
  }

  /** Signs a reader token, as the publisher does. */
  token(sub: string, { name = sub, tier, expiresInSeconds = 3600 }: TokenClaims = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ name, ...(tier === undefined ? {} : { tier }) })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(sub)
      .setAudience(this.siteId)
      .setIssuedAt(now)
      .setExpirationTime(now + expiresInSeconds)
      .sign(new TextEncoder().encode(this.ssoSecret));
  }

  get threadPath(): string {
    return `/api/v1/sites/${this.siteId}/stories/${encodeURIComponent(this.storyKey)}/comments`;
  }

  /** @param query starts with a question mark */
  thread(query = '', token?: string, headers: Record<string, string> = {}): Promise<Answer<Body>> {
    return this.app.call<Body>('GET', this.threadPath + query, {
      headers,
      ...(token === undefined ? {} : { token }),
    });
  }

  post(token: string, body: string, parentId?: string): Promise<Answer<Body>> {
    return this.app.call<Body>('POST', this.threadPath, {
      token,
      body: { body, ...(parentId === undefined ? {} : { parentId }) },
    });
  }

  /** Calls the API for one comment; `path` is below it. */
  comment(
    method: string,
    id: string,
    { path = '', token, body }: { path?: string; token?: string; body?: unknown } = {},
  ) {
    return this.app.call<Body>(method, `/api/v1/comments/${id}${path}`, {
      body,
      ...(token === undefined ? {} : { token }),
    });
  }

  /** Changes a comment's status directly, without scoring or moderation. */
  async move(
    id: string,
    from: CommentStatus,
    to: CommentStatus,
    {
      cause = from === 'pending' ? 'scored' : 'moderated',
      revision = 1,
      ...more
    }: Partial<Omit<Transition, 'to'>> & {
      cause?: TransitionCause;
      revision?: number;
    } = {},
  ): Promise<TransitionResult> {
    const ctx = systemContext(this.siteId, 'spec');
    return this.app.app.get(Database).inSite(ctx, (tx) =>
      this.app.app.get(CommentTransitions, { strict: false }).apply(tx, ctx, {
        commentId: id as CommentId,
        expect: { status: [from], revision },
        to,
        cause,
        decision: { id: newId<'decision'>(), by: cause === 'scored' ? 'rule' : 'moderator' },
        ...more,
      }),
    );
  }

  /** Posts and publishes a comment, and returns its ID. */
  async published(token: string, body = 'I call BS on this.', parentId?: string): Promise<string> {
    const { body: comment, status } = await this.post(token, body, parentId);
    if (status !== 202) throw new Error(`posting answered ${status}: ${JSON.stringify(comment)}`);
    await this.move(comment.id, 'pending', 'published');
    return comment.id as string;
  }
}
