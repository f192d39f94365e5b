import { Global, Inject, Module, type OnModuleInit } from '@nestjs/common';
import { Metrics } from '../observability/metrics.js';
import { OutboxHandlers } from './outbox-handlers.js';
import { Outbox } from './outbox.js';
import { Relay, type RelayStats } from './relay.js';

@Global()
@Module({ providers: [Outbox, OutboxHandlers, Relay], exports: [Outbox, OutboxHandlers, Relay] })
export class OutboxModule implements OnModuleInit {
  private asked: Promise<RelayStats | null> | null = null;

  constructor(
    @Inject(Relay) private readonly relay: Relay,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    const rows = this.metrics.gauge(
      'postbag_outbox_events',
      'Events not handed on yet, by state.',
      ['state'],
      async () => {
        const stats = await this.ask();
        rows.reset();
        if (!stats) return;
        rows.set({ state: 'waiting' }, stats.waiting - stats.aside);
        rows.set({ state: 'aside' }, stats.aside);
      },
    );
    const age = this.metrics.gauge(
      'postbag_outbox_oldest_seconds',
      'Age of the oldest event not handed on yet, in seconds.',
      [],
      async () => {
        const stats = await this.ask();
        age.reset();
        if (stats) age.set((stats.oldestAgeMs ?? 0) / 1000);
      },
    );
  }

  /** Once for the gauges of one scrape. Without an answer they have no value, and the rest of the page still is. */
  private ask(): Promise<RelayStats | null> {
    this.asked ??= this.relay
      .stats()
      .catch(() => null)
      .finally(() => (this.asked = null));
    return this.asked;
  }
}
