import { Injectable } from '@nestjs/common';
import type { WebhookEndpointId } from '../../platform/ids.js';

/**
 * At once to one endpoint: one that hangs can't hold every slot. Exact within a process, and near enough over all
 * of them (each counts the leases of the others without a lock).
 */
export const SLOTS = { healthy: 8, failing: 4 };
/** Full for so long without one slot coming free: its receiver hangs. */
const STALLED_AFTER_MS = 1_000;

interface InHand {
  sending: number;
  /** When a slot was last taken or came free. */
  movedAt: number;
}

/** What this process has in hand for each endpoint, and whom it turned away meanwhile. */
@Injectable()
export class EndpointSlots {
  private readonly inHand = new Map<WebhookEndpointId, InHand>();
  /** Deliveries turned away for lack of a slot, by endpoint: whoever finishes calls one of them back. */
  private readonly turnedAway = new Map<WebhookEndpointId, number>();

  /** @returns false when all are taken; then the caller counts as turned away */
  take(id: WebhookEndpointId): boolean {
    const { sending } = this.inHand.get(id) ?? { sending: 0 };
    if (sending >= SLOTS.healthy) {
      this.noteTurnedAway(id);
      return false;
    }
    this.inHand.set(id, { sending: sending + 1, movedAt: performance.now() });
    return true;
  }

  free(id: WebhookEndpointId): void {
    const left = (this.inHand.get(id)?.sending ?? 1) - 1;
    if (left > 0) this.inHand.set(id, { sending: left, movedAt: performance.now() });
    else this.inHand.delete(id);
  }

  /**
   * Whether a delivery that is sent for now would only be turned away. It says so only where no slot has moved for a
   * while: one that comes free looks for what is due, and finds what was committed by then.
   */
  isStalled(id: WebhookEndpointId, failing: boolean): boolean {
    const held = this.inHand.get(id);
    return (
      held !== undefined &&
      held.sending >= (failing ? SLOTS.failing : SLOTS.healthy) &&
      performance.now() - held.movedAt >= STALLED_AFTER_MS
    );
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
