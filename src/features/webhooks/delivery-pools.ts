import { Injectable } from '@nestjs/common';
import type { DeliveryId, SiteId, WebhookEndpointId } from '../../platform/ids.js';
import { WorkPools, type WorkPool } from '../../platform/jobs/work-pools.js';

/** A delivery that was due when it was found. It must be leased before it is sent. */
export interface DueDelivery {
  readonly siteId: SiteId;
  readonly endpointId: WebhookEndpointId;
  readonly deliveryId: DeliveryId;
  /** Whether its endpoint counts as failing. */
  readonly failing: boolean;
  /**
   * Whether its endpoint may have other unleased deliveries waiting. False for a delivery that was only just created.
   */
  readonly hasBacklog: boolean;
}

// An attempt may take fifteen seconds, and one more may follow it.
const POOL_OPTIONS = {
  softTimeoutMs: 1_000,
  timeoutMs: 40_000,
  queueLimit: 1_000,
  keyOf: ({ deliveryId }: DueDelivery): string => deliveryId,
};

/**
 * The deliveries that this process sends. Failing endpoints have a pool of their own, so that those that hang delay
 * only each other.
 */
@Injectable()
export class DeliveryPools {
  private healthy!: WorkPool<DueDelivery>;
  private failing!: WorkPool<DueDelivery>;

  constructor(private readonly pools: WorkPools) {}

  /** @param send makes one attempt and returns the deliveries that may be tried next */
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
