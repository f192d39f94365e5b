import type { QueryClient } from '@tanstack/react-query';
import { randomId } from '../../kit/random-id.js';
import { ProblemError, UnreachableError, type api } from '../api.js';
import type { CommentDetail, QueueItem, QueueState, Reason } from '../api-types.js';
import { decisionVerb, type DecisionOption } from './decision-options.js';
import { restoreItem, shiftCount, removeItem, type QueueKey } from './queue-cache.js';

/** A decision taken in this console. It can be undone until `until`. Times are milliseconds since the epoch. */
export interface PendingDecision {
  id: string;
  item: QueueItem;
  queue: QueueKey;
  position: number;
  choice: DecisionOption;
  reason: Reason | null;
  note: string;
  at: number;
  until: number;
  state: 'saving' | 'saved';
}

/**
 * A short message above the bar. It disappears by itself: soon for news, later for failures, and at once when its
 * comment is decided again.
 */
export interface Notice {
  id: string;
  kind: 'news' | 'failed';
  text: string;
  /** The comment that the notice is about. */
  commentId?: string;
  retry?: () => void;
}

export interface DecisionSnapshot {
  /** Newest last. */
  entries: readonly PendingDecision[];
  notices: readonly Notice[];
  /** Decisions of this session by action, and the seconds from display to decision for each. */
  tally: { approved: number; rejected: number; escalated: number; secondsEach: readonly number[] };
}

type Calls = Pick<typeof api, 'decide' | 'undo' | 'comment'>;

// The server accepts an undo for 30 s. The bar stops a moment earlier so that it never offers an undo too late.
const UNDO_MS = 29_000;
const NOTICE_MS = { news: 9_000, failed: 30_000 };
/** Enough of a comment's text to recognise it. */
const EXCERPT_CHARS = 40;
const RETRY_AFTER_MS = [800, 2500];

/**
 * Shows a decision at once and saves it in the background. A comment whose decision the server refuses returns to its
 * place in the list. If someone else decided first, a notice says so.
 */
export class DecisionStore {
  private snapshot: DecisionSnapshot = {
    entries: [],
    notices: [],
    tally: { approved: 0, rejected: 0, escalated: 0, secondsEach: [] },
  };
  private readonly listeners = new Set<() => void>();
  private readonly saves = new Map<string, Promise<string | null>>();
  /** Called when a comment returns to the list, so that the page can select it. */
  onReturned: (commentId: string, queue: QueueState) => void = () => {};

