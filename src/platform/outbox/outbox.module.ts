import { Global, Inject, Module, type OnModuleInit } from '@nestjs/common';
import { Metrics } from '../observability/metrics.js';
import { OutboxHandlers } from './outbox-handlers.js';
import { Outbox } from './outbox.js';
import { Relay } from './relay.js';

@Global()
@Module({ providers: [Outbox, OutboxHandlers, Relay], exports: [Outbox, OutboxHandlers, Relay] })
export class OutboxModule implements OnModuleInit {
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
        const { waiting, aside, oldestAgeMs } = await this.relay.stats();
        rows.set({ state: 'waiting' }, waiting - aside);
        rows.set({ state: 'aside' }, aside);
        age.set((oldestAgeMs ?? 0) / 1000);
      },
    );
    const age = this.metrics.gauge(
      'postbag_outbox_oldest_seconds',
      'Age of the oldest event not handed on yet.',
    );
  }
}
