import type { CommentId, ReaderId } from '../../../platform/ids.js';
import type { BrigadeKind } from './brigade.entity.js';

/** A comment and when it was posted, in milliseconds. */
export interface TimedComment {
  readonly id: CommentId;
  readonly authorId: ReaderId;
  readonly atMs: number;
}

/** The window with the most authors among those that contain a comment. */
export interface Wave<T extends TimedComment = TimedComment> {
  /** Oldest first; empty if the comment is not among those given. */
  readonly comments: readonly T[];
  /** Number of distinct authors. */
  readonly readers: number;
}

/**
 * Finds the window around a comment that has the most distinct authors. Comments before and after it count, so the
 * result does not depend on the order in which comments are scored.
 *
 * @param windowMs length of the window; comments that are exactly this far apart are in one window
 */
export function waveAround<T extends TimedComment>(
  comments: readonly T[],
  id: CommentId,
  windowMs: number,
): Wave<T> {
  const sorted = [...comments].sort((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1));
  const ownIndex = sorted.findIndex((comment) => comment.id === id);
  let best: Wave<T> = { comments: [], readers: 0 };
  if (ownIndex === -1) return best;
  const counts = new Map<ReaderId, number>();
  let end = 0;
  for (let start = 0; start <= ownIndex; start++) {
    while (end < sorted.length && sorted[end].atMs - sorted[start].atMs <= windowMs) {
      counts.set(sorted[end].authorId, (counts.get(sorted[end].authorId) ?? 0) + 1);
      end++;
    }
    if (end > ownIndex && counts.size > best.readers)
      best = { comments: sorted.slice(start, end), readers: counts.size };
    const remaining = (counts.get(sorted[start].authorId) ?? 0) - 1;
    if (remaining > 0) counts.set(sorted[start].authorId, remaining);
    else counts.delete(sorted[start].authorId);
  }
  return best;
}

/** Usual numbers of readers, for comparison with a wave. */
export interface UsualReaders {
  /** Mean number of new readers on the story in a window of the same length, over the hour before. */
  readonly newOnStory: number;
  /** Readers who commented on other stories of the site in the last day, and how many of them are new. */
  readonly elsewhere: { readonly readers: number; readonly newReaders: number };
}

/** With fewer readers, as on a new site where everybody is new, the usual share of new readers is unknown. */
const MIN_READERS_FOR_SHARE = 50;
/** Minimum multiple of the usual number of new readers on the story. */
const MIN_MULTIPLE = 2;
/** Minimum distance from the expected number, in standard deviations. */
const MIN_DEVIATIONS = 3;

/**
 * Whether there are clearly more new readers in a window than usual: at least twice as many as the story had before,
 * and more than the site's other stories have among as many readers, both beyond random variation. Where nearly all
 * readers are new, as after a launch or when a paywall is lifted, hardly any number of them is unusual.
 *
 * @param readers number of all readers in the window, new ones included
 */
export function isUnusual(
  newReaders: number,
  readers: number,
  { newOnStory, elsewhere }: UsualReaders,
): boolean {
  // The standard deviation of independent arrivals is the square root of their mean.
  if (
    newReaders < MIN_MULTIPLE * newOnStory ||
    newReaders <= newOnStory + MIN_DEVIATIONS * Math.sqrt(newOnStory)
  )
    return false;
  if (elsewhere.readers < MIN_READERS_FOR_SHARE) return false;
  const share = elsewhere.newReaders / elsewhere.readers;
  return newReaders > readers * share + MIN_DEVIATIONS * Math.sqrt(readers * share * (1 - share));
}

/** The reason for holding a comment, as shown to moderators. */
export function brigadeReason(kind: BrigadeKind, readers: number, minutes: number): string {
  const within = `within ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
  return kind === 'story'
    ? `${readers} new accounts commented on this story ${within}`
    : `${readers} new accounts posted nearly the same text ${within}`;
}
