import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import type { StoryId } from '../../platform/ids.js';
import { PubSub } from '../../platform/pubsub/pubsub.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { nextTurnOf } from '../entitlements/gate-basis.js';
import { GATE_NOTICES, readGateNotice } from '../entitlements/gate-notice.js';
import { GateService, type ReaderGate } from '../entitlements/gate.service.js';
import { StoryRegistry } from '../stories/story-registry.js';
import { readStoryNotice } from '../stories/story-notice.js';
import type { LiveConnection } from './live-connection.js';

const MAX_TIMER_MS = 2 ** 31 - 1;

interface Watched {
  readonly ctx: SiteContext;
  readonly storyId: StoryId;
  readonly connection: LiveConnection;
  asked: ReaderGate;
  /** What the page knows. */
  told: string;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Tells open pages when what they may do becomes something else: by an entitlement, a standing, the site's or the
 * story's settings, or by time alone, for which nothing is asked. Whoever may not read any more hears of it last.
 */
@Injectable()
export class LiveGates implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('live');
  private readonly ofReader = new Map<string, Set<Watched>>();
  private readonly ofSite = new Map<string, Set<Watched>>();
  private readonly stops: (() => void)[] = [];

  constructor(
    private readonly gates: GateService,
    private readonly stories: StoryRegistry,
    private readonly pubsub: PubSub,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.stops.push(
      this.pubsub.subscribe(GATE_NOTICES, (message) => {
        const { siteId, readerKey } = readGateNotice(message);
        this.ask(this.ofReader.get(`${siteId} ${readerKey}`));
      }),
      this.pubsub.subscribe('site:*', (siteId) => this.ask(this.ofSite.get(siteId))),
      this.pubsub.subscribe('story:*', (message) => {
        const notice = readStoryNotice(message);
        const all = notice && [...(this.ofSite.get(notice.siteId) ?? [])];
        if (all) this.ask(all.filter(({ storyId }) => storyId === notice.storyId));
      }),
      this.pubsub.onGap(() => this.ask([...this.ofReader.values()].flatMap((each) => [...each]))),
    );
  }

  onModuleDestroy(): void {
    this.stops.splice(0).forEach((stop) => stop());
  }

  /** @param asked the gate that the stream was opened with */
  watch(ctx: SiteContext, storyId: StoryId, connection: LiveConnection, asked: ReaderGate): void {
    const watched: Watched = { ctx, storyId, connection, asked, told: '', timer: undefined };
    watched.told = textOf(asked);
    const sets: [Map<string, Set<Watched>>, string][] = [[this.ofSite, ctx.siteId]];
    if (connection.reader) sets.push([this.ofReader, `${ctx.siteId} ${connection.reader.key}`]);
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

  private schedule(watched: Watched): void {
    clearTimeout(watched.timer);
    const at = nextTurnOf(watched.asked.basis);
    if (!at || !watched.connection.isOpen) return;
    const leftMs = at.getTime() - this.clock.nowMs();
    watched.timer = setTimeout(
      () => this.tell(watched, this.gates.later(watched.asked)),
      // Timers may come a moment early, and the end itself is after.
      Math.min(Math.max(0, leftMs) + 5, MAX_TIMER_MS),
    );
    watched.timer.unref();
  }

  /** One after the other: a site may have thousands of open pages, and the posts of readers come first. */
  private ask(watched: Iterable<Watched> | undefined): void {
    if (watched) void this.askAll([...watched]);
  }

  private async askAll(all: readonly Watched[]): Promise<void> {
    for (const watched of all) {
      if (!watched.connection.isOpen) continue;
      try {
        const story = await this.stories.findById(watched.ctx, watched.storyId);
        this.tell(watched, await this.gates.forReader(watched.ctx, watched.connection.reader, story));
      } catch (error) {
        this.logger.warn({ event: 'live.gate-failed', error });
      }
    }
  }

  private tell(watched: Watched, asked: ReaderGate): void {
    watched.asked = asked;
    const text = textOf(asked);
    if (text !== watched.told) {
      watched.told = text;
      // Without an id: what was read of the story stays where it is.
      watched.connection.send(`event: gate\ndata: ${text}\n\n`);
      if (!asked.gate.read.allowed) watched.connection.end();
    }
    this.schedule(watched);
  }
}

const textOf = ({ gate, tier }: ReaderGate): string =>
  JSON.stringify({ gate, tier: tier && { key: tier.key, name: tier.name } });
