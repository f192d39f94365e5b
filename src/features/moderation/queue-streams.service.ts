import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerOf, sectionsOn, type Principal } from '../../platform/auth/principal.js';
import { rateLimited } from '../../platform/http/problem.js';
import type { SiteId } from '../../platform/ids.js';
import { PubSub } from '../../platform/pubsub/pubsub.js';
import { ACCESS_TOPIC, type AccessChange } from '../staff/access-changes.js';
import { PublisherAuth } from '../sites/publisher-auth.js';
import { siteAccess } from '../sites/publisher-access.js';
import { QueueChangesView } from './queue-changes.view.js';
import { QueueCountsView } from './queue-counts.view.js';
import { queueTopic, type BrigadeQueueEvent, type BulkQueueEvent, type QueueEvent } from './queue-event.js';
import { QueueStream } from './queue-stream.js';
import { QueueBroadcast } from './queue-broadcast.js';

const MAX_PER_CALLER = 20;
// Sessions expire without an event, so the access of each stream is checked at this interval.
const RECHECK_MS = 60_000;

interface OpenStream {
  readonly caller: string;
  readonly principal: Principal;
  readonly sites: readonly SiteId[];
  readonly recheck: () => Promise<void>;
}

/** Streams with the same key receive the same counts: they have the same sites, and the same sections on them. */
const accessKey = ({ principal, sites }: Pick<OpenStream, 'principal' | 'sites'>): string =>
  JSON.stringify(sites.map((siteId) => [siteId, sectionsOn(principal, siteId)]));

/** The open streams of this process, which receive messages from `queue:<site>`. */
@Injectable()
export class QueueStreamsService implements OnModuleInit, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly logger = new Logger('moderation');
  private readonly broadcasts = new Map<SiteId, { broadcast: QueueBroadcast; unsubscribe: () => void }>();
  private readonly open = new Map<QueueStream, OpenStream>();
  private unsubscribers: (() => void)[] = [];

  constructor(
    private readonly pubsub: PubSub,
    private readonly changes: QueueChangesView,
    private readonly counts: QueueCountsView,
    private readonly auth: PublisherAuth,
  ) {}

  onModuleInit(): void {
    this.unsubscribers = [
      // Messages were lost, so end the streams. Consoles then reconnect and reload.
      this.pubsub.onGap(() => this.endAll()),
      this.pubsub.subscribe(`${ACCESS_TOPIC}:*`, (message) => this.onAccessChanged(message)),
    ];
  }

  onModuleDestroy(): void {
    for (const unsubscribe of this.unsubscribers) unsubscribe();
  }

  beforeApplicationShutdown(): void {
    this.endAll();
  }

  /**
   * Opens a stream over these sites, which the caller may read. It begins with the counts.
   *
   * @throws Problem 429 if the caller has too many open streams
   */
  async start(
    request: FastifyRequest,
    reply: FastifyReply,
    principal: Principal,
    sites: readonly SiteId[],
  ): Promise<void> {
    const caller = callerOf(principal);
    const callerStreamCount = [...this.open.values()].filter((stream) => stream.caller === caller).length;
    if (callerStreamCount >= MAX_PER_CALLER)
      throw rateLimited(30, 'Too many event streams are open. Close one first.');
    const counts = await this.counts.read(principal, sites);
    const recheck = () => this.recheck(request, stream);
    const timer = setInterval(() => void recheck(), RECHECK_MS);
    const stream = new QueueStream(reply, () => {
      clearInterval(timer);
      this.remove(stream, sites);
    });
    this.open.set(stream, { caller, principal, sites, recheck });
    for (const siteId of sites) this.broadcastOf(siteId).streams.set(stream, sectionsOn(principal, siteId));
    stream.send('queue', { counts });
  }

  private broadcastOf(siteId: SiteId): QueueBroadcast {
    const existing = this.broadcasts.get(siteId);
    if (existing) return existing.broadcast;
    const broadcast = new QueueBroadcast(siteId, {
      changes: (site, ids) => this.changes.read(site, ids),
      sendCounts: (streams) => this.sendCounts(streams),
      onFault: (error) => this.logger.error({ event: 'queue-stream.failed', siteId, error }),
    });
    const unsubscribe = this.pubsub.subscribe(queueTopic(siteId), (message) =>
      broadcast.receive(JSON.parse(message) as QueueEvent | BulkQueueEvent | BrigadeQueueEvent),
    );
    this.broadcasts.set(siteId, { broadcast, unsubscribe });
    return broadcast;
  }

  private async sendCounts(streams: readonly QueueStream[]): Promise<void> {
    const byAccess = new Map<string, { access: OpenStream; group: QueueStream[] }>();
    for (const stream of streams) {
      const access = this.open.get(stream);
      if (!access) continue;
      const key = accessKey(access);
      const existing = byAccess.get(key);
      if (existing) existing.group.push(stream);
      else byAccess.set(key, { access, group: [stream] });
    }
    for (const { access, group } of byAccess.values()) {
      const counts = await this.counts.read(access.principal, access.sites);
      for (const stream of group) stream.send('queue', { counts });
    }
  }

  private async recheck(request: FastifyRequest, stream: QueueStream): Promise<void> {
    const open = this.open.get(stream);
    const principal = await this.auth.principalOf(request).catch(() => null);
    const isStillAllowed =
      open !== undefined &&
      principal !== null &&
      open.sites.every((siteId) => siteAccess(principal, 'moderation-read', siteId) === 'allowed') &&
      accessKey({ principal, sites: open.sites }) === accessKey(open);
    if (!isStillAllowed) stream.end();
  }

  /** Closes streams that a moderator's changed permissions no longer allow. */
  private onAccessChanged(message: string): void {
    const { moderatorId, siteId } = JSON.parse(message) as AccessChange;
    for (const { principal, sites, recheck } of [...this.open.values()]) {
      if (principal.kind !== 'moderator') continue;
      const isAffected = siteId ? sites.includes(siteId) : principal.moderatorId === moderatorId;
      if (isAffected) void recheck();
    }
  }

  private remove(stream: QueueStream, sites: readonly SiteId[]): void {
    this.open.delete(stream);
    for (const siteId of sites) {
      const existing = this.broadcasts.get(siteId);
      existing?.broadcast.streams.delete(stream);
      if (existing?.broadcast.streams.size === 0) {
        existing.unsubscribe();
        existing.broadcast.close();
        this.broadcasts.delete(siteId);
      }
    }
  }

  private endAll(): void {
    for (const stream of [...this.open.keys()]) stream.end();
  }
}
