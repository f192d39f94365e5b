import type { ReaderId } from '../../platform/ids.js';
import { editRefusal } from './comment.policy.js';
import type { CommentStatus } from './comment-status.js';
import type { AppealSummary } from './comments.dto.js';
import { JsonBufferBuilder, withoutClosingBrace } from './json-buffer-builder.js';
import type { Overlay, MyComment } from './viewer-overlay.view.js';
import type { RenderedComment, RenderedItem, CommentPage, ThreadPage } from './thread.view.js';

/** What a reader did with a comment, and what they may do with their own. */
export interface Viewer {
  reactions: readonly string[];
  flagged: boolean;
  mine: boolean;
  canEdit: boolean;
  canDelete: boolean;
  /** Absent if false. */
  ignored?: true;
}

/** The reader who views the comments, and the rules that apply to them. */
export interface ViewerContext {
  readonly readerId: ReaderId;
  readonly editWindowSeconds: number;
  readonly nowMs: number;
  /**
   * Returns the text for a reason code, for decisions that stored none; null if the site no longer has this reason.
   */
  readonly reasonText: (code: string) => string | null;
}

interface ParsedComment {
  id: string;
  status: CommentStatus;
  createdAt: string;
  author: { id: string } | null;
  reason?: string | null;
  reasonText?: string | null;
}

