import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import type { ReaderId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { policyFor, type Policy } from '../sites/policy.js';
import { reasonTextFor } from '../sites/reason-text.js';
import type { SiteFacts } from '../sites/site-facts.js';
import { SiteSettings } from '../sites/site-settings.js';
import type { StoryFacts } from '../stories/story-facts.js';
import { StoryRegistry, type StoryHint } from '../stories/story-registry.js';
import type { SignedInReader } from '../readers/signed-in-reader.js';
import { GateService, type ReaderGate } from '../entitlements/gate.service.js';
import { CompressedBody } from './compressed-body.js';
import { ThreadPageCache, type CachedThreadPage } from './thread-page-cache.js';
import { ThreadView, type ThreadPage, type ThreadQuery } from './thread.view.js';
import { JsonBufferBuilder } from './json-buffer-builder.js';
import {
  appendPublicThread,
  appendThreadForViewer,
  listJson,
  listJsonForViewer,
  type ViewerContext,
} from './viewer-json.js';
import { ViewerOverlayView, type Overlay, type OverlayQuery } from './viewer-overlay.view.js';

/** A page of a thread, identical for all requests without a token. */
export interface PublicThread {
  readonly cachedPage: CachedThreadPage;
  readonly body: CompressedBody;
  /** False if something changed during the read: the page may be sent once but not cached. */
  readonly isCacheable: boolean;
  /** The page is valid until this time, when an override begins or ends; `Infinity` if there is none. */
  readonly validUntilMs: number;
}

interface RenderedThread extends PublicThread {
  readonly site: SiteFacts;
  readonly story: StoryFacts;
}

const storyJson = ({ id, key, title, url, state, topics }: StoryFacts): string =>
  JSON.stringify({ id, key, title, url, state, topics });

/** Returns the parts of the site's policy that the composer and the actions on comments need. */
function rulesJson(site: SiteFacts, readerGate: ReaderGate): string {
  const { body, editWindowSeconds, noticeBeforeSending, reactions, tiers } = effectivePolicy(readerGate);
  const limits = {
    bodyChars: body.maxChars,
    editSeconds: editWindowSeconds,
    notice: noticeBeforeSending,
  };
  const badges = [...site.tiers.values()].flatMap(({ key, badge }) => {
    const effectiveBadge = (Object.hasOwn(tiers, key) ? tiers[key].badge : undefined) ?? badge;
    return effectiveBadge === null ? [] : [[key, effectiveBadge]];
  });
  const badgesJson = badges.length === 0 ? '' : `,"badges":${JSON.stringify(Object.fromEntries(badges))}`;
  return `"limits":${JSON.stringify(limits)},"reactions":${JSON.stringify(reactions)}${badgesJson}`;
}

/** @param add appends the page's comments */
function threadJson(
  site: SiteFacts,
  story: StoryFacts,
  readerGate: ReaderGate,
  page: ThreadPage,
  add: (parts: JsonBufferBuilder) => void,
): Buffer {
  const parts = new JsonBufferBuilder().add(
    `{"story":${storyJson(story)},"gate":${JSON.stringify(readerGate.gate)},${rulesJson(site, readerGate)},"total":${page.total},"picks":${page.picks},`,
  );
  add(parts);
  return parts.add('}').bytes();
}

/** The policy that applies to this reader. */
export const effectivePolicy = ({ inputs, tier }: ReaderGate): Policy =>
  policyFor(inputs.resolvedPolicy.policy, tier?.key ?? null);

/** Builds the response of `GET …/comments`. */
@Injectable()
export class ThreadService {
  private readonly rendered = new WeakMap<CachedThreadPage, RenderedThread>();

  constructor(
    private readonly pages: ThreadPageCache,
    private readonly view: ThreadView,
    private readonly viewers: ViewerOverlayView,
    private readonly stories: StoryRegistry,
    private readonly settings: SiteSettings,
    private readonly gates: GateService,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 400 bad cursor, 401 if signed-out readers may not read, 404 */
  async forPublic(ctx: SiteContext, key: string, hint: StoryHint, query: ThreadQuery): Promise<PublicThread> {
    const changeCountBefore = this.pages.changeCount;
    // Read the settings again: the guard's copy may be older than `changeCountBefore`.
    const site = await this.settings.get(ctx.siteId);
    const story = await this.stories.resolve(ctx, key, hint);
    const readerGate = this.gates.signedOut(site, story);
    this.gates.requireAllowed(ctx, readerGate, 'read');
    const cachedPage = await this.pages.get(ctx, story.id, query);
    const cached = this.rendered.get(cachedPage);
    const isSame = cached?.site === site && cached.story === story;
    if (isSame && this.clock.nowMs() < cached.validUntilMs) return cached;
    const body = threadJson(site, story, readerGate, cachedPage.page, (parts) =>
      appendPublicThread(parts, cachedPage.page),
    );
    const isCacheable =
      changeCountBefore === this.pages.changeCount && cachedPage.isFresh(this.clock.nowMs());
    const untilMs = readerGate.inputs.resolvedPolicy.validUntil?.getTime() ?? Infinity;
    const thread: RenderedThread = {
      cachedPage,
      body: new CompressedBody(body),
      site,
      story,
      isCacheable,
      validUntilMs: untilMs,
    };
    if (thread.isCacheable) this.rendered.set(cachedPage, thread);
    return thread;
  }

  /**
   * @returns the JSON in UTF-8
   * @throws Problem 400 bad cursor, 403 if this reader may not read, 404
   */
  async forReader(
    ctx: SiteContext,
    reader: SignedInReader,
    key: string,
    hint: StoryHint,
    query: ThreadQuery,
  ): Promise<Buffer> {
    const site = await this.settings.get(ctx.siteId);
    const story = await this.stories.resolve(ctx, key, hint);
    const { page } = await this.pages.get(ctx, story.id, query);
    const shown = page.pinned ? [page.pinned, ...page.items] : page.items;
    const rootIds = shown.map(({ id }) => id);
    const { readerGate, overlay } = await this.readGateAndOverlay(ctx, site, reader, story, {
      storyId: story.id,
      rootIds,
      ids: [...rootIds, ...shown.flatMap(({ replies }) => replies.map(({ id }) => id))],
      includesUnlistedRoots: query.cursor === undefined,
    });
    this.gates.requireAllowed(ctx, readerGate, 'read');
    const viewerContext = viewerContextFor(site, effectivePolicy(readerGate), reader.id, this.clock.nowMs());
    return threadJson(site, story, readerGate, page, (parts) =>
      appendThreadForViewer(parts, page, viewerContext, overlay),
    );
  }

  private async readGateAndOverlay(
    ctx: SiteContext,
    site: SiteFacts,
    reader: SignedInReader,
    story: StoryFacts,
    query: OverlayQuery,
  ): Promise<{ readerGate: ReaderGate; overlay: Overlay }> {
    if (this.gates.needsOnlyStoredFacts(site, story)) {
      const { overlay, facts } = await this.viewers.readOverlayAndGateFacts(ctx, reader, query);
      return { overlay, readerGate: await this.gates.fromStoredFacts(ctx, site, reader, story, facts) };
    }
    const [readerGate, overlay] = await Promise.all([
      this.gates.forReader(ctx, reader, story),
      this.viewers.readOverlay(ctx, reader.id, query),
    ]);
    return { readerGate, overlay };
  }

  /**
   * Returns the editors' picks of a story, newest pick first.
   *
   * @returns the JSON of a list of comments, in UTF-8
   * @throws Problem 400 bad cursor, 401 or 403 if the caller may not read, 404
   */
  async picks(
    ctx: SiteContext,
    reader: SignedInReader | null,
    key: string,
    query: { cursor: string | undefined; limit: number },
  ): Promise<Buffer> {
    const site = await this.settings.get(ctx.siteId);
    const story = await this.stories.resolve(ctx, key, { url: undefined, title: undefined, ip: '' });
    const readerGate = await this.gates.forReader(ctx, reader, story);
    this.gates.requireAllowed(ctx, readerGate, 'read');
    const page = await this.view.picks(ctx, story.id, query);
    if (!reader) return listJson(page);
    const overlay = await this.viewers.readOverlay(ctx, reader.id, {
      storyId: story.id,
      rootIds: [],
      ids: page.items.map(({ id }) => id),
      includesUnlistedRoots: false,
    });
    const viewerContext = viewerContextFor(site, effectivePolicy(readerGate), reader.id, this.clock.nowMs());
    return listJsonForViewer(page, viewerContext, overlay);
  }
}

export function viewerContextFor(
  site: SiteFacts,
  policy: Policy,
  readerId: ReaderId,
  nowMs: number,
): ViewerContext {
  return {
    readerId,
    nowMs,
    editWindowSeconds: policy.editWindowSeconds,
    reasonText: (code) => reasonTextFor(site.policy.reasons, code, null),
  };
}
