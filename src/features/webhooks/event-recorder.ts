import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { newId, type CommentId, type StoryId } from '../../platform/ids.js';
import { Ticker } from '../../platform/jobs/ticker.js';
import { OutboxHandlers, type OutboxEvent } from '../../platform/outbox/outbox-handlers.js';
import { PubSub } from '../../platform/pubsub/pubsub.js';
import { DeliveryPools } from './delivery-pools.js';
import { EVENT_TYPES, isSubscribed, TEST_EVENT } from './event-types.js';
import {
  EventRepository,
  type NewDeliveryRow,
  type NewEventRow,
  type Subscriber,
} from './event.repository.js';
import { freezeBodies } from './webhook-body.js';

const RECORDED: ReadonlySet<string> = new Set(EVENT_TYPES);
/** Events that do not change a thread, so live streams are not notified of them. */
const NOT_SENT_LIVE: ReadonlySet<string> = new Set(['comment.submitted', 'story.brigading_detected']);
/** How long events are stored, listed and recoverable (docs/webhooks.md). */
const RETENTION_MS = 30 * 24 * 60 * 60 * 1000;
const PURGE_EVERY_MS = 10 * 60 * 1000;
const PURGE_ROWS = 5_000;

const stringOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/**
 * Turns outbox rows into events. An event has a sequence number within its subject, a position that increases in commit
 * order, stored webhook bodies, and a delivery for every subscribed endpoint. All of this commits together with the
 * removal of the outbox rows, so nothing is lost or recorded twice.
 */
@Injectable()
export class EventRecorder implements OnModuleInit {
  private readonly logger = new Logger('webhooks');

  constructor(
    private readonly database: Database,
    private readonly outbox: OutboxHandlers,
    private readonly events: EventRepository,
    private readonly pools: DeliveryPools,
    private readonly pubsub: PubSub,
    private readonly clock: Clock,
    private readonly ticker: Ticker,
  ) {}

  onModuleInit(): void {
    this.outbox.register('webhooks', '*', async (tx, events) => {
      await this.record(tx, events);
      return [];
    });
    this.ticker.every('event-retention', PURGE_EVERY_MS, () => this.purge());
  }

  /** @param events events of one site, in order; the transaction is scoped to that site */
  async record(tx: Tx, events: readonly OutboxEvent[]): Promise<void> {
    const recordable = events.filter(({ type }) => RECORDED.has(type));
    if (recordable.length === 0) return;
    const { siteId } = recordable[0];
    const subscribers = await this.events.subscribers(tx, siteId, this.clock.now());
    // The site was deleted in the meantime.
    if (!subscribers) return;

    const rows = await this.storeEvents(tx, recordable);
    const positions = await this.events.insertEvents(tx, siteId, rows);
    for (const { id, storyId, type } of rows) {
      if (storyId && !NOT_SENT_LIVE.has(type))
        await this.pubsub.publish(tx, `event:${siteId}:${storyId}`, positions.get(id)!);
    }
    const deliveries = rows.flatMap((row) =>
      receiversFor(row, subscribers).map((endpoint) => ({
        endpoint,
        row: {
          id: newId<'delivery'>(),
          endpointId: endpoint.id,
          eventId: row.id,
          subject: row.subject,
          position: positions.get(row.id)!,
        } satisfies NewDeliveryRow,
      })),
    );
    this.events.insertDeliveries(
      tx,
      siteId,
      deliveries.map(({ row }) => row),
      this.clock.now(),
    );
    // An endpoint with an open circuit is only called by a probe, which the ticker starts.
    const sendable = deliveries.flatMap(
      ({ row: { id: deliveryId }, endpoint: { id: endpointId, failing, open } }) =>
        open ? [] : [{ siteId, endpointId, deliveryId, failing, hasBacklog: false }],
    );
    tx.afterCommit(() => this.pools.enqueue(sendable));
  }

  private async storeEvents(tx: Tx, events: readonly OutboxEvent[]): Promise<NewEventRow[]> {
    const { siteId } = events[0];
    const commentRevisions = events.flatMap(({ payload: { commentId, revision } }) =>
      typeof commentId === 'string' && typeof revision === 'number' ? [{ commentId, revision }] : [],
    );
    const [details, sequences] = await Promise.all([
      this.events.details(tx, siteId, commentRevisions),
      this.events.nextSequences(
        tx,
        siteId,
        events.map(({ subject }) => subject),
      ),
    ]);
    return events.map(({ type, subject, payload, occurredAt }, index) => {
      const id = newId<'event'>();
      const sequence = sequences[index];
      const { commentId, revision } = payload;
      const { thin, full } = freezeBodies(
        { id, type, siteId, sequence, occurredAt, payload },
        details.get(`${String(commentId)} ${String(revision)}`) ?? null,
      );
      return {
        id,
        type,
        subject,
        sequence,
        storyId: stringOrNull(payload['storyId']) as StoryId | null,
        commentId: stringOrNull(commentId) as CommentId | null,
        payload,
        bodyThin: thin,
        bodyFull: full,
        occurredAt,
      };
    });
  }

  private async purge(): Promise<void> {
    const before = new Date(this.clock.nowMs() - RETENTION_MS);
    for (;;) {
      const purgedCount = await this.database.inSystem((tx) => this.events.purge(tx, before, PURGE_ROWS));
      if (purgedCount > 0) this.logger.log({ event: 'events.purged', count: purgedCount });
      if (purgedCount < PURGE_ROWS) return;
    }
  }
}

function receiversFor(event: NewEventRow, subscribers: readonly Subscriber[]): readonly Subscriber[] {
  return event.type === TEST_EVENT
    ? subscribers.filter(({ id }) => id === event.payload['endpointId'])
    : subscribers.filter(({ events }) => isSubscribed(events, event.type));
}
