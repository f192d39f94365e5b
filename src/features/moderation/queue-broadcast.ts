import type { CommentId, SiteId } from '../../platform/ids.js';
import { CLAIM_MS } from './claims.service.js';
import type { QueueChange } from './queue-changes.view.js';
import type { BrigadeQueueEvent, BulkQueueEvent, QueueEvent } from './queue-event.js';
import type { QueueEvents, QueueStream } from './queue-stream.js';

// Batches bursts of events into one database query.
const BATCH_MS = 75;
const COUNTS_EVERY_MS = 1_000;

export interface QueueBroadcastOptions {
  changes(siteId: SiteId, ids: readonly CommentId[]): Promise<QueueChange[]>;
  /** Sends current counts to the streams of this site. */
  sendCounts(streams: readonly QueueStream[]): Promise<void>;
  onFault(error: unknown): void;
}

/** All streams that watch one site's queue. Receives queue events and sends stream events. */
export class QueueBroadcast {
  /** Each stream with the sections that its moderator is limited to; null: the whole site. */
  readonly streams = new Map<QueueStream, readonly string[] | null>();
  private pendingEvents = new Map<CommentId, QueueEvent[]>();
  private batchTimer: NodeJS.Timeout | undefined;
  private countsTimer: NodeJS.Timeout | undefined;
  private countedAt = 0;
  private closed = false;
  private readonly claimTimers = new Map<CommentId, NodeJS.Timeout>();

  constructor(
    private readonly siteId: SiteId,
    private readonly options: QueueBroadcastOptions,
  ) {}

  receive(queueEvent: QueueEvent | BulkQueueEvent | BrigadeQueueEvent): void {
    if ('brigades' in queueEvent) {
      for (const stream of this.streams.keys()) stream.send('brigades', {});
      return;
    }
    if ('bulk' in queueEvent) {
      for (const stream of this.streams.keys()) stream.send('bulk', {});
      this.scheduleCounts();
      return;
    }
    const queueEvents = this.pendingEvents.get(queueEvent.commentId) ?? [];
    this.pendingEvents.set(queueEvent.commentId, [...queueEvents, queueEvent]);
    this.batchTimer ??= setTimeout(() => {
      this.batchTimer = undefined;
      this.flush().catch((error: unknown) => this.options.onFault(error));
    }, BATCH_MS);
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.batchTimer);
    clearTimeout(this.countsTimer);
    for (const timer of this.claimTimers.values()) clearTimeout(timer);
    this.claimTimers.clear();
  }

  private async flush(): Promise<void> {
    const events = this.pendingEvents;
    this.pendingEvents = new Map();
    const changes = await this.options.changes(this.siteId, [...events.keys()]);
    if (this.closed) return;
    let countsChanged = false;
    for (const change of changes) {
      const queueEvents = events.get(change.commentId) ?? [];
      if (queueEvents.some(({ claimsChanged }) => claimsChanged)) this.sendClaimants(change);
      const statusChanges = queueEvents.filter(({ status }) => status !== undefined);
      if (statusChanges.length > 0) {
        countsChanged = true;
        this.sendStatusChange(change, statusChanges);
      }
    }
    if (countsChanged) this.scheduleCounts();
  }

  private sendStatusChange(change: QueueChange, statusChanges: readonly QueueEvent[]): void {
    const { commentId, status, state, by } = change;
    // A pending comment is in no list, so one that scoring publishes or rejects has left none.
    const wasListed = statusChanges.some(({ from }) => from !== 'pending');
    if (wasListed && (state === null || state === 'escalated'))
      this.send(change, 'left', { commentId, status, by });
    if (state !== null) this.send(change, 'arrived', { commentId, state });
  }

  private sendClaimants(change: QueueChange): void {
    const { commentId, claimants } = change;
    this.send(change, 'claims', { commentId, claimants });
    clearTimeout(this.claimTimers.get(commentId));
    this.claimTimers.delete(commentId);
    if (claimants.length === 0) return;
    // No event is published when a claim expires, so check again after its expiry time.
    const recheckTimer = setTimeout(() => this.receive({ commentId, claimsChanged: true }), CLAIM_MS + 1_000);
    this.claimTimers.set(commentId, recheckTimer);
  }

  private scheduleCounts(): void {
    if (this.countsTimer) return;
    const delayMs = Math.max(0, this.countedAt + COUNTS_EVERY_MS - performance.now());
    this.countsTimer = setTimeout(() => {
      this.countsTimer = undefined;
      this.countedAt = performance.now();
      this.options
        .sendCounts([...this.streams.keys()])
        .catch((error: unknown) => this.options.onFault(error));
    }, delayMs);
  }

  /** Sends to all streams whose moderator may see the comment. */
  private send<K extends keyof QueueEvents>({ section }: QueueChange, event: K, data: QueueEvents[K]): void {
    for (const [stream, sections] of this.streams) {
      if (sections === null || (section !== null && sections.includes(section))) stream.send(event, data);
    }
  }
}
