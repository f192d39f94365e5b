import type { EntitlementStatus } from '../entitlement.js';
import type { FieldError } from '../../../platform/http/problem.js';

/** A push as it came, before anything of it is believed. */
export interface InboundRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The very bytes that were signed. */
  readonly rawBody: Buffer;
  /** The same, parsed. */
  readonly body: unknown;
}

/** A subscription's state as its billing system told it. */
export interface SubscriptionFact {
  readonly readerKey: string;
  /** Which of the reader's entitlements; null: the one. */
  readonly key: string | null;
  /** In the provider's words: a price or plan, or a tier's key. */
  readonly tier: string;
  readonly status: EntitlementStatus;
  readonly validUntil: Date | null;
  readonly graceUntil: Date | null;
  readonly toldAt: Date;
  readonly sequence: number | null;
}

export type Parsed =
  | { readonly kind: 'subscription'; readonly fact: SubscriptionFact }
  /** Well-formed, and about nothing that is ours. */
  | { readonly kind: 'ignored' }
  | { readonly kind: 'bad-shape'; readonly errors: readonly FieldError[] };

/** One billing system's way to push: its signature, and its words for a subscription. */
export interface InboundProvider {
  readonly name: string;

  /** @returns why this cannot be the secret, or null */
  checkSecret(secret: string): string | null;

  /**
   * @param secrets those that count, the newest first; never empty
   * @returns the message's own id, by which a repeated one is known, or null when no secret signed it now
   */
  verify(request: InboundRequest, secrets: readonly string[], now: Date): string | null;

  parse(body: unknown): Promise<Parsed>;
}