  constructor(
    private readonly calls: Calls,
    private readonly queries: QueryClient,
    private readonly wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms)),
  ) {}

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly read = () => this.snapshot;

  decide(
    queue: QueueKey,
    item: QueueItem,
    choice: DecisionOption,
    options: { reason?: Reason; note?: string; shownAt?: number } = {},
  ): void {
    const now = Date.now();
    this.forget(item.comment.id);
    const entry: PendingDecision = {
      id: randomId(),
      item,
      queue,
      position: removeItem(this.queries, queue, item.comment.id),
      choice,
      reason: options.reason ?? null,
      note: options.note ?? '',
      at: now,
      until: now + UNDO_MS,
      state: 'saving',
    };
    shiftCount(this.queries, queue[1], queue[2], -1);
    this.count(entry, options.shownAt ? (now - options.shownAt) / 1000 : null);
    this.set({ entries: [...this.snapshot.entries.filter((one) => one.until > now), entry] });
    this.saves.set(entry.id, this.save(entry));
  }

  /** Undoes the newest decision that can still be undone. */
  async undo(): Promise<void> {
    const now = Date.now();
    const entry = this.snapshot.entries.findLast((one) => one.until > now);
    if (!entry) return;
    this.drop(entry);
    this.restoreItem(entry, entry.item);
    // The cached details show neither the decision nor its undo.
    this.queries.removeQueries({ queryKey: ['comment', entry.item.comment.id] });
    const decisionId = await this.saves.get(entry.id);
    this.saves.delete(entry.id);
    // The decision was not saved. The comment has already returned with its own notice.
    if (!decisionId) return;
    try {
      await this.calls.undo(decisionId);
      void this.queries.invalidateQueries({ queryKey: ['comment', entry.item.comment.id] });
    } catch (error) {
      if (removeItem(this.queries, entry.queue, entry.item.comment.id) >= 0) {
        shiftCount(this.queries, entry.queue[1], entry.queue[2], -1);
      }
      this.notify(
        'failed',
        `Not undone for ${describeComment(entry.item)}: ${errorSentence(error)} It stays ${entry.choice.undoText.toLowerCase()}.`,
        { commentId: entry.item.comment.id },
      );
    }
  }

  dismiss(noticeId: string): void {
    this.set({ notices: this.snapshot.notices.filter((notice) => notice.id !== noticeId) });
  }

  /** Removes decisions that can no longer be undone. */
  expire(): void {
    const now = Date.now();
    const entries = this.snapshot.entries.filter((one) => one.until > now);
    if (entries.length !== this.snapshot.entries.length) this.set({ entries });
  }

  /** @returns the decision's id, or null if the server did not accept it */
  private async save(entry: PendingDecision): Promise<string | null> {
    const { comment } = entry.item;
    try {
      const { results } = await this.send(entry);
      const result = results[0];
      if (!result) throw new Error('The server answered without a result.');
      if (result.error) {
        throw new ProblemError(result.error.status, result.error.code ?? 'unknown', result.error);
      }
      this.set({
        entries: this.snapshot.entries.map((one) => (one.id === entry.id ? { ...one, state: 'saved' } : one)),
      });
      // The comment may also be shown in another queue, where its history must include this decision.
      void this.queries.invalidateQueries({ queryKey: ['comment', comment.id] });
      return result.decisionId;
    } catch (error) {
      this.drop(entry);
      if (error instanceof ProblemError && error.code === 'claimed') {
        this.restoreItem(entry, entry.item);
        this.notify('news', `${error.message} ${describeComment(entry.item)} is back in its place.`);
      } else if (error instanceof ProblemError && (error.status === 409 || error.status === 404)) {
        await this.explainConflict(entry);
      } else {
        this.restoreItem(entry, entry.item);
        const retry = () => {
          if (removeItem(this.queries, entry.queue, comment.id) >= 0) {
            restoreItem(this.queries, entry.queue, entry.item, entry.position);
          }
          this.decide(entry.queue, entry.item, entry.choice, {
            ...(entry.reason && { reason: entry.reason }),
            note: entry.note,
          });
        };
        // A forbidden decision is not retried.
        const isRefused = error instanceof ProblemError && error.status === 403;
        this.notify(
          'failed',
          `Not saved for ${describeComment(entry.item)}: ${errorSentence(error)} It is back in its place.`,
          { commentId: comment.id, ...(!isRefused && { retry }) },
        );
      }
      return null;
    }
  }

  private async send(entry: PendingDecision) {
    const request = {
      commentId: entry.item.comment.id,
      revision: entry.item.comment.revision,
      action: entry.choice.action,
      ...(entry.reason && { reason: entry.reason.code }),
      ...(entry.note && { note: entry.note }),
    };
    for (const pause of [...RETRY_AFTER_MS, null]) {
      try {
        return await this.calls.decide([request], entry.id);
      } catch (error) {
        const isTemporary =
          error instanceof UnreachableError || (error instanceof ProblemError && error.status >= 500);
        if (!isTemporary || pause === null) throw error;
        await this.wait(pause);
      }
    }
    throw new Error('unreachable');
  }

  /** Explains a conflict: either someone else decided first, or the author edited the text. Not shown as an error. */
  private async explainConflict(entry: PendingDecision): Promise<void> {
    const { comment } = entry.item;
    const authorName = entry.item.author?.name ?? 'The author';
    let current: CommentDetail;
    try {
      current = await this.calls.comment(comment.id);
    } catch (error) {
      const isDeleted = error instanceof ProblemError && error.status === 404;
      this.notify(
        'news',
        isDeleted ? `${authorName} deleted this comment.` : 'Someone else had decided this comment already.',
      );
      return;
    }
    if (current.comment.revision !== comment.revision && current.comment.status === comment.status) {
      this.restoreItem(entry, current);
      this.notify(
        'news',
        `${authorName} edited the comment while you decided. It is back, with the new text.`,
      );
      return;
    }
    const last = current.lastDecision;
    const by = last?.moderator?.name ?? (last?.by === 'rule' ? 'a rule' : 'someone else');
    this.notify('news', `Already ${decisionVerb(current.comment.status)} by ${by}: ${authorName}’s comment.`);
  }

  private restoreItem(entry: PendingDecision, item: QueueItem): void {
    restoreItem(this.queries, entry.queue, item, entry.position);
    shiftCount(this.queries, entry.queue[1], entry.queue[2], 1);
    this.count(entry, null, -1);
    this.onReturned(item.comment.id, entry.queue[2]);
  }

  private drop(entry: PendingDecision): void {
    this.set({ entries: this.snapshot.entries.filter((one) => one.id !== entry.id) });
  }

  /** Shows a notice above the bar. */
  notify(
    kind: Notice['kind'],
    text: string,
    { commentId, retry }: Pick<Notice, 'commentId' | 'retry'> = {},
  ): void {
    const id = randomId();
    const retryAction = retry && (() => (this.dismiss(id), retry()));
    const notice: Notice = {
      id,
      kind,
      text,
      ...(commentId && { commentId }),
      ...(retryAction && { retry: retryAction }),
    };
    this.set({ notices: [...this.snapshot.notices.slice(-2), notice] });
    void this.wait(NOTICE_MS[kind]).then(() => this.dismiss(id));
  }

  /** Drops all notices about a comment, because it is being decided again or someone else decided it. */
  forget(commentId: string): void {
    const notices = this.snapshot.notices.filter((notice) => notice.commentId !== commentId);
    if (notices.length < this.snapshot.notices.length) this.set({ notices });
  }

  private count(entry: PendingDecision, seconds: number | null, by = 1): void {
    const { tally } = this.snapshot;
    const column =
      entry.choice.action === 'escalate'
        ? 'escalated'
        : entry.choice.action === 'approve' || entry.choice.action === 'restore'
          ? 'approved'
          : 'rejected';
    const secondsEach = seconds === null ? tally.secondsEach : [...tally.secondsEach.slice(-499), seconds];
    this.set({ tally: { ...tally, [column]: tally[column] + by, secondsEach } });
  }

  private set(change: Partial<DecisionSnapshot>): void {
    this.snapshot = { ...this.snapshot, ...change };
    this.listeners.forEach((listener) => listener());
  }
}

/** Describes a comment in a sentence: its author and the beginning of its text, without hidden words. */
export function describeComment({
  author,
  comment,
  hidden,
}: Pick<QueueItem, 'author' | 'comment' | 'hidden'>): string {
  const shown = hidden.reduceRight(
    (text, [start, end]) => `${text.slice(0, start)}…${text.slice(end)}`,
    comment.body ?? '',
  );
  const text = shown.replace(/\s+/g, ' ').trim();
  const excerpt = text.length > EXCERPT_CHARS ? `${text.slice(0, EXCERPT_CHARS).trimEnd()}…` : text;
  return `${author?.name ?? 'a deleted reader'}’s comment${excerpt && ` “${excerpt}”`}`;
}

function errorSentence(error: unknown): string {
  if (error instanceof UnreachableError) return 'the server cannot be reached.';
  if (error instanceof ProblemError) {
    return error.status === 401 ? 'your session had ended.' : error.message;
  }
  return error instanceof Error ? error.message : 'something went wrong.';
}
