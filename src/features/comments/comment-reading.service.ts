import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { notFound } from '../../platform/http/problem.js';
import type { CommentId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { GateService, type ReaderGate } from '../entitlements/gate.service.js';
import type { SignedInReader } from '../readers/signed-in-reader.js';
import type { SiteFacts } from '../sites/site-facts.js';
import { StoryRegistry } from '../stories/story-registry.js';
import { CommentView, type FoundComment } from './comment.view.js';
import type { CommentDto, CommentListDto } from './comments.dto.js';
import { viewerContextFor, effectivePolicy } from './thread.service.js';
import { ThreadView } from './thread.view.js';
import { commentJsonForViewer, listJson, listJsonForViewer, ownCommentJson } from './viewer-json.js';
import { ViewerOverlayView } from './viewer-overlay.view.js';

/** Reads a comment and its replies as the caller may see them. */
@Injectable()
export class CommentReadingService {
  constructor(
    private readonly view: CommentView,
    private readonly threads: ThreadView,
    private readonly viewers: ViewerOverlayView,
    private readonly stories: StoryRegistry,
    private readonly gates: GateService,
    private readonly clock: Clock,
  ) {}

  /**
   * Returns a visible comment, the placeholder of a hidden comment with visible replies, or the reader's own comment
   * in any status.
   *
   * @throws Problem 401 or 403 if the caller may not read, 404
   */
  async read(
    ctx: SiteContext,
    site: SiteFacts,
    reader: SignedInReader | null,
    id: CommentId,
  ): Promise<CommentDto> {
    const { comment, readerGate } = await this.findReadable(ctx, reader, id);
    const isOwn = reader?.id === comment.authorId && comment.status !== 'deleted';
    const isPlaceholder = ['removed', 'deleted'].includes(comment.status) && comment.replyCount > 0;
    if (!comment.visible && !isOwn && !isPlaceholder) throw notFound('This comment');
    if (!reader) return JSON.parse(comment.json) as CommentDto;
    const overlay = await this.viewers.readOverlay(ctx, reader.id, {
      storyId: comment.storyId,
      ids: [id],
      rootIds: [],
      includesUnlistedRoots: false,
    });
    const viewerContext = viewerContextFor(site, effectivePolicy(readerGate), reader.id, this.clock.nowMs());
    const json = isOwn
      ? ownCommentJson(
          comment.authorJson,
          viewerContext,
          overlay.reactions.get(id) ?? [],
          overlay.flagged.has(id),
          overlay.ownComments.find((own) => own.id === id)?.appeal,
        )
      : commentJsonForViewer({ id, json: Buffer.from(comment.json) }, viewerContext, overlay).toString();
    return JSON.parse(json) as CommentDto;
  }

  /**
   * Returns the visible replies to a comment that the thread shows, at any depth, oldest first.
   *
   * @throws Problem 400 bad cursor, 401, 403, 404
   */
  async replies(
    ctx: SiteContext,
    site: SiteFacts,
    reader: SignedInReader | null,
    id: CommentId,
    query: { cursor: string | undefined; limit: number },
  ): Promise<CommentListDto> {
    const { comment, readerGate } = await this.findReadable(ctx, reader, id);
    const isOwn = reader?.id === comment.authorId && comment.status !== 'deleted';
    if (!comment.visible && comment.replyCount === 0 && !isOwn) throw notFound('This comment');
    const page = await this.threads.replies(ctx, id, comment.parentId === null, query);
    if (!reader) return JSON.parse(listJson(page).toString()) as CommentListDto;
    const overlay = await this.viewers.readOverlay(ctx, reader.id, {
      storyId: comment.storyId,
      ids: page.items.map((item) => item.id),
      rootIds: comment.parentId === null ? [id] : [],
      includesUnlistedRoots: false,
    });
    const viewerContext = viewerContextFor(site, effectivePolicy(readerGate), reader.id, this.clock.nowMs());
    return JSON.parse(listJsonForViewer(page, viewerContext, overlay).toString()) as CommentListDto;
  }

  private async findReadable(
    ctx: SiteContext,
    reader: SignedInReader | null,
    id: CommentId,
  ): Promise<{ comment: FoundComment; readerGate: ReaderGate }> {
    const comment = await this.view.find(ctx, id);
    const story = comment && (await this.stories.findById(ctx, comment.storyId));
    if (!story) throw notFound('This comment');
    const readerGate = await this.gates.forReader(ctx, reader, story);
    this.gates.requireAllowed(ctx, readerGate, 'read');
    return { comment, readerGate };
  }
}
