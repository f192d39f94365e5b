import { Injectable } from '@nestjs/common';
import type { DeliveryId, SiteId, WebhookEndpointId } from '../../platform/ids.js';
import { WorkPools, type WorkPool } from '../../platform/jobs/work-pools.js';

/** A delivery that was due when it was found. It must be leased before it is sent. */
export interface DueDelivery {
  readonly siteId: SiteId;
  readonly endpointId: WebhookEndpointId;
  readonly deliveryId: DeliveryId;
  /** Whether its endpoint has failed at least MIN_FAILURES_TO_COUNT_AS_FAILING times in a row. */
  readonly failing: boolean;
  /**
   * Whether the endpoint may have other deliveries waiting, so that the sender continues with any of them and not
   * only with the same subject. False for a delivery that has just been created.
   */
  readonly hasBacklog: boolean;
}

// `timeoutMs` leaves room for two attempts of 15 seconds each: after a quick success, the sender may start the next
// delivery of the same endpoint.
const POOL_OPTIONS = {
  softTimeoutMs: 1_000,
  timeoutMs: 40_000,
  queueLimit: 1_000,
  keyOf: ({ deliveryId }: DueDelivery): string => deliveryId,
};

/**
 * The deliveries that this process sends. Failing endpoints have a separate pool, so that endpoints that time out
 * delay only each other.
 */
@Injectable()
export class DeliveryPools {
  private healthy!: WorkPool<DueDelivery>;
  private failing!: WorkPool<DueDelivery>;

  constructor(private readonly pools: WorkPools) {}

  /**
   * @param send sends a delivery, and possibly further ones of its endpoint; returns deliveries that can be sent next
   */
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
