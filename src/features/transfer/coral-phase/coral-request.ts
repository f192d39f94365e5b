import { Parser } from 'htmlparser2';
import type { BillingWebhookRequest } from '../../entitlements/billing/billing-provider.js';
import { header, decodeHex, isSignedBy, parsePairs } from '../../entitlements/billing/signatures.js';

/*
 * The requests that Coral sends to an external moderation phase. Source: coralproject/talk,
 * EXTERNAL_MODERATION_PHASES.md, services/comments/pipeline/phases/external.ts and
 * models/settings/signingSecret/helpers.ts.
 */

const SIGNATURE_HEADER = 'x-coral-signature';

/** The parts of a request that we use. */
export interface CoralRequest {
  readonly action: 'NEW' | 'EDIT';
  /**
   * HTML or plain text, depending on the phase's settings in Coral; empty for a comment that is only a picture or a
   * rating.
   */
  readonly body: string;
  readonly isReply: boolean;
  readonly authorId: string;
  readonly story: { readonly id: string; readonly url: string };
}

/**
 * Checks `X-Coral-Signature`: `sha256=<hex>` of the body, one per secret active in Coral, separated by commas.
 *
 * @returns null if the body was signed with one of the secrets; otherwise a description of the fault, to show to people
 */
export function signatureFault(
  headers: BillingWebhookRequest['headers'],
  rawBody: Buffer,
  secrets: readonly string[],
): string | null {
  const value = header(headers, SIGNATURE_HEADER);
  if (value === null) return 'The request has no X-Coral-Signature header, so it does not come from Coral.';
  const signatures = parsePairs(value, ',')
    .filter(([name]) => name === 'sha256')
    .map(([, signature]) => decodeHex(signature));
  if (signatures.length === 0) return 'The X-Coral-Signature header contains no sha256 signature.';
  return isSignedBy(secrets, [rawBody], signatures)
    ? null
    : 'The signature is invalid: the signing secret in Coral differs from the one that is set here.';
}

const objectOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const isText = (value: unknown): value is string => typeof value === 'string';

/** @returns undefined if the bytes are not JSON in UTF-8 */
export function jsonOf(rawBody: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody));
  } catch {
    return undefined;
  }
}

/** @returns null if the body does not have the shape of Coral's requests */
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

// The tags that Coral's sanitizer allows (common/lib/helpers/sanitize.ts), as a browser's innerHTML serializes them.
// It escapes every other < and > as an entity.
const CORAL_TAG =
  /<\/?(?:b|blockquote|br|div|em|i|li|p|s|strong|ul)>|<\/?(?:a|span)(?: (?:class|href|rel|target)="[^"<>]*")*>/g;
const LINE_BREAKING_TAGS = new Set(['blockquote', 'br', 'div', 'li', 'p', 'ul']);

const isCoralHtml = (body: string): boolean => !/[<>]/.test(body.replace(CORAL_TAG, ''));

/**
 * Returns the text that readers see. A request does not say whether its body is HTML or plain text. The body is parsed
 * as HTML only if Coral's sanitizer could have produced it, so that nobody can hide words of a plain text in something
 * that looks like a tag. Link targets can be dropped, because Coral keeps only links that show their address.
 */
export function plainTextOf(body: string): string {
  if (!/[<&]/.test(body) || !isCoralHtml(body)) return body;
  let text = '';
  const endLine = (tag: string): void => {
    if (LINE_BREAKING_TAGS.has(tag) && text !== '' && (tag === 'br' || !text.endsWith('\n'))) text += '\n';
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
