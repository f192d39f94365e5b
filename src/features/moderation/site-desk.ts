import type { CommentId, SiteId } from '../../platform/ids.js';
import { LOOKING_MS } from './looking.service.js';
import type { QueueChange } from './queue-changes.view.js';
import type { BulkNotice, QueueNotice } from './queue-notice.js';
import type { QueueEvents, QueueStream } from './queue-stream.js';

// Bursts become one look at the database.
const GATHER_MS = 75;
const COUNTS_EVERY_MS = 1_000;

export interface DeskNeeds {
  changes(siteId: SiteId, ids: readonly CommentId[]): Promise<QueueChange[]>;
  /** Sends fresh counts to the streams of this site. */
  sendCounts(streams: readonly QueueStream[]): Promise<void>;
  onFault(error: unknown): void;
}

/** Everybody who watches one site's queue: notices in, events out. */
export class SiteDesk {
  /** Each with the sections that its moderator is limited to; null: the whole site. */
  readonly streams = new Map<QueueStream, readonly string[] | null>();
  private gathered = new Map<CommentId, QueueNotice[]>();
  private gatherTimer: NodeJS.Timeout | undefined;
  private countsTimer: NodeJS.Timeout | undefined;
  private countedAt = 0;
  private closed = false;
  private readonly lookTimers = new Map<CommentId, NodeJS.Timeout>();

  constructor(
    private readonly siteId: SiteId,
    private readonly needs: DeskNeeds,
  ) {}

  hear(notice: QueueNotice | BulkNotice): void {
    if ('bulk' in notice) {
      for (const stream of this.streams.keys()) stream.send('bulk', {});
      this.countSoon();
      return;
    }
    const notices = this.gathered.get(notice.commentId) ?? [];
    this.gathered.set(notice.commentId, [...notices, notice]);
    this.gatherTimer ??= setTimeout(() => {
      this.gatherTimer = undefined;
      this.flush().catch((error: unknown) => this.needs.onFault(error));
    }, GATHER_MS);
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.gatherTimer);
    clearTimeout(this.countsTimer);
    for (const timer of this.lookTimers.values()) clearTimeout(timer);
    this.lookTimers.clear();
  }

  private async flush(): Promise<void> {
    const gathered = this.gathered;
    this.gathered = new Map();
    const changes = await this.needs.changes(this.siteId, [...gathered.keys()]);
    if (this.closed) return;
    let counts = false;
    for (const change of changes) {
      const notices = gathered.get(change.commentId) ?? [];
      if (notices.some(({ looking }) => looking)) this.tellLooking(change);
      const moves = notices.filter(({ status }) => status !== undefined);
      if (moves.length > 0) {
        counts = true;
        this.tellMove(change, moves);
      }
    }
    if (counts) this.countSoon();
  }

  private tellMove(change: QueueChange, moves: readonly QueueNotice[]): void {
    const { commentId, status, state, by } = change;
    // Straight from scoring to the readers: it never was in a list that somebody works on.
    const wasSeen = moves.some(({ from }) => from !== 'pending');
    if (wasSeen && (state === null || state === 'escalated'))
      this.send(change, 'left', { commentId, status, by });
    if (state !== null) this.send(change, 'arrived', { commentId, state });
  }

  private tellLooking(change: QueueChange): void {
    const { commentId, lookingAt } = change;
    this.send(change, 'looking', { commentId, lookingAt });
    clearTimeout(this.lookTimers.get(commentId));
    this.lookTimers.delete(commentId);
    if (lookingAt.length === 0) return;
    // Nobody tells when somebody goes without a word, so it is looked up when it would have ended.
    const again = setTimeout(() => this.hear({ commentId, looking: true }), LOOKING_MS + 1_000);
    this.lookTimers.set(commentId, again);
  }

  private countSoon(): void {
    if (this.countsTimer) return;
    const wait = Math.max(0, this.countedAt + COUNTS_EVERY_MS - performance.now());
    this.countsTimer = setTimeout(() => {
      this.countsTimer = undefined;
      this.countedAt = performance.now();
      this.needs.sendCounts([...this.streams.keys()]).catch((error: unknown) => this.needs.onFault(error));
    }, wait);
  }

  /** To everybody who may see the comment. */
  private send<K extends keyof QueueEvents>({ section }: QueueChange, event: K, data: QueueEvents[K]): void {
    for (const [stream, sections] of this.streams) {
      if (sections === null || (section !== null && sections.includes(section))) stream.send(event, data);
    }
  }
}
