import { Webhook } from 'standardwebhooks';

export interface ReceivedWebhook {
  readonly id: string;
  readonly type: string;
  readonly sequence: number | null;
  /** First arrival, ISO 8601. */
  readonly receivedAt: string;
  readonly verified: boolean;
  /** How many times it was received; more than once if an attempt got an error response. */
  readonly attempts: number;
  /** Indented JSON. */
  readonly body: string;
}

const MAX_WEBHOOKS = 200;

/** Receives the demo site's webhooks and keeps the latest in memory. */
export class WebhookInbox {
  private readonly received = new Map<string, ReceivedWebhook>();
  private failuresLeft = 0;

  get failing(): number {
    return this.failuresLeft;
  }

  /** Responds to the next webhooks with 500. */
  failNext(count: number): void {
    this.failuresLeft = count;
  }

  /** Lists the webhooks, newest first. */
  list(): ReceivedWebhook[] {
    return [...this.received.values()].reverse();
  }

  /**
   * @param raw the body as received, not parsed, because the signature covers it
   * @returns the HTTP status to respond with
   */
  receive(raw: string, headers: Record<string, string>, secret: string): number {
    const verified = isSignatureValid(raw, headers, secret);
    const id = headers['webhook-id'] ?? 'no ID';
    const parsed = parse(raw);
    const previous = this.received.get(id);
    this.received.set(id, {
      id,
      type: typeof parsed['type'] === 'string' ? parsed['type'] : 'unknown',
      sequence: typeof parsed['sequence'] === 'number' ? parsed['sequence'] : null,
      receivedAt: previous?.receivedAt ?? new Date().toISOString(),
      verified,
      attempts: (previous?.attempts ?? 0) + 1,
      body: JSON.stringify(parsed, null, 2),
    });
    const oldest = this.received.keys().next();
    if (this.received.size > MAX_WEBHOOKS && !oldest.done) this.received.delete(oldest.value);
    if (!verified) return 401;
    if (this.failuresLeft === 0) return 204;
    this.failuresLeft -= 1;
    return 500;
  }
}

function isSignatureValid(raw: string, headers: Record<string, string>, secret: string): boolean {
  try {
    new Webhook(secret).verify(raw, headers);
    return true;
  } catch {
    return false;
  }
}

function parse(raw: string): Record<string, unknown> {
  try {
    return JSON.parse(raw) as Record<string, unknown>;
  } catch {
    return {};
  }
}
