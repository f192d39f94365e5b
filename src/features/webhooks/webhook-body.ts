/** The details of an event's comment that its stored payload does not contain. */
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
  /** Empty if the text has not been scored yet. */
  readonly scores: Readonly<Record<string, { value: number; spans: readonly (readonly [number, number])[] }>>;
}

export interface EventFacts {
  readonly id: string;
  readonly type: string;
  readonly siteId: string;
  /** Number of the event within its subject, from 1. */
  readonly sequence: number;
  readonly occurredAt: Date;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Receivers handle small bodies well and often reject large ones (Standard Webhooks: under 20 kB). */
export const MAX_BODY_BYTES = 20_000;

const pick = (source: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(names.filter((name) => source[name] !== undefined).map((name) => [name, source[name]]));

function commentOf(payload: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { commentId, storyKey, parentId = null, readerKey, status, revision } = payload;
  return { id: commentId, storyKey, parentId, readerKey, status, revision };
}

/**
 * The event's `data`, which depends on the family of its type. Members missing from the payload are omitted. A family
 * without a case of its own sends its whole payload.
 */
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
        ...pick(payload, ['brigade']),
      };
    case 'webhook':
      return { endpoint: { id: payload['endpointId'] } };
    default:
      return { [family]: payload };
  }
}

/**
 * Builds the two bodies of an event. They are stored, so that every attempt and every redelivery sends the same bytes.
 *
 * @param detail what `full` adds to a comment; null if there is nothing to add. Nothing is added for a comment that
 *   its author deleted. If the body would be too large, `html` is omitted first, then `scores`, then `body`
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
  const serialize = (eventData: Record<string, unknown>): string =>
    JSON.stringify({ ...envelope, data: eventData });
  const thin = serialize(data);
  if (!detail || typeof data['comment'] !== 'object' || event.type === 'comment.deleted')
    return { thin, full: thin };

  const { body, html, author, scores } = detail;
  for (const additions of [
    { body, html, author, scores },
    { body, author, scores },
    { body, author },
  ]) {
    const full = serialize({ ...data, comment: { ...data['comment'], ...additions } });
    if (Buffer.byteLength(full) <= MAX_BODY_BYTES) return { thin, full };
  }
  return { thin, full: serialize({ ...data, comment: { ...data['comment'], author } }) };
}
