import { Global, Inject, Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OUTBOX_ENTITIES } from './outbox.entities.js';
import { Metrics } from '../observability/metrics.js';
import { PartUnavailable, Readiness } from '../observability/readiness.js';
import { OutboxHandlers } from './outbox-handlers.js';
import { Outbox } from './outbox.js';
import { Relay, type RelayStats } from './relay.js';

/**
 * Another worker replaces a lost relay sooner than this, so a longer lag means that no worker runs or none keeps up.
 */
const MAX_LAG_SECONDS = 60;

@Global()
@Module({
  imports: [TypeOrmModule.forFeature(OUTBOX_ENTITIES)],
  providers: [Outbox, OutboxHandlers, Relay],
  exports: [Outbox, OutboxHandlers, Relay],
})
export class OutboxModule implements OnModuleInit {
  private lastStats: Promise<RelayStats | null> | null = null;

  constructor(
    @Inject(Relay) private readonly relay: Relay,
    @Inject(Metrics) private readonly metrics: Metrics,
    private readonly readiness: Readiness,
  ) {}

  onModuleInit(): void {
    this.readiness.addOptional('relay', () => this.checkRelay());
    const rows = this.metrics.gauge(
      'postbag_outbox_events',
      'Outbox events that have not been relayed yet, by state.',
      ['state'],
      async () => {
        const stats = await this.readStats();
        rows.reset();
        if (!stats) return;
        rows.set({ state: 'waiting' }, stats.waiting - stats.postponed);
        rows.set({ state: 'postponed' }, stats.postponed);
      },
    );
    const age = this.metrics.gauge(
      'postbag_outbox_oldest_seconds',
      'Age of the oldest outbox event that has not been relayed yet, in seconds.',
      [],
      async () => {
        const stats = await this.readStats();
        age.reset();
        if (stats) age.set((stats.oldestAgeMs ?? 0) / 1000);
      },
    );
  }

  /** @throws PartUnavailable if no worker relays events */
  private async checkRelay(): Promise<{ lagSeconds: number }> {
    const lagSeconds = Math.round((await this.relay.lagMs()) / 1000);
    if (lagSeconds > MAX_LAG_SECONDS) throw new PartUnavailable(`relays no events; ${lagSeconds} s behind`);
    return { lagSeconds };
  }

  /**
   * Reads the statistics once for all gauges of a scrape. If that fails, these gauges have no value, but the rest of
   * the page is still served.
   */
  private readStats(): Promise<RelayStats | null> {
    this.lastStats ??= this.relay
      .stats()
      .catch(() => null)
      .finally(() => (this.lastStats = null));
    return this.lastStats;
  }
}
