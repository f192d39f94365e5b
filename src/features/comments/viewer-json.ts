import type { ReaderId } from '../../platform/ids.js';
import { editRefusal } from './comment.policy.js';
import type { CommentStatus } from './comment-status.js';
import type { AppealSummary } from './comments.dto.js';
import { JsonBufferBuilder, withoutClosingBrace } from './json-buffer-builder.js';
import type { Overlay, MyComment } from './viewer-overlay.view.js';
import type { Rendered, RenderedItem, RepliesPage, ThreadPage } from './thread.view.js';

/** What a reader has done with a comment and may do with their own. */
export interface Viewer {
  reactions: readonly string[];
  flagged: boolean;
  mine: boolean;
  canEdit: boolean;
  canDelete: boolean;
  /** Left out where it is false. */
  ignored?: true;
}

/** Whose eyes see, and by which rules. */
export interface ViewerContext {
  readonly readerId: ReaderId;
  readonly editWindowSeconds: number;
  readonly nowMs: number;
  /** The text that a reason's code stands for, where a decision kept none; null for one that the site no longer has. */
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
const STRANGER = piece(
  ',"viewer":{"reactions":[],"flagged":false,"mine":false,"canEdit":false,"canDelete":false}',
);
const CLOSED = piece('}');
const PINNED = piece('"pinned":');
const NULL = piece('null');
const ITEMS = piece(',"items":[');
const REPLIES = piece(',"replies":{"items":[');
const NO_MORE_REPLIES = piece('],"next":null}}');
// The author stands before anything that people wrote: `commentJsonSql` gives ids first.
const AUTHOR =
  /^\{"id":"[0-9a-f-]{36}","storyId":"[0-9a-f-]{36}","parentId":(?:null|"[0-9a-f-]{36}"),"author":\{"id":"([0-9a-f-]{36})"/;
const AUTHOR_WITHIN = 200;

/** A comment on its way to one reader; null: nobody else sees it, and what they see is in the overlay. */
type Shown = { readonly id: string; readonly json: Buffer | null };

export function toViewer(
  comment: ParsedComment,
  eyes: ViewerContext,
  reactions: readonly string[],
  flagged: boolean,
): Viewer {
  const mine = comment.author?.id === eyes.readerId;
  const authored = {
    authorId: eyes.readerId,
    status: comment.status,
    createdAtMs: Date.parse(comment.createdAt),
  };
  const may = (action: 'edit' | 'delete'): boolean =>
    mine && editRefusal(action, authored, eyes.editWindowSeconds, eyes.nowMs) === null;
  return { reactions, flagged, mine, canEdit: may('edit'), canDelete: may('delete') };
}

const authorOf = (json: Buffer): string | undefined =>
  AUTHOR.exec(json.toString('latin1', 0, AUTHOR_WITHIN))?.[1];

/** A comment's JSON, as everybody or as its author sees it, with what its author may do. */
export function ownCommentJson(
  json: string,
  eyes: ViewerContext,
  reactions: readonly string[],
  flagged: boolean,
  appeal: AppealSummary | null = null,
): string {
  const comment = JSON.parse(json) as ParsedComment;
  const reason = comment.reasonText ?? (comment.reason ? eyes.reasonText(comment.reason) : null);
  if (reason === null && !comment.reason) delete comment.reason;
  else comment.reason = reason;
  delete comment.reasonText;
  return JSON.stringify({
    ...comment,
    ...(appeal ? { appeal } : {}),
    viewer: toViewer(comment, eyes, reactions, flagged),
  });
}

/** `"pinned":…,"items":…,"next":…` of a thread as everybody sees it. */
export function appendPublicThread(parts: JsonBufferBuilder, page: ThreadPage): void {
  const add = (item: RenderedItem): void => {
    parts.add(withoutClosingBrace(item.json));
    addReplies(parts, item, item.replies, ({ json }) => parts.add(json));
  };
  addPinned(parts, page, add);
  parts.add(ITEMS).list(page.items, add).add(end(page));
}

/**
 * `"pinned":…,"items":…,"next":…` of a thread as one reader sees it. Own comments that others see otherwise stand in their
 * place with the newest text; those that nobody else sees come first, and own unseen replies last below their comment.
 */
export function appendThreadForViewer(
  parts: JsonBufferBuilder,
  page: ThreadPage,
  eyes: ViewerContext,
  overlay: Overlay,
): void {
  const addOpened = viewerAdder(parts, eyes, overlay);
  const unseen = overlay.own.filter(({ isInThread }) => !isInThread);
  const add = (item: Shown & Pick<RenderedItem, 'replies' | 'repliesNext'>): void => {
    const below = unseen.filter(({ rootId }) => rootId === item.id).reverse();
    addOpened(item);
    addReplies(parts, item, [...item.replies, ...below.map(alone)], (reply) => {
      addOpened(reply);
      parts.add(CLOSED);
    });
  };
  const first = unseen
    .filter(({ rootId }) => rootId === null)
    .map((comment) => ({ ...alone(comment), replies: [], repliesNext: null }));
  addPinned(parts, page, add);
  parts
    .add(ITEMS)
    .list([...first, ...page.items], add)
    .add(end(page));
}

/** The JSON of a list of comments as everybody sees them. */
export function listJson({ items, next }: RepliesPage): Buffer {
  const parts = new JsonBufferBuilder().add('{"items":[');
  return parts
    .list(items, ({ json }) => parts.add(json))
    .add(end({ next }), CLOSED)
    .bytes();
}

/** The JSON of the flat list below one comment, or of the picks, as one reader sees it; own unseen replies come at its end. */
export function listJsonForViewer(
  { items, next }: RepliesPage,
  eyes: ViewerContext,
  overlay: Overlay,
): Buffer {
  const unseen = next === null ? overlay.own.filter(({ isInThread }) => !isInThread).reverse() : [];
  const parts = new JsonBufferBuilder().add('{"items":[');
  const addOpened = viewerAdder(parts, eyes, overlay);
  return parts
    .list([...items, ...unseen.map(alone)], (comment) => {
      addOpened(comment);
      parts.add(CLOSED);
    })
    .add(end({ next }), CLOSED)
    .bytes();
}

/** The JSON of a comment as one reader sees it who did not write it. */
export function commentJsonForViewer(comment: Rendered, eyes: ViewerContext, overlay: Overlay): Buffer {
  const parts = new JsonBufferBuilder();
  viewerAdder(parts, eyes, { ...overlay, own: [] })(comment);
  return parts.add(CLOSED).bytes();
}

const alone = ({ id }: MyComment): Shown => ({ id, json: null });
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

/** What closes a comment at the top of a thread. */
function addReplies<T>(
  parts: JsonBufferBuilder,
  { repliesNext }: { readonly repliesNext: string | null },
  replies: readonly T[],
  add: (reply: T) => void,
): void {
  parts.add(REPLIES).list(replies, add);
  parts.add(repliesNext === null ? NO_MORE_REPLIES : `],"next":${JSON.stringify(repliesNext)}}}`);
}

/** Adds a comment as one reader sees it, without the brace that closes it. */
function viewerAdder(
  parts: JsonBufferBuilder,
  eyes: ViewerContext,
  overlay: Overlay,
): (comment: Shown) => void {
  const ownById = new Map(overlay.own.map((comment) => [comment.id as string, comment]));
  return ({ id, json }) => {
    const own = ownById.get(id);
    const author = own || json === null ? undefined : authorOf(json);
    const reactions = overlay.reactions.get(id) ?? [];
    const flagged = overlay.flagged.has(id);
    const isOwn = own !== undefined || author === eyes.readerId;
    if (isOwn) {
      const text = ownCommentJson(own?.json ?? json!.toString(), eyes, reactions, flagged, own?.appeal);
      parts.add(text.slice(0, -1));
      return;
    }
    parts.add(withoutClosingBrace(json!));
    const ignored = author !== undefined && overlay.ignored.has(author);
    if (reactions.length === 0 && !flagged && !ignored) {
      parts.add(STRANGER);
      return;
    }
    const viewer: Viewer = { reactions, flagged, mine: false, canEdit: false, canDelete: false };
    if (ignored) viewer.ignored = true;
    parts.add(`,"viewer":${JSON.stringify(viewer)}`);
  };
}
