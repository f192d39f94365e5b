import type { FieldError } from '../../../platform/http/problem.js';
import type { ReaderProfile } from '../../readers/reader-profile.js';
import type { EntitlementStatus } from '../entitlement.js';
import type { JsonMapping } from './json-mapping.dto.js';

/** A push as it came, before anything of it is believed. */
export interface BillingWebhookRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The very bytes that were signed. */
  readonly rawBody: Buffer;
  /** The same, parsed. */
  readonly body: unknown;
}

/** What the publisher said about a wire, besides its secrets and the table of tiers. */
export interface BillingProviderOptions {
  /** Where the reader's key stands in a push, as a JSON pointer; null: the provider's usual place. */
  readonly reader: string | null;
  /** How long a failed payment is waited for where the provider names no end, in days. */
  readonly graceDays: number;
  /** Of the provider's own API, where a push only says that something changed. */
  readonly apiUrl: string | null;
  readonly apiKey: string | null;
  /** Of provider `json`. */
  readonly mapping: JsonMapping | null;
}

/** A subscription's state as its billing system told it. */
export interface SubscriptionFact {
  readonly readerKey: string;
  /** Which of the reader's entitlements; null: the one. */
  readonly key: string | null;
  /** In the provider's words: prices, plans, products, or tier keys. The highest tier among them counts. */
  readonly plans: readonly string[];
  /** Where they were looked for, for who wrote the mapping. */
  readonly plansAt?: string;
  readonly status: EntitlementStatus;
  readonly validUntil: Date | null;
  readonly graceUntil: Date | null;
  readonly reportedAt: Date;
  readonly sequence: number | null;
}

/** Who a reader is now, or that they are gone, as the publisher's own system told it. */
export interface ReaderFact {
  readonly readerKey: string;
  /** null: the account is deleted. */
  readonly profile: ReaderProfile | null;
  readonly reportedAt: Date;
  readonly sequence: number | null;
}

/** Why a push is about nothing of ours; a program's word, and a sentence for whoever looks at the log. */
export interface IgnoredWebhook {
  readonly reason: 'other-type' | 'sandbox';
  readonly detail: string;
}

/** Why a push could not be used; a program's word, and a sentence for whoever looks at the log. */
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
  /** Well-formed and about a subscription, but the wire's settings don't say whose or which: worth a replay later. */
  | ({ readonly kind: 'unusable'; readonly id: string | null } & UnusableWebhook)
  | { readonly kind: 'bad-shape'; readonly errors: readonly FieldError[] };

/** `id`: the message's own where the signature covers it; null: the body names it, or its bytes do. */
export type VerificationResult =
  | { readonly ok: true; readonly id: string | null }
  | { readonly ok: false; readonly reason: 'unsigned' | 'malformed' | 'out-of-time' | 'wrong' };

/** Asks the provider's API. @throws Problem 503 when it does not answer as it should; null: it has no such thing */
export type ProviderApiClient = (url: string, headers: Record<string, string>) => Promise<unknown>;

/** One billing system's way to push: its signature or credential, and its words for a subscription. */
export interface BillingProvider {
  readonly name: string;
  /** Whether a tier that the table does not know is the sender's mistake (400) and not the table's. */
  readonly usesSiteTiers?: boolean;

  /** @returns why this cannot be the secret, or null */
  checkSecret(secret: string, options: BillingProviderOptions): string | null;

  /** @returns what else the wire lacks or has too much of */
  checkOptions?(options: BillingProviderOptions): FieldError | null;

  /** @param secrets those that count, the newest first; never empty */
  verify(
    request: BillingWebhookRequest,
    secrets: readonly string[],
    now: Date,
    options: BillingProviderOptions,
  ): VerificationResult;

  parse(body: unknown, options: BillingProviderOptions, lookUp: ProviderApiClient): Promise<ParsedWebhook>;
}
