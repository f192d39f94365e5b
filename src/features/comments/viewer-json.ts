import type { ReaderId } from '../../platform/ids.js';
import { changeRefusal } from './comment.policy.js';
import type { CommentStatus } from './comment-status.js';
import type { AppealStanding } from './comments.dto.js';
import type { Overlay, OwnComment } from './viewer.view.js';
import type { Rendered, RenderedItem, ThreadPage } from './thread.view.js';

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
export interface Eyes {
  readonly readerId: ReaderId;
  readonly editWindowSeconds: number;
  readonly nowMs: number;
  /** The text that a reason's code stands for; null for one that the site no longer has. */
  readonly reasonText: (code: string) => string | null;
}

interface ParsedComment {
  id: string;
  status: CommentStatus;
  createdAt: string;
  author: { id: string } | null;
  reason?: string | null;
}

const STRANGER = '{"reactions":[],"flagged":false,"mine":false,"canEdit":false,"canDelete":false}';
// The author stands before anything that people wrote: `commentJsonSql` gives ids first.
const AUTHOR =
  /^\{"id":"[0-9a-f-]{36}","storyId":"[0-9a-f-]{36}","parentId":(?:null|"[0-9a-f-]{36}"),"author":\{"id":"([0-9a-f-]{36})"/;

export function viewerOf(
  comment: ParsedComment,
  eyes: Eyes,
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
    mine && changeRefusal(action, authored, eyes.editWindowSeconds, eyes.nowMs) === null;
  return { reactions, flagged, mine, canEdit: may('edit'), canDelete: may('delete') };
}

const authorOf = (json: string): string | undefined => AUTHOR.exec(json)?.[1];
const withMember = (json: string, name: string, value: string): string =>
  `${json.slice(0, -1)},"${name}":${value}}`;

/** A comment's JSON as one reader sees it. */
export function commentForViewer(comment: Rendered, eyes: Eyes, overlay: Overlay): string {
  const reactions = overlay.reactions.get(comment.id) ?? [];
  const flagged = overlay.flagged.has(comment.id);
  const author = authorOf(comment.json);
  if (author === eyes.readerId) return ownForViewer(comment.json, eyes, reactions, flagged);
  const ignored = author !== undefined && overlay.ignored.has(author);
  if (reactions.length === 0 && !flagged && !ignored) return withMember(comment.json, 'viewer', STRANGER);
  const viewer: Viewer = { reactions, flagged, mine: false, canEdit: false, canDelete: false };
  if (ignored) viewer.ignored = true;
  return withMember(comment.json, 'viewer', JSON.stringify(viewer));
}

/** A comment's JSON, as everybody or as its author sees it, with what its author may do. */
export function ownForViewer(
  json: string,
  eyes: Eyes,
  reactions: readonly string[],
  flagged: boolean,
  appeal: AppealStanding | null = null,
): string {
  const comment = JSON.parse(json) as ParsedComment;
  if (comment.reason) comment.reason = eyes.reasonText(comment.reason);
  else delete comment.reason;
  return JSON.stringify({
    ...comment,
    ...(appeal ? { appeal } : {}),
    viewer: viewerOf(comment, eyes, reactions, flagged),
  });
}

const listJson = (items: readonly string[], next: string | null): string =>
  `"items":[${items.join(',')}],"next":${JSON.stringify(next)}`;

const asEverybody = (item: RenderedItem): string =>
  withReplies(
    item.json,
    item.replies.map(({ json }) => json),
    item.repliesNext,
  );

/** `"pinned":…,"items":…,"next":…` of a thread as everybody sees it. */
export function threadItemsJson(page: ThreadPage): string {
  const pinned = page.pinned ? asEverybody(page.pinned) : 'null';
  return `"pinned":${pinned},${listJson(page.items.map(asEverybody), page.next)}`;
}

const withReplies = (json: string, replies: readonly string[], next: string | null): string =>
  withMember(json, 'replies', `{${listJson(replies, next)}}`);

/**
 * `"pinned":…,"items":…,"next":…` of a thread as one reader sees it. Own comments that others see otherwise stand in their
 * place with the newest text; those that nobody else sees come first, and own unseen replies last below their comment.
 */
export function threadItemsForViewer(page: ThreadPage, eyes: Eyes, overlay: Overlay): string {
  const own = new Map(overlay.own.map((comment) => [comment.id as string, comment]));
  const render = (comment: Rendered): string => renderOne(comment, own.get(comment.id), eyes, overlay);
  const unseen = overlay.own.filter(({ isInThread }) => !isInThread);
  const first = unseen
    .filter(({ rootId }) => rootId === null)
    .map((comment) => withReplies(render(comment), [], null));
  const withOwn = (item: RenderedItem): string => {
    const below = unseen.filter(({ rootId }) => rootId === item.id).reverse();
    return withReplies(render(item), [...item.replies, ...below].map(render), item.repliesNext);
  };
  const pinned = page.pinned ? withOwn(page.pinned) : 'null';
  return `"pinned":${pinned},${listJson([...first, ...page.items.map(withOwn)], page.next)}`;
}

/** As `threadItemsForViewer`, for the flat list below one comment; own unseen replies come at its end. */
export function repliesForViewer(
  page: { readonly items: readonly Rendered[]; readonly next: string | null },
  eyes: Eyes,
  overlay: Overlay,
): string {
  const own = new Map(overlay.own.map((comment) => [comment.id as string, comment]));
  const unseen = page.next === null ? overlay.own.filter(({ isInThread }) => !isInThread).reverse() : [];
  const items = [...page.items, ...unseen].map((comment) =>
    renderOne(comment, own.get(comment.id), eyes, overlay),
  );
  return listJson(items, page.next);
}

function renderOne(comment: Rendered, own: OwnComment | undefined, eyes: Eyes, overlay: Overlay): string {
  if (!own) return commentForViewer(comment, eyes, overlay);
  return ownForViewer(
    own.json,
    eyes,
    overlay.reactions.get(comment.id) ?? [],
    overlay.flagged.has(comment.id),
    own.appeal,
  );
}
