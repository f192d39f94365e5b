import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import type { ReaderId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import type { SiteFacts } from '../sites/site-facts.js';
import { SiteSettings } from '../sites/site-settings.js';
import { policyOf, type StoryFacts } from '../stories/story-facts.js';
import { StoryRegistry, type StoryHint } from '../stories/story-registry.js';
import type { SignedInReader } from '../readers/signed-in-reader.js';
import { demand, GateService } from '../entitlements/gate.service.js';
import type { Gate } from '../entitlements/gate.js';
import { ThreadPages, type HeldPage } from './thread-pages.js';
import type { ThreadPage, ThreadQuery } from './thread.view.js';
import { threadItemsForViewer, threadItemsJson, type Eyes } from './viewer-json.js';
import { ViewerView } from './viewer.view.js';

/** A thread's page, the same bytes for everybody without a token. */
export interface PublicThread {
  readonly held: HeldPage;
  readonly body: Buffer;
  /** A strong validator (RFC 9110, section 8.8.3). */
  readonly etag: string;
  /** False where a change came in between: it is right for this answer, and not for a later one. */
  readonly mayKeep: boolean;
}

interface Made extends PublicThread {
  readonly site: SiteFacts;
  readonly story: StoryFacts;
}

const storyJson = ({ id, key, title, url, state, topics }: StoryFacts): string =>
  JSON.stringify({ id, key, title, url, state, topics });

/** What a composer and the actions under a comment have to know of the site's policy. */
function rulesJson(site: SiteFacts, story: StoryFacts): string {
  const { body, editWindowSeconds, reactions } = policyOf(site, story);
  const limits = { bodyChars: body.maxChars, editSeconds: editWindowSeconds };
  return `"limits":${JSON.stringify(limits)},"reactions":${JSON.stringify(reactions)}`;
}

function threadJson(site: SiteFacts, story: StoryFacts, gate: Gate, page: ThreadPage, items: string): string {
  return `{"story":${storyJson(story)},"gate":${JSON.stringify(gate)},${rulesJson(site, story)},"total":${page.total},${items}}`;
}

/** What `GET …/comments` answers. */
@Injectable()
export class ThreadService {
  private readonly made = new WeakMap<HeldPage, Made>();

  constructor(
    private readonly pages: ThreadPages,
    private readonly viewers: ViewerView,
    private readonly stories: StoryRegistry,
    private readonly settings: SiteSettings,
    private readonly gates: GateService,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 400 bad cursor, 401 where signed-out readers may not read, 404 */
  async forEverybody(
    ctx: SiteContext,
    key: string,
    hint: StoryHint,
    query: ThreadQuery,
  ): Promise<PublicThread> {
    const changes = this.pages.changeCount;
    // Asked anew: the guard's copy may be older than the count.
    const site = await this.settings.get(ctx.siteId);
    const story = await this.stories.resolve(ctx, key, hint);
    const gate = this.gates.signedOut(site, story);
    demand(gate, 'read');
    const held = await this.pages.get(ctx, story.id, query);
    const before = this.made.get(held);
    if (before && before.site === site && before.story === story) return before;
    const body = Buffer.from(threadJson(site, story, gate, held.page, threadItemsJson(held.page)));
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
    const made: Made = { held, body, etag, site, story, mayKeep: changes === this.pages.changeCount };
    if (made.mayKeep) this.made.set(held, made);
    return made;
  }

  /**
   * @returns the JSON
   * @throws Problem 400 bad cursor, 403 where this reader may not read, 404
   */
  async forReader(
    ctx: SiteContext,
    reader: SignedInReader,
    key: string,
    hint: StoryHint,
    query: ThreadQuery,
  ): Promise<string> {
    const site = await this.settings.get(ctx.siteId);
    const story = await this.stories.resolve(ctx, key, hint);
    const [{ gate }, { page }] = await Promise.all([
      this.gates.forReader(ctx, reader, story),
      this.pages.get(ctx, story.id, query),
    ]);
    demand(gate, 'read');
    const rootIds = page.items.map(({ id }) => id);
    const overlay = await this.viewers.overlay(ctx, reader.id, {
      storyId: story.id,
      rootIds,
      ids: [...rootIds, ...page.items.flatMap(({ replies }) => replies.map(({ id }) => id))],
      withUnseenRoots: query.cursor === undefined,
    });
    const eyes = eyesOf(site, story, reader.id, this.clock.nowMs());
    return threadJson(site, story, gate, page, threadItemsForViewer(page, eyes, overlay));
  }
}

export function eyesOf(site: SiteFacts, story: StoryFacts | null, readerId: ReaderId, nowMs: number): Eyes {
  const policy = policyOf(site, story);
  return {
    readerId,
    nowMs,
    editWindowSeconds: policy.editWindowSeconds,
    reasonText: (code) => site.policy.reasons.find((reason) => reason.code === code)?.text ?? null,
  };
}
