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
  private readonly inHand = new Map<WebhookEndpointId, number>();
  /** Deliveries turned away for lack of a slot, by endpoint: whoever finishes calls one of them back. */
  private readonly turnedAway = new Map<WebhookEndpointId, number>();

  /**
   * @param failing whether the endpoint counts as failing
   * @returns false when all are taken; then the caller counts as turned away
   */
  take(id: WebhookEndpointId, failing: boolean): boolean {
    const sending = this.inHand.get(id) ?? 0;
    if (sending >= (failing ? SLOTS.failing : SLOTS.healthy)) {
      this.noteTurnedAway(id);
      return false;
    }
    this.inHand.set(id, sending + 1);
    return true;
  }

  free(id: WebhookEndpointId): void {
    const left = (this.inHand.get(id) ?? 1) - 1;
    if (left > 0) this.inHand.set(id, left);
    else this.inHand.delete(id);
  }

  noteTurnedAway(id: WebhookEndpointId): void {
    this.turnedAway.set(id, Math.min(SLOTS.healthy, (this.turnedAway.get(id) ?? 0) + 1));
  }

  /** @returns whether somebody waited for the slot that came free; it no longer counts as waiting */
  callBack(id: WebhookEndpointId): boolean {
    const waiting = this.turnedAway.get(id) ?? 0;
    if (waiting > 1) this.turnedAway.set(id, waiting - 1);
    else this.turnedAway.delete(id);
    return waiting > 0;
  }
}
