import { Injectable } from '@nestjs/common';
import type { DeliveryId, SiteId, WebhookEndpointId } from '../../platform/ids.js';
import { WorkPools, type WorkPool } from '../../platform/jobs/work-pools.js';

/** A delivery that may be tried now, as far as its finder knows: whoever sends it leases it first. */
export interface DueDelivery {
  readonly siteId: SiteId;
  readonly endpointId: WebhookEndpointId;
  readonly deliveryId: DeliveryId;
  /** Whether its endpoint counts as failing. */
  readonly failing: boolean;
  /** Whether others of its endpoint wait that nobody has in hand; one that was told of just now waits by itself. */
  readonly hasBacklog: boolean;
}

// An attempt has fifteen seconds, and one more may follow it.
const POOL_OPTIONS = {
  softTimeoutMs: 1_000,
  timeoutMs: 40_000,
  queueLimit: 1_000,
  keyOf: ({ deliveryId }: DueDelivery): string => deliveryId,
};

/**
 * What this process sends. Endpoints that fail have a lane apart: however many of them hang, they wait in line behind
 * each other alone.
 */
@Injectable()
export class DeliveryPools {
  private healthy!: WorkPool<DueDelivery>;
  private failing!: WorkPool<DueDelivery>;

  constructor(private readonly pools: WorkPools) {}

  /** @param send one attempt; it gives back what may be tried after it */
  start(send: (due: DueDelivery) => Promise<readonly DueDelivery[]>): void {
    const work = async (due: DueDelivery): Promise<void> => this.enqueue(await send(due));
    this.healthy = this.pools.open({
      ...POOL_OPTIONS,
      name: 'deliver-webhook',
      concurrency: 24,
      maxInFlight: 96,
      work,
    });
    this.failing = this.pools.open({
      ...POOL_OPTIONS,
      name: 'deliver-webhook-failing',
      concurrency: 8,
      maxInFlight: 32,
      work,
    });
  }

  enqueue(due: readonly DueDelivery[]): void {
    this.healthy.add(due.filter(({ failing }) => !failing));
    this.failing.add(due.filter(({ failing }) => failing));
  }
}
