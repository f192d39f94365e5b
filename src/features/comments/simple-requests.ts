import { isUuid, type CommentId } from '../../platform/ids.js';
import { MAX_BODY_BYTES } from './body.js';
import { SORTS, type Sort, type ThreadQuery } from './thread.view.js';

/** Parameters of `GET …/comments`, parsed in the same way as by `ThreadPageQuery`. */
export interface SimpleRead extends ThreadQuery {
  readonly url: string | undefined;
  readonly title: string | undefined;
}

/** Input of `POST …/comments`, parsed in the same way as by `SubmitBody` and `StoryHintQuery`. */
export interface SimplePost {
  readonly body: string;
  readonly parentId: CommentId | null;
  readonly url: string | undefined;
  readonly title: string | undefined;
}

const MAX_CURSOR_CHARS = 1_024;
const MAX_HINT_CHARS = 4_096;
const MAX_LIMIT = 100;
const DEFAULT_LIMIT = 20;

const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();
const isText = (value: unknown, min: number, max: number): boolean =>
  value === undefined ||
  (typeof value === 'string' && value.length >= min && value.length <= max && isStorable(value));
const isLimit = (value: unknown): boolean =>
  value === undefined || (typeof value === 'string' && /^\d{1,3}$/.test(value));
const isSort = (value: unknown): value is Sort | undefined =>
  value === undefined || SORTS.includes(value as Sort);
const isHint = ({ url, title }: Record<string, unknown>): boolean =>
  isText(url, 0, MAX_HINT_CHARS) && isText(title, 0, MAX_HINT_CHARS);

/**
 * Fast path for typical queries. Validation by the DTO takes longer than loading the page, so it is used only for
 * queries that are not obviously valid.
 *
 * @returns null if the DTO must validate the query
 */
export function parseSimpleRead(query: Record<string, unknown>): SimpleRead | null {
  const { sort, cursor, limit } = query;
  if (!isSort(sort) || !isText(cursor, 1, MAX_CURSOR_CHARS) || !isLimit(limit) || !isHint(query)) return null;
  return {
    sort: sort ?? 'newest',
    cursor: cursor as string | undefined,
    limit: limit === undefined ? DEFAULT_LIMIT : Math.min(MAX_LIMIT, Math.max(1, Number(limit))),
    url: query['url'] as string | undefined,
    title: query['title'] as string | undefined,
  };
}

/** Like `parseSimpleRead`, for a submitted comment. */
export function parseSimplePost(query: Record<string, unknown>, payload: unknown): SimplePost | null {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload) || !isHint(query))
    return null;
  const { body, parentId = null, ...otherFields } = payload as Record<string, unknown>;
  if (Object.keys(otherFields).length > 0) return null;
  if (body === undefined || !isText(body, 1, MAX_BODY_BYTES)) return null;
  if (parentId !== null && !isUuid(parentId)) return null;
  return {
    body: body as string,
    parentId: parentId === null ? null : (parentId.toLowerCase() as CommentId),
    url: query['url'] as string | undefined,
    title: query['title'] as string | undefined,
  };
}
