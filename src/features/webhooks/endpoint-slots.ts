import { Injectable } from '@nestjs/common';
import type { WebhookEndpointId } from '../../platform/ids.js';

/**
 * At once to one endpoint: one that hangs can't hold every slot. Exact within a process, and near enough over all
 * of them (each counts the leases of the others without a lock).
 */
export const SLOTS = { healthy: 8, failing: 4 };

/** What this process has in hand for each endpoint, and whom it turned away meanwhile. */
@Injectable()
export class EndpointSlots {
  private readonly inFlightCounts = new Map<WebhookEndpointId, number>();
  /** Deliveries turned away for lack of a slot, by endpoint: whoever finishes calls one of them back. */
  private readonly turnedAwayCounts = new Map<WebhookEndpointId, number>();

  /**
   * @param failing whether the endpoint counts as failing
   * @returns false when all are taken; then the caller counts as turned away
   */
  take(id: WebhookEndpointId, failing: boolean): boolean {
    const sending = this.inFlightCounts.get(id) ?? 0;
    if (sending >= (failing ? SLOTS.failing : SLOTS.healthy)) {
      this.recordTurnedAway(id);
      return false;
    }
    this.inFlightCounts.set(id, sending + 1);
    return true;
  }

  release(id: WebhookEndpointId): void {
    const left = (this.inFlightCounts.get(id) ?? 1) - 1;
    if (left > 0) this.inFlightCounts.set(id, left);
    else this.inFlightCounts.delete(id);
  }

  recordTurnedAway(id: WebhookEndpointId): void {
    this.turnedAwayCounts.set(id, Math.min(SLOTS.healthy, (this.turnedAwayCounts.get(id) ?? 0) + 1));
  }

  /** @returns whether somebody waited for the slot that came free; it no longer counts as waiting */
  takeTurnedAway(id: WebhookEndpointId): boolean {
    const waiting = this.turnedAwayCounts.get(id) ?? 0;
    if (waiting > 1) this.turnedAwayCounts.set(id, waiting - 1);
    else this.turnedAwayCounts.delete(id);
    return waiting > 0;
  }
}
