/** What an event tells of, apart from the payload that was written with the change. */
export interface CommentDetail {
  readonly body: string;
  readonly html: string;
  readonly author: {
    readonly id: string;
    readonly name: string;
    readonly picture: string | null;
    readonly tier: { readonly key: string; readonly name: string } | null;
    readonly role: string;
  };
  /** Empty when the text was not scored yet. */
  readonly scores: Readonly<Record<string, { value: number; spans: readonly (readonly [number, number])[] }>>;
}

export interface EventFacts {
  readonly id: string;
  readonly type: string;
  readonly siteId: string;
  /** Counts the subject's events from 1. */
  readonly sequence: number;
  readonly occurredAt: Date;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Receivers take small bodies well and large ones not at all (Standard Webhooks: under 20 kB). */
export const MAX_BODY_BYTES = 20_000;

const pick = (source: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(names.filter((name) => source[name] !== undefined).map((name) => [name, source[name]]));

function commentOf(payload: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { commentId, storyKey, parentId = null, readerKey, status, revision } = payload;
  return { id: commentId, storyKey, parentId, readerKey, status, revision };
}

/** The event's `data`, by its type's family; members that a payload does not have are left out. */
function dataOf(type: string, payload: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const family = type.slice(0, type.indexOf('.'));
  switch (family) {
    case 'comment':
      return {
        comment: commentOf(payload),
        ...pick(payload, ['decision']),
        ...(payload['flagReason'] === undefined
          ? {}
          : { flag: { reason: payload['flagReason'], openFlags: payload['openFlags'] } }),
      };
    case 'appeal':
      return { comment: commentOf(payload), ...pick(payload, ['appeal', 'decision']) };
    case 'reader':
      return {
        reader: { id: payload['readerId'], ...pick(payload, ['readerKey', 'standing', 'until', 'reason']) },
      };
    case 'story':
      return {
        story: {
          id: payload['storyId'],
          key: payload['storyKey'],
          ...pick(payload, ['url', 'title', 'state']),
        },
      };
    case 'webhook':
      return { endpoint: { id: payload['endpointId'] } };
    default:
      return { [family]: payload };
  }
}

/**
 * The two texts that an event is sent as, for good: every attempt and every replay has the same bytes.
 *
 * @param detail what `full` adds to a comment; null where there is none. Of a comment that its author deleted nothing
 *   is added. What would make the body too large is left out again: html first, then scores, then the text itself
 */
export function freezeBodies(
  event: EventFacts,
  detail: CommentDetail | null,
): { thin: string; full: string } {
  const data = dataOf(event.type, event.payload);
  const envelope = {
    id: event.id,
    type: event.type,
    timestamp: event.occurredAt.toISOString(),
    site: event.siteId,
    sequence: event.sequence,
  };
  const write = (what: Record<string, unknown>): string => JSON.stringify({ ...envelope, data: what });
  const thin = write(data);
  if (!detail || typeof data['comment'] !== 'object' || event.type === 'comment.deleted')
    return { thin, full: thin };

  const { body, html, author, scores } = detail;
  for (const more of [
    { body, html, author, scores },
    { body, author, scores },
    { body, author },
  ]) {
    const full = write({ ...data, comment: { ...data['comment'], ...more } });
    if (Buffer.byteLength(full) <= MAX_BODY_BYTES) return { thin, full };
  }
  return { thin, full: write({ ...data, comment: { ...data['comment'], author } }) };
}
