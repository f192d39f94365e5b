import { Injectable } from '@nestjs/common';
import type { WebhookEndpointId } from '../../platform/ids.js';

/**
 * Maximum concurrent deliveries to one endpoint, so that a hanging one cannot take every slot. The limit is exact
 * within a process and approximate across processes (each counts the leases of the others without a lock).
 */
export const SLOTS = { healthy: 8, failing: 4 };

/** Tracks how many deliveries this process is sending to each endpoint, and how many it deferred. */
@Injectable()
export class EndpointSlots {
  private readonly inFlightCounts = new Map<WebhookEndpointId, number>();
  /** Deliveries deferred for lack of a free slot, by endpoint. A sender that finishes picks up one of them. */
  private readonly deferredCounts = new Map<WebhookEndpointId, number>();

  /**
   * @param failing whether the endpoint counts as failing
   * @returns false if no slot is free; the delivery is then counted as deferred
   */
  acquire(id: WebhookEndpointId, failing: boolean): boolean {
    const inFlight = this.inFlightCounts.get(id) ?? 0;
    if (inFlight >= (failing ? SLOTS.failing : SLOTS.healthy)) {
      this.recordDeferred(id);
      return false;
    }
    this.inFlightCounts.set(id, inFlight + 1);
    return true;
  }

  release(id: WebhookEndpointId): void {
    const remaining = (this.inFlightCounts.get(id) ?? 1) - 1;
    if (remaining > 0) this.inFlightCounts.set(id, remaining);
    else this.inFlightCounts.delete(id);
  }

  recordDeferred(id: WebhookEndpointId): void {
    this.deferredCounts.set(id, Math.min(SLOTS.healthy, (this.deferredCounts.get(id) ?? 0) + 1));
  }

  /**
   * Called when a slot becomes free.
   * @returns whether a delivery was deferred; if so, it is no longer counted
   */
  takeDeferred(id: WebhookEndpointId): boolean {
    const deferred = this.deferredCounts.get(id) ?? 0;
    if (deferred > 1) this.deferredCounts.set(id, deferred - 1);
    else this.deferredCounts.delete(id);
    return deferred > 0;
  }
}
