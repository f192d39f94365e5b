import { v7, validate } from 'uuid';

declare const kind: unique symbol;
/** A UUIDv7 whose type says what it identifies, so that code that confuses two kinds of ids does not compile. */
export type Id<Kind extends string> = string & { readonly [kind]: Kind };

export type SiteId = Id<'site'>;
export type StoryId = Id<'story'>;
export type ReaderId = Id<'reader'>;
export type CommentId = Id<'comment'>;
export type RevisionId = Id<'revision'>;
export type DecisionId = Id<'decision'>;
export type AppealId = Id<'appeal'>;
export type BulkDecisionId = Id<'bulk-decision'>;
export type SavedQueueId = Id<'saved-queue'>;
export type BrigadeId = Id<'brigade'>;
export type LegalNoticeId = Id<'legal-notice'>;
export type ModeratorId = Id<'moderator'>;
export type PublisherKeyId = Id<'publisher-key'>;
export type WebhookEndpointId = Id<'webhook-endpoint'>;
export type EventId = Id<'event'>;
export type DeliveryId = Id<'delivery'>;

/**
 * Creates a UUIDv7 (RFC 9562, section 5.7). Ids sort by creation time: exactly within one process, to the millisecond
 * between processes. Pagination by id is therefore pagination by time.
 *
 * @param atMs the instant to encode, for imported records with an older date
 */
export function newId<Kind extends string>(atMs?: number): Id<Kind> {
  return (atMs === undefined ? v7() : v7({ msecs: atMs })) as Id<Kind>;
}

/** Whether an external value is a UUID of any version, in its canonical form. */
export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && validate(value);
}

/**
 * The lowest UUIDv7 of an instant. Every id created since then sorts at or after it, so that queries can select a
 * period by id.
 */
export function firstIdAt(ms: number): string {
  const hex = ms.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/** The instant that a UUIDv7 was created at, in milliseconds. */
export function timeOfId(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}