const toBuffer = (text: string): Buffer => Buffer.from(text);
const OTHER_READER_VIEWER = toBuffer(
  ',"viewer":{"reactions":[],"flagged":false,"mine":false,"canEdit":false,"canDelete":false}',
);
const CLOSING_BRACE = toBuffer('}');
const PINNED = toBuffer('"pinned":');
const NULL = toBuffer('null');
const ITEMS = toBuffer(',"items":[');
const REPLIES = toBuffer(',"replies":{"items":[');
const NO_MORE_REPLIES = toBuffer('],"next":null}}');
// The author comes before any user-written text, because `commentJsonSql` puts the ids first.
const AUTHOR_ID_PATTERN =
  /^\{"id":"[0-9a-f-]{36}","storyId":"[0-9a-f-]{36}","parentId":(?:null|"[0-9a-f-]{36}"),"author":\{"id":"([0-9a-f-]{36})"/;
const AUTHOR_SEARCH_BYTES = 200;

/**
 * A comment to be sent to one reader. `json` is null if nobody else sees it; the overlay then has the reader's
 * version.
 */
type RenderedJson = { readonly id: string; readonly json: Buffer | null };

export function toViewer(
  comment: ParsedComment,
  viewerContext: ViewerContext,
  reactions: readonly string[],
  flagged: boolean,
): Viewer {
  const mine = comment.author?.id === viewerContext.readerId;
  const authoredComment = {
    authorId: viewerContext.readerId,
    status: comment.status,
    createdAtMs: Date.parse(comment.createdAt),
  };
  const isAllowed = (action: 'edit' | 'delete'): boolean =>
    mine &&
    editRefusal(action, authoredComment, viewerContext.editWindowSeconds, viewerContext.nowMs) === null;
  return { reactions, flagged, mine, canEdit: isAllowed('edit'), canDelete: isAllowed('delete') };
}

const authorIdOf = (json: Buffer): string | undefined =>
  AUTHOR_ID_PATTERN.exec(json.toString('latin1', 0, AUTHOR_SEARCH_BYTES))?.[1];

/**
 * Completes the JSON of one of the viewer's own comments with the reason text, the appeal and the actions that the
 * author may take.
 */
export function ownCommentJson(
  json: string,
  viewerContext: ViewerContext,
  reactions: readonly string[],
  flagged: boolean,
  appeal: AppealSummary | null = null,
): string {
  const comment = JSON.parse(json) as ParsedComment;
  const reason = comment.reasonText ?? (comment.reason ? viewerContext.reasonText(comment.reason) : null);
  if (reason === null && !comment.reason) delete comment.reason;
  else comment.reason = reason;
  delete comment.reasonText;
  return JSON.stringify({
    ...comment,
    ...(appeal ? { appeal } : {}),
    viewer: toViewer(comment, viewerContext, reactions, flagged),
  });
}

/** Appends `"pinned":…,"items":…,"next":…` of a public thread. */
export function appendPublicThread(parts: JsonBufferBuilder, page: ThreadPage): void {
  const add = (item: RenderedItem): void => {
    parts.add(withoutClosingBrace(item.json));
    addReplies(parts, item, item.replies, ({ json }) => parts.add(json));
  };
  addPinned(parts, page, add);
  parts.add(ITEMS).list(page.items, add).add(listEnd(page));
}

/**
 * Appends `"pinned":…,"items":…,"next":…` of a thread as one reader sees it. The reader's own comments that the
 * public thread lists appear in their usual position with the newest text. Top-level comments that only the reader sees
 * come first, and replies that only the reader sees come last below their comment.
 */
export function appendThreadForViewer(
  parts: JsonBufferBuilder,
  page: ThreadPage,
  viewerContext: ViewerContext,
  overlay: Overlay,
): void {
  const addForViewer = createViewerAppender(parts, viewerContext, overlay);
  const ownUnlisted = overlay.ownComments.filter(({ isInThread }) => !isInThread);
  const add = (item: RenderedJson & Pick<RenderedItem, 'replies' | 'repliesNext'>): void => {
    const ownUnlistedReplies = ownUnlisted.filter(({ rootId }) => rootId === item.id).reverse();
    addForViewer(item);
    addReplies(parts, item, [...item.replies, ...ownUnlistedReplies.map(withoutJson)], (reply) => {
      addForViewer(reply);
      parts.add(CLOSING_BRACE);
    });
  };
  const first = ownUnlisted
    .filter(({ rootId }) => rootId === null)
    .map((comment) => ({ ...withoutJson(comment), replies: [], repliesNext: null }));
  addPinned(parts, page, add);
  parts
    .add(ITEMS)
    .list([...first, ...page.items], add)
    .add(listEnd(page));
}

/** Returns the JSON of a public list of comments. */
export function listJson({ items, next }: CommentPage): Buffer {
  const parts = new JsonBufferBuilder().add('{"items":[');
  return parts
    .list(items, ({ json }) => parts.add(json))
    .add(listEnd({ next }), CLOSING_BRACE)
    .bytes();
}

/**
 * Returns the JSON of the replies below one comment, or of the picks, as one reader sees them. Replies that only the
 * reader sees come last.
 */
export function listJsonForViewer(
  { items, next }: CommentPage,
  viewerContext: ViewerContext,
  overlay: Overlay,
): Buffer {
  const ownUnlisted =
    next === null ? overlay.ownComments.filter(({ isInThread }) => !isInThread).reverse() : [];
  const parts = new JsonBufferBuilder().add('{"items":[');
  const addForViewer = createViewerAppender(parts, viewerContext, overlay);
  return parts
    .list([...items, ...ownUnlisted.map(withoutJson)], (comment) => {
      addForViewer(comment);
      parts.add(CLOSING_BRACE);
    })
    .add(listEnd({ next }), CLOSING_BRACE)
    .bytes();
}

/** Returns the JSON of a comment for a reader who did not write it. */
export function commentJsonForViewer(
  comment: RenderedComment,
  viewerContext: ViewerContext,
  overlay: Overlay,
): Buffer {
  const parts = new JsonBufferBuilder();
  createViewerAppender(parts, viewerContext, { ...overlay, ownComments: [] })(comment);
  return parts.add(CLOSING_BRACE).bytes();
}

const withoutJson = ({ id }: MyComment): RenderedJson => ({ id, json: null });
const listEnd = ({ next }: { readonly next: string | null }): string => `],"next":${JSON.stringify(next)}`;

function addPinned(
  parts: JsonBufferBuilder,
  { pinned }: ThreadPage,
  add: (item: RenderedItem) => void,
): void {
  parts.add(PINNED);
  if (pinned === null) parts.add(NULL);
  else add(pinned);
}

/** Appends the replies and the end of a top-level comment. */
function addReplies<T>(
  parts: JsonBufferBuilder,
  { repliesNext }: { readonly repliesNext: string | null },
  replies: readonly T[],
  add: (reply: T) => void,
): void {
  parts.add(REPLIES).list(replies, add);
  parts.add(repliesNext === null ? NO_MORE_REPLIES : `],"next":${JSON.stringify(repliesNext)}}}`);
}

/** Returns a function that appends a comment as one reader sees it, without its closing brace. */
function createViewerAppender(
  parts: JsonBufferBuilder,
  viewerContext: ViewerContext,
  overlay: Overlay,
): (comment: RenderedJson) => void {
  const ownById = new Map(overlay.ownComments.map((comment) => [comment.id as string, comment]));
  return ({ id, json }) => {
    const ownComment = ownById.get(id);
    const author = ownComment || json === null ? undefined : authorIdOf(json);
    const reactions = overlay.reactions.get(id) ?? [];
    const flagged = overlay.flagged.has(id);
    const isOwn = ownComment !== undefined || author === viewerContext.readerId;
    if (isOwn) {
      const text = ownCommentJson(
        ownComment?.json ?? json!.toString(),
        viewerContext,
        reactions,
        flagged,
        ownComment?.appeal,
      );
      parts.add(text.slice(0, -1));
      return;
    }
    parts.add(withoutClosingBrace(json!));
    const ignored = author !== undefined && overlay.ignored.has(author);
    if (reactions.length === 0 && !flagged && !ignored) {
      parts.add(OTHER_READER_VIEWER);
      return;
    }
    const viewer: Viewer = { reactions, flagged, mine: false, canEdit: false, canDelete: false };
    if (ignored) viewer.ignored = true;
    parts.add(`,"viewer":${JSON.stringify(viewer)}`);
  };
}
