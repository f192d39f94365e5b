import type { ReaderId } from '../../platform/ids.js';
import { editRefusal } from './comment.policy.js';
import type { CommentStatus } from './comment-status.js';
import type { AppealSummary } from './comments.dto.js';
import { JsonBufferBuilder, withoutClosingBrace } from './json-buffer-builder.js';
import type { Overlay, MyComment } from './viewer-overlay.view.js';
import type { Rendered, RenderedItem, RepliesPage, ThreadPage } from './thread.view.js';

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

const piece = (text: string): Buffer => Buffer.from(text);
const OTHER_READER_VIEWER = piece(
  ',"viewer":{"reactions":[],"flagged":false,"mine":false,"canEdit":false,"canDelete":false}',
);
const CLOSED = piece('}');
const PINNED = piece('"pinned":');
const NULL = piece('null');
const ITEMS = piece(',"items":[');
const REPLIES = piece(',"replies":{"items":[');
const NO_MORE_REPLIES = piece('],"next":null}}');
// The author comes before any user-written text, because `commentJsonSql` puts the ids first.
const AUTHOR =
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
  const ownViewer = {
    authorId: viewerContext.readerId,
    status: comment.status,
    createdAtMs: Date.parse(comment.createdAt),
  };
  const isAllowed = (action: 'edit' | 'delete'): boolean =>
    mine && editRefusal(action, ownViewer, viewerContext.editWindowSeconds, viewerContext.nowMs) === null;
  return { reactions, flagged, mine, canEdit: isAllowed('edit'), canDelete: isAllowed('delete') };
}

const authorOf = (json: Buffer): string | undefined =>
  AUTHOR.exec(json.toString('latin1', 0, AUTHOR_SEARCH_BYTES))?.[1];

/** Returns a comment's JSON, public or as seen by its author, with the actions that the author may take. */
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
  parts.add(ITEMS).list(page.items, add).add(end(page));
}

/**
 * Appends `"pinned":…,"items":…,"next":…` of a thread as one reader sees it. The reader's own comments that others
 * see in another form appear in their usual position with the newest text. Those that nobody else sees come first,
 * and own unseen replies come last below their comment.
 */
export function appendThreadForViewer(
  parts: JsonBufferBuilder,
  page: ThreadPage,
  viewerContext: ViewerContext,
  overlay: Overlay,
): void {
  const addForViewer = viewerAdder(parts, viewerContext, overlay);
  const unseen = overlay.ownComments.filter(({ isInThread }) => !isInThread);
  const add = (item: RenderedJson & Pick<RenderedItem, 'replies' | 'repliesNext'>): void => {
    const unseenReplies = unseen.filter(({ rootId }) => rootId === item.id).reverse();
    addForViewer(item);
    addReplies(parts, item, [...item.replies, ...unseenReplies.map(withoutJson)], (reply) => {
      addForViewer(reply);
      parts.add(CLOSED);
    });
  };
  const first = unseen
    .filter(({ rootId }) => rootId === null)
    .map((comment) => ({ ...withoutJson(comment), replies: [], repliesNext: null }));
  addPinned(parts, page, add);
  parts
    .add(ITEMS)
    .list([...first, ...page.items], add)
    .add(end(page));
}

/** Returns the JSON of a public list of comments. */
export function listJson({ items, next }: RepliesPage): Buffer {
  const parts = new JsonBufferBuilder().add('{"items":[');
  return parts
    .list(items, ({ json }) => parts.add(json))
    .add(end({ next }), CLOSED)
    .bytes();
}

/**
 * Returns the JSON of the replies below one comment, or of the picks, as one reader sees them. The reader's own
 * unseen replies come last.
 */
export function listJsonForViewer(
  { items, next }: RepliesPage,
  viewerContext: ViewerContext,
  overlay: Overlay,
): Buffer {
  const unseen = next === null ? overlay.ownComments.filter(({ isInThread }) => !isInThread).reverse() : [];
  const parts = new JsonBufferBuilder().add('{"items":[');
  const addForViewer = viewerAdder(parts, viewerContext, overlay);
  return parts
    .list([...items, ...unseen.map(withoutJson)], (comment) => {
      addForViewer(comment);
      parts.add(CLOSED);
    })
    .add(end({ next }), CLOSED)
    .bytes();
}

/** Returns the JSON of a comment as seen by a reader who did not write it. */
export function commentJsonForViewer(
  comment: Rendered,
  viewerContext: ViewerContext,
  overlay: Overlay,
): Buffer {
  const parts = new JsonBufferBuilder();
  viewerAdder(parts, viewerContext, { ...overlay, ownComments: [] })(comment);
  return parts.add(CLOSED).bytes();
}

const withoutJson = ({ id }: MyComment): RenderedJson => ({ id, json: null });
const end = ({ next }: { readonly next: string | null }): string => `],"next":${JSON.stringify(next)}`;

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
function viewerAdder(
  parts: JsonBufferBuilder,
  viewerContext: ViewerContext,
  overlay: Overlay,
): (comment: RenderedJson) => void {
  const ownById = new Map(overlay.ownComments.map((comment) => [comment.id as string, comment]));
  return ({ id, json }) => {
    const own = ownById.get(id);
    const author = own || json === null ? undefined : authorOf(json);
    const reactions = overlay.reactions.get(id) ?? [];
    const flagged = overlay.flagged.has(id);
    const isOwn = own !== undefined || author === viewerContext.readerId;
    if (isOwn) {
      const text = ownCommentJson(
        own?.json ?? json!.toString(),
        viewerContext,
        reactions,
        flagged,
        own?.appeal,
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
