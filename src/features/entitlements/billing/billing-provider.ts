import type { FieldError } from '../../../platform/http/problem.js';
import type { ReaderProfile } from '../../readers/reader-profile.js';
import type { EntitlementStatus } from '../entitlement.js';
import type { JsonMapping } from './json-mapping.dto.js';

/** A webhook as received, before it is verified. */
export interface BillingWebhookRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The exact bytes that were signed. */
  readonly rawBody: Buffer;
  /** The same body, parsed. */
  readonly body: unknown;
}

/** A publisher's settings for an integration, besides secrets and the tier mapping. */
export interface BillingProviderOptions {
  /** JSON pointer to the reader's key in a webhook; null for the provider's usual location. */
  readonly reader: string | null;
  /** Grace period in days after a failed payment, used if the provider gives no end. */
  readonly graceDays: number;
  /** URL of the provider's API, for webhooks that do not contain the subscription's state. */
  readonly apiUrl: string | null;
  readonly apiKey: string | null;
  /** Only for provider `json`. */
  readonly mapping: JsonMapping | null;
}

/** A subscription's state as reported by its billing system. */
export interface SubscriptionFact {
  readonly readerKey: string;
  /** Key of the entitlement; null if the provider reports only one per reader. */
  readonly key: string | null;
  /** The provider's prices, plans or products, or tier keys. The highest matching tier is used. */
  readonly plans: readonly string[];
  /** Where the mapping expects the plans; shown in the log if none is found. */
  readonly plansAt?: string;
  readonly status: EntitlementStatus;
  readonly validUntil: Date | null;
  readonly graceUntil: Date | null;
  readonly reportedAt: Date;
  /** Increases with each change of the subscription; null if the provider sends no such number. */
  readonly sequence: number | null;
}

/** A reader's current profile, or the deletion of their account, as reported by the publisher's system. */
export interface ReaderFact {
  readonly readerKey: string;
  /** Null if the account was deleted. */
  readonly profile: ReaderProfile | null;
  readonly reportedAt: Date;
  readonly sequence: number | null;
}

/** Why a webhook is irrelevant: a machine-readable reason, and a sentence for the log. */
export interface IgnoredWebhook {
  readonly reason: 'other-type' | 'sandbox';
  readonly detail: string;
}

/** Why a webhook could not be used: a machine-readable reason, and a sentence for the log. */
export interface UnusableWebhook {
  readonly reason:
    | 'no-reader'
    | 'unknown-plan'
    | 'unknown-status'
    | 'no-plan'
    | 'not-in-the-api'
    | 'transfer'
    | 'in-the-future';
  readonly detail: string;
}

export type ParsedWebhook =
  | { readonly kind: 'subscription'; readonly id: string | null; readonly fact: SubscriptionFact }
  | { readonly kind: 'reader'; readonly id: string | null; readonly fact: ReaderFact }
  | ({ readonly kind: 'ignored'; readonly id: string | null } & IgnoredWebhook)
  /**
   * Well-formed and about a subscription, but the integration's settings do not identify the reader or the tier. Can
   * be replayed later.
   */
  | ({ readonly kind: 'unusable'; readonly id: string | null } & UnusableWebhook)
  | { readonly kind: 'bad-shape'; readonly errors: readonly FieldError[] };

/**
 * `id`: the message id, if the signature covers it; null if the id must be taken from the body or computed from its
 * bytes.
 */
export type VerificationResult =
  | { readonly ok: true; readonly id: string | null }
  | { readonly ok: false; readonly reason: 'unsigned' | 'malformed' | 'out-of-time' | 'wrong' };

/**
 * Calls the provider's API. Returns null if the resource does not exist.
 *
 * @throws Problem 503 if the API fails
 */
export type ProviderApiClient = (url: string, headers: Record<string, string>) => Promise<unknown>;

/** How one billing system sends webhooks: its signature or credential, and its format for subscriptions. */
export interface BillingProvider {
  readonly name: string;
  /**
   * Whether the sender sends tier keys, so that an unknown tier is an error (400) and not a gap in the tier mapping.
   */
  readonly usesSiteTiers?: boolean;

  /** @returns why the secret is invalid, or null */
  checkSecret(secret: string, options: BillingProviderOptions): string | null;

  /** @returns which option is missing or not allowed, or null */
  checkOptions?(options: BillingProviderOptions): FieldError | null;

  /** @param secrets the valid secrets, newest first; never empty */
  verify(
    request: BillingWebhookRequest,
    secrets: readonly string[],
    now: Date,
    options: BillingProviderOptions,
  ): VerificationResult;

  parse(body: unknown, options: BillingProviderOptions, lookUp: ProviderApiClient): Promise<ParsedWebhook>;
}
