import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../../platform/clock.js';
import { SETTINGS, type Settings } from '../../platform/config/settings.js';
import { Problem, rateLimited } from '../../platform/http/problem.js';
import { clientNetwork } from '../../platform/limits/client-network.js';
import { Metrics } from '../../platform/observability/metrics.js';
import { PubSub } from '../../platform/pubsub/pubsub.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { GateService, type ReaderGate } from '../entitlements/gate.service.js';
import type { SignedInReader } from '../readers/signed-in-reader.js';
import { reasonTextFor } from '../sites/reason-text.js';
import { SiteSettings } from '../sites/site-settings.js';
import { StoryRegistry } from '../stories/story-registry.js';
import type { StoryFacts } from '../stories/story-facts.js';
import { LiveConnection } from './live-connection.js';
import { LiveGateUpdates } from './live-gate-updates.js';
import { LiveStoryStream } from './live-story-stream.js';
import { LiveView } from './live.view.js';

/**
 * Interval of the heartbeats, which keep proxies and browsers from closing idle connections. Each heartbeat also polls
 * the events of every story, in case a notification was lost.
 */
const HEARTBEAT_MS = 15_000;
/** Number of heartbeats between two checks of whether each reader may still read. */
const RECHECK_HEARTBEATS = 4;
/** Maximum concurrent streams per network. Offices and schools have many readers behind one address. */
const MAX_PER_NETWORK = 500;
const RETRY_MS = 3_000;
const MAX_TIMER_MS = 2 ** 31 - 1;

