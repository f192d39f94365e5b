import { Parser } from 'htmlparser2';
import type { BillingWebhookRequest } from '../../entitlements/billing/billing-provider.js';
import { header, hex, isSignedBy, pairsOf } from '../../entitlements/billing/signatures.js';

/*
 * What Coral sends to an external moderation phase. Source: coralproject/talk, EXTERNAL_MODERATION_PHASES.md,
 * services/comments/pipeline/phases/external.ts and models/settings/signingSecret/helpers.ts.
 */

const SIGNATURE_HEADER = 'x-coral-signature';

/** What is used of a request. */
export interface CoralRequest {
  readonly action: 'NEW' | 'EDIT';
  /** HTML or plain text, as Coral's phase is set to send it; empty for a comment that is only a picture or a rating. */
  readonly body: string;
  readonly isReply: boolean;
  readonly authorId: string;
  readonly story: { readonly id: string; readonly url: string };
}

/**
 * Checks `X-Coral-Signature`: `sha256=<hex>` of the body, once for each secret that counts in Coral, separated by commas.
 *
 * @returns null if one of the secrets signed the body, else what is wrong, for people
 */
export function signatureFault(
  headers: BillingWebhookRequest['headers'],
  rawBody: Buffer,
  secrets: readonly string[],
): string | null {
  const value = header(headers, SIGNATURE_HEADER);
  if (value === null) return 'The request has no X-Coral-Signature: it does not come from Coral.';
  const given = pairsOf(value, ',')
    .filter(([name]) => name === 'sha256')
    .map(([, signature]) => hex(signature));
  if (given.length === 0) return 'X-Coral-Signature has no sha256 signature.';
  return isSignedBy(secrets, [rawBody], given)
    ? null
    : 'The signature is not valid: the signing secret in Coral and the one that is set here differ.';
}

const objectOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const isText = (value: unknown): value is string => typeof value === 'string';

/** @returns undefined for bytes that are not JSON in UTF-8 */
export function jsonOf(rawBody: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody));
  } catch {
    return undefined;
  }
}

/** @returns null for a body that has not the shape of Coral's requests */
export function readCoralRequest(raw: unknown): CoralRequest | null {
  const { action, comment, author, story } = objectOf(raw);
  const { body, parentID = null } = objectOf(comment);
  const { id: authorId } = objectOf(author);
  const { id, url } = objectOf(story);
  if (action !== 'NEW' && action !== 'EDIT') return null;
  if (!isText(body) || !isText(authorId) || !isText(id) || !isText(url)) return null;
  if (parentID !== null && !isText(parentID)) return null;
  return { action, body, isReply: parentID !== null, authorId, story: { id, url } };
}

// What Coral's sanitizer lets through (common/lib/helpers/sanitize.ts), as a browser's innerHTML writes it. In its HTML
// every other < and > is an entity.
const CORAL_TAG =
  /<\/?(?:b|blockquote|br|div|em|i|li|p|s|strong|ul)>|<\/?(?:a|span)(?: (?:class|href|rel|target)="[^"<>]*")*>/g;
const LINE_ENDING = new Set(['blockquote', 'br', 'div', 'li', 'p', 'ul']);

const isCoralHtml = (body: string): boolean => !/[<>]/.test(body.replace(CORAL_TAG, ''));

/**
 * The text that readers see. A request does not say whether its body is HTML or plain text; it is read as HTML only if
 * Coral's sanitizer could have written it, so that nobody hides words of a plain text in something like a tag. Link
 * targets need no place of their own, because Coral keeps only links that show their address.
 */
export function plainTextOf(body: string): string {
  if (!/[<&]/.test(body) || !isCoralHtml(body)) return body;
  let text = '';
  const endLine = (tag: string): void => {
    if (LINE_ENDING.has(tag) && text !== '' && (tag === 'br' || !text.endsWith('\n'))) text += '\n';
  };
  const parser = new Parser(
    {
      onopentag: endLine,
      ontext: (part) => {
        text += part;
      },
      onclosetag: (tag) => {
        if (tag !== 'br') endLine(tag);
      },
    },
    { decodeEntities: true },
  );
  parser.end(body);
  return text;
}
