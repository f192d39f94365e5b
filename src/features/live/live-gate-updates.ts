import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import type { StoryId } from '../../platform/ids.js';
import { PubSub } from '../../platform/pubsub/pubsub.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { nextGateChangeAt } from '../entitlements/gate-inputs.js';
import { GATE_CHANGED_TOPICS, parseGateChanged } from '../entitlements/gate-changed-message.js';
import { GateService, type ReaderGate } from '../entitlements/gate.service.js';
import { StoryRegistry } from '../stories/story-registry.js';
import { parseStoryChanged } from '../stories/story-changed-message.js';
import type { LiveConnection } from './live-connection.js';

const MAX_TIMER_MS = 2 ** 31 - 1;

interface WatchedConnection {
  readonly ctx: SiteContext;
  readonly storyId: StoryId;
  readonly connection: LiveConnection;
  gate: ReaderGate;
  /** The gate as last sent to the page. */
  lastSent: string;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Sends the reader's gate to open pages when it changes: because of an entitlement, a sanction or the settings of the
 * site or story, or at a time known in advance, such as the end of a suspension. If the reader may no longer read,
 * this is the last event, and the stream ends.
 */
@Injectable()
export class LiveGateUpdates implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('live');
  private readonly byReader = new Map<string, Set<WatchedConnection>>();
  private readonly bySite = new Map<string, Set<WatchedConnection>>();
  private readonly unsubscribers: (() => void)[] = [];

  constructor(
    private readonly gates: GateService,
    private readonly stories: StoryRegistry,
    private readonly pubsub: PubSub,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.unsubscribers.push(
      this.pubsub.subscribe(GATE_CHANGED_TOPICS, (message) => {
        const { siteId, readerKey } = parseGateChanged(message);
        this.recheck(this.byReader.get(`${siteId} ${readerKey}`));
      }),
      this.pubsub.subscribe('site:*', (siteId) => this.recheck(this.bySite.get(siteId))),
      this.pubsub.subscribe('story:*', (message) => {
        const notice = parseStoryChanged(message);
        const all = notice && [...(this.bySite.get(notice.siteId) ?? [])];
        if (all) this.recheck(all.filter(({ storyId }) => storyId === notice.storyId));
      }),
      this.pubsub.onGap(() => this.recheck([...this.byReader.values()].flatMap((each) => [...each]))),
    );
  }

  onModuleDestroy(): void {
    this.unsubscribers.splice(0).forEach((stop) => stop());
  }

  /** @param readerGate the gate at the time the stream was opened */
  watch(ctx: SiteContext, storyId: StoryId, connection: LiveConnection, readerGate: ReaderGate): void {
    const watched: WatchedConnection = {
      ctx,
      storyId,
      connection,
      gate: readerGate,
      lastSent: '',
      timer: undefined,
    };
    watched.lastSent = gateJson(readerGate);
    const sets: [Map<string, Set<WatchedConnection>>, string][] = [[this.bySite, ctx.siteId]];
    if (connection.reader) sets.push([this.byReader, `${ctx.siteId} ${connection.reader.key}`]);
    for (const [map, key] of sets) map.set(key, (map.get(key) ?? new Set()).add(watched));
    this.schedule(watched);
    connection.onEnd(() => {
      clearTimeout(watched.timer);
      for (const [map, key] of sets) {
        const set = map.get(key);
        set?.delete(watched);
        if (set?.size === 0) map.delete(key);
      }
    });
  }

  private schedule(watched: WatchedConnection): void {
    clearTimeout(watched.timer);
    const at = nextGateChangeAt(watched.gate.inputs);
    if (!at || !watched.connection.isOpen) return;
    const remainingMs = at.getTime() - this.clock.nowMs();
    watched.timer = setTimeout(
      () => this.send(watched, this.gates.reevaluate(watched.gate)),
      // Timers can fire slightly early, and the gate changes only after this instant.
      Math.min(Math.max(0, remainingMs) + 5, MAX_TIMER_MS),
    );
    watched.timer.unref();
  }

  /** Rechecks one after another, so that thousands of open pages do not take the database connections from writes. */
  private recheck(watched: Iterable<WatchedConnection> | undefined): void {
    if (watched) void this.recheckAll([...watched]);
  }

  private async recheckAll(all: readonly WatchedConnection[]): Promise<void> {
    for (const watched of all) {
      if (!watched.connection.isOpen) continue;
      try {
        const story = await this.stories.findById(watched.ctx, watched.storyId);
        this.send(watched, await this.gates.forReader(watched.ctx, watched.connection.reader, story));
      } catch (error) {
        this.logger.warn({ event: 'live.gate-failed', error });
      }
    }
  }

  private send(watched: WatchedConnection, readerGate: ReaderGate): void {
    watched.gate = readerGate;
    const text = gateJson(readerGate);
    if (text !== watched.lastSent) {
      watched.lastSent = text;
      // Sent without an ID, so that the client's `Last-Event-ID` still names the last event of the story.
      watched.connection.send(`event: gate\ndata: ${text}\n\n`);
      if (!readerGate.gate.read.allowed) watched.connection.end();
    }
    this.schedule(watched);
  }
}

const gateJson = ({ gate, tier }: ReaderGate): string =>
  JSON.stringify({ gate, tier: tier && { key: tier.key, name: tier.name } });