/** All live streams of this process. */
@Injectable()
export class LiveConnections implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('live');
  private readonly stories = new Map<string, { story: LiveStoryStream; stop: () => void }>();
  private readonly perNetwork = new Map<string, number>();
  private readonly unsubscribers: (() => void)[] = [];
  private heartbeat: NodeJS.Timeout | undefined;
  private heartbeatCount = 0;
  private count = 0;
  private isClosed = false;

  constructor(
    private readonly view: LiveView,
    private readonly pubsub: PubSub,
    private readonly gates: GateService,
    private readonly gateUpdates: LiveGateUpdates,
    private readonly settings: SiteSettings,
    private readonly registry: StoryRegistry,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly config: Settings,
    metrics: Metrics,
  ) {
    metrics.gauge('postbag_live_streams', 'Open event streams of readers', [], (gauge) =>
      gauge.set(this.count),
    );
  }

  onModuleInit(): void {
    this.unsubscribers.push(
      this.pubsub.onGap(() => this.wakeAll()),
      this.pubsub.subscribe('site:*', () => void this.recheckAll()),
    );
    this.heartbeat = setInterval(() => this.sendHeartbeats(), HEARTBEAT_MS);
    this.heartbeat.unref();
  }

  onModuleDestroy(): void {
    this.closeAll();
  }

  /**
   * Turns a request into a stream.
   *
   * @param readerGate the gate, which has already been checked for reading; later changes are sent as events
   * @throws Problem 429 if the address has too many streams, 503 during shutdown; thrown before anything is sent
   */
  async open(
    ctx: SiteContext,
    facts: StoryFacts,
    reader: SignedInReader | null,
    readerGate: ReaderGate,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    if (this.isClosed)
      throw new Problem(
        503,
        'stopping',
        'This server is shutting down. Connect again.',
        {},
        { 'retry-after': '1' },
      );
    const network = clientNetwork(request.ip);
    const open = this.perNetwork.get(network) ?? 0;
    if (this.config.limits && open >= MAX_PER_NETWORK) {
      throw rateLimited(
        60,
        'Too many event streams are open from this address. Close one, or try again later.',
      );
    }
    const connection = this.accept(request, reply, reader);
    this.perNetwork.set(network, open + 1);
    this.count++;
    connection.onEnd(() => {
      this.count--;
      const remaining = (this.perNetwork.get(network) ?? 1) - 1;
      if (remaining > 0) this.perNetwork.set(network, remaining);
      else this.perNetwork.delete(network);
    });
    try {
      this.gateUpdates.watch(ctx, facts.id, connection, readerGate);
      await this.join(ctx, facts, connection, lastEventId(request));
    } catch (error) {
      this.logFailure(error);
      connection.end();
    }
  }

  /** Ends all streams and accepts no new ones. */
  closeAll(): void {
    this.isClosed = true;
    clearInterval(this.heartbeat);
    this.unsubscribers.splice(0).forEach((stop) => stop());
    for (const { story, stop } of this.stories.values()) {
      stop();
      story.close();
    }
    this.stories.clear();
  }

  private accept(
    request: FastifyRequest,
    reply: FastifyReply,
    reader: SignedInReader | null,
  ): LiveConnection {
    reply.hijack();
    // A hijacked reply skips Fastify, so copy the headers that hooks set (CORS, request ID).
    reply.raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    request.raw.socket.setNoDelay(true);
    request.raw.socket.setTimeout(0);
    const connection = new LiveConnection(reply.raw, reader);
    connection.send(`retry: ${RETRY_MS}\n\n`);
    if (reader) this.endWhenTokenExpires(connection, reader);
    return connection;
  }

  private endWhenTokenExpires(connection: LiveConnection, reader: SignedInReader): void {
    const remainingMs = reader.claims.expiresAt.getTime() - this.clock.nowMs();
    const timer = setTimeout(() => connection.end(), Math.min(Math.max(0, remainingMs), MAX_TIMER_MS));
    timer.unref();
    connection.onEnd(() => clearTimeout(timer));
  }

  private async join(
    ctx: SiteContext,
    { id }: StoryFacts,
    connection: LiveConnection,
    after: number | null,
  ): Promise<void> {
    const key = `${ctx.siteId}:${id}`;
    let entry = this.stories.get(key);
    if (!entry) {
      // All readers of the story share the stream, so its context must not contain the identity of the first one.
      const shared: SiteContext = {
        siteId: ctx.siteId,
        principal: { kind: 'anonymous' },
        requestId: `live:${id}`,
      };
      const story = new LiveStoryStream(
        shared,
        id,
        this.view,
        (code) => this.reasonText(shared, code),
        (error) => this.logFailure(error),
      );
      entry = { story, stop: this.pubsub.subscribe(`event:${key}`, () => story.wake()) };
      this.stories.set(key, entry);
    }
    const { story } = entry;
    connection.onEnd(() => this.removeConnection(key, story, connection));
    story.joiningCount++;
    try {
      await story.join(connection, after);
    } finally {
      story.joiningCount--;
      if (!connection.isOpen) this.removeConnection(key, story, connection);
    }
  }

  private async reasonText({ siteId }: SiteContext, code: string): Promise<string | null> {
    const site = await this.settings.find(siteId);
    return site && reasonTextFor(site.policy.reasons, code, null);
  }

  private removeConnection(key: string, story: LiveStoryStream, connection: LiveConnection): void {
    story.connections.delete(connection);
    const entry = this.stories.get(key);
    if (entry?.story !== story || story.connections.size > 0 || story.joiningCount > 0) return;
    entry.stop();
    story.close();
    this.stories.delete(key);
  }

  private sendHeartbeats(): void {
    this.heartbeatCount++;
    for (const { story } of this.stories.values())
      for (const connection of story.connections) connection.send(': here\n\n');
    this.wakeAll();
    if (this.heartbeatCount % RECHECK_HEARTBEATS === 0) void this.recheckAll();
  }

  private wakeAll(): void {
    for (const { story } of this.stories.values()) story.wake();
  }

  /** Ends the streams of readers who may no longer read. */
  private async recheckAll(): Promise<void> {
    for (const { story } of [...this.stories.values()]) {
      await this.recheck(story).catch((error: unknown) => this.logFailure(error));
    }
  }

  private async recheck({ ctx, storyId, connections }: LiveStoryStream): Promise<void> {
    const [site, facts] = await Promise.all([
      this.settings.find(ctx.siteId),
      this.registry.findById(ctx, storyId),
    ]);
    if (!site || !facts) {
      for (const connection of [...connections]) connection.end();
      return;
    }
    const anyoneMayRead = this.gates.signedOut(site, facts).gate.read.allowed;
    if (anyoneMayRead) return;
    for (const connection of [...connections]) {
      const { reader } = connection;
      const mayRead = reader && (await this.gates.forReader(ctx, reader, facts)).gate.read.allowed;
      if (!mayRead) connection.end();
    }
  }

  private logFailure(error: unknown): void {
    this.logger.warn({ event: 'live.read-failed', error });
  }
}

/** Reads the `Last-Event-ID` header that reconnecting clients send; null if it is missing or not an event ID. */
function lastEventId(request: FastifyRequest): number | null {
  const header = request.headers['last-event-id'];
  return typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : null;
}
