import { Injectable } from '@nestjs/common';
import type { DeliveryId, SiteId, WebhookEndpointId } from '../../platform/ids.js';
import { Lanes, type Lane } from '../../platform/jobs/lanes.js';

/** A delivery that may be tried now, as far as its finder knows: whoever sends it leases it first. */
export interface Due {
  readonly siteId: SiteId;
  readonly endpointId: WebhookEndpointId;
  readonly deliveryId: DeliveryId;
  /** Whether its endpoint counts as failing. */
  readonly failing: boolean;
  /** Whether others of its endpoint wait that nobody has in hand; one that was told of just now waits by itself. */
  readonly ofMany: boolean;
}

// An attempt has fifteen seconds, and one more may follow it.
const LINE = {
  patienceMs: 1_000,
  timeoutMs: 40_000,
  line: 1_000,
  keyOf: ({ deliveryId }: Due): string => deliveryId,
};

/**
 * What this process sends. Endpoints that fail have a lane apart: however many of them hang, they wait in line behind
 * each other alone.
 */
@Injectable()
export class DeliveryLanes {
  private healthy!: Lane<Due>;
  private failing!: Lane<Due>;

  constructor(private readonly lanes: Lanes) {}

  /** @param send one attempt; it gives back what may be tried after it */
  open(send: (due: Due) => Promise<readonly Due[]>): void {
    const work = async (due: Due): Promise<void> => this.take(await send(due));
    this.healthy = this.lanes.open({ ...LINE, name: 'deliver-webhook', places: 24, most: 96, work });
    this.failing = this.lanes.open({ ...LINE, name: 'deliver-webhook-failing', places: 8, most: 32, work });
  }

  take(due: readonly Due[]): void {
    this.healthy.offer(due.filter(({ failing }) => !failing));
    this.failing.offer(due.filter(({ failing }) => failing));
  }
}
