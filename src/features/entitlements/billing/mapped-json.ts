import type { FieldError } from '../../../platform/http/problem.js';
import { ENTITLEMENT_STATUSES, type EntitlementStatus } from '../entitlement.js';
import { generic, verifyStandard } from './generic.js';
import type { JsonMapping, JsonSignature } from './json-mapping.dto.js';
import type {
  BillingProvider,
  BillingWebhookRequest,
  VerificationResult,
  BillingProviderOptions,
} from './billing-provider.js';
import {
  invalidSignature,
  checkNameAndPassword,
  checkSecretLength,
  VALID_SIGNATURE,
  header,
  decodeHex,
  isWithinTolerance,
  isOneOf,
  isSignedBy,
  verifyBasic,
} from './signatures.js';
import {
  valueAt,
  daysAfter,
  instantAt,
  entitlementKeyFor,
  missingValue,
  statusFor,
  missingReader,
  missingStatus,
  missingTime,
  unhandledType,
  POINTER,
  readerKeyAt,
  textAt,
  unknownStatus,
  invalidEnd,
  textsAt,
} from './json-values.js';

const MAX_SECONDS_DIGITS = 12;
const MAC_BYTES = { sha1: 20, sha256: 32, sha512: 64 } as const;

const badMapping = (pointer: string, message: string): FieldError => ({
  pointer,
  code: 'bad-mapping',
  message,
});

function checkMapping({ mapping }: BillingProviderOptions): FieldError | null {
  if (!mapping) return badMapping('/mapping', 'The provider json needs a mapping.');
  const { signature, plans, type, types } = mapping;
  const signaturePointer = '/mapping/signature';
  const isHmac = signature.by.startsWith('hmac-');
  if ((isHmac || signature.by === 'header') && !signature.header)
    return badMapping(
      `${signaturePointer}/header`,
      'Enter the name of the header that contains the signature.',
    );
  if (signature.signed?.includes('{timestamp}') && !signature.timestampHeader)
    return badMapping(
      `${signaturePointer}/timestampHeader`,
      'Enter the name of the header that contains the timestamp.',
    );
  if (isHmac && signature.timestampHeader && !signature.signed?.includes('{timestamp}'))
    return badMapping(
      `${signaturePointer}/signed`,
      'A timestamp that is not signed can be forged. Add {timestamp} to "signed", or remove "timestampHeader".',
    );
  if (plans.some((pointer) => !POINTER.test(pointer)))
    return badMapping('/mapping/plans', 'Plans must be JSON pointers such as /data/plan.');
  if (types && !type) return badMapping('/mapping/type', 'Enter the JSON pointer of the event type.');
  return null;
}

function verifyHmac(
  request: BillingWebhookRequest,
  secrets: readonly string[],
  now: Date,
  { by, header: name, prefix = '', encoding = 'hex', signed = '{body}', timestampHeader }: JsonSignature,
): VerificationResult {
  const value = header(request.headers, (name ?? '').toLowerCase());
  if (value === null) return invalidSignature('unsigned');
  const timestamp = timestampHeader ? header(request.headers, timestampHeader.toLowerCase()) : null;
  if (timestampHeader) {
    if (timestamp === null) return invalidSignature('unsigned');
    if (!/^[0-9]{1,15}$/.test(timestamp)) return invalidSignature('malformed');
    const seconds = timestamp.length > MAX_SECONDS_DIGITS ? Number(timestamp) / 1000 : Number(timestamp);
    if (!isWithinTolerance(seconds, now)) return invalidSignature('out-of-time');
  }
  const receivedSignatures = value
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry.startsWith(prefix))
    .map((entry) => entry.slice(prefix.length))
    .map((entry) => (encoding === 'hex' ? decodeHex(entry) : Buffer.from(entry, 'base64')));
  const [before, after] = signed.replaceAll('{timestamp}', timestamp ?? '').split('{body}');
  const algorithm = by.slice('hmac-'.length) as keyof typeof MAC_BYTES;
  // The prefix or encoding differs from the mapping, so no secret can match.
  if (!receivedSignatures.some(({ length }) => length === MAC_BYTES[algorithm]))
    return invalidSignature('malformed');
  return isSignedBy(secrets, [before, request.rawBody, after], receivedSignatures, algorithm)
    ? VALID_SIGNATURE
    : invalidSignature('wrong');
}

/** Reads any JSON that a billing system or a publisher's own program sends, using the publisher's mapping. */
export const json: BillingProvider = {
  name: 'json',

  checkSecret(secret, options) {
    switch (options.mapping?.signature.by) {
      case 'standard-webhooks':
        return generic.checkSecret(secret, options);
      case 'basic':
        return checkNameAndPassword(secret);
      default:
        return checkSecretLength(secret);
    }
  },

  checkOptions: checkMapping,

  verify(request, secrets, now, { mapping }) {
    const signature = (mapping as JsonMapping).signature;
    switch (signature.by) {
      case 'standard-webhooks':
        return verifyStandard(request, secrets, now);
      case 'basic':
        return verifyBasic(request, secrets);
      case 'header': {
        const value = header(request.headers, (signature.header ?? '').toLowerCase());
        if (value === null) return invalidSignature('unsigned');
        return isOneOf(
          secrets,
          value.slice(value.startsWith(signature.prefix ?? '') ? (signature.prefix ?? '').length : 0),
        )
          ? VALID_SIGNATURE
          : invalidSignature('wrong');
      }
      case 'hmac-sha1':
      case 'hmac-sha256':
      case 'hmac-sha512':
        return verifyHmac(request, secrets, now, signature);
    }
  },

  async parse(body, { mapping }) {
    const map = mapping as JsonMapping;
    const id = map.id === undefined ? null : textAt(body, map.id);
    if (map.type !== undefined && map.types) {
      const type = textAt(body, map.type);
      if (type === null) return missingValue(map.type, 'type');
      if (!map.types.includes(type)) return unhandledType(id, type);
    }
    if (map.id !== undefined && id === null) return missingValue(map.id, 'id');
    const reportedAt = instantAt(body, map.time);
    if (!reportedAt) return missingTime(body, map.time);
    const providerStatus = map.status === undefined ? 'active' : statusAt(body, map.status);
    if (providerStatus === null) return missingStatus(id, map.status ?? '');
    const status = statusOf(map, providerStatus);
    if (!status) return unknownStatus(id, providerStatus);
    const readerKey = readerKeyAt(body, map.readerKey);
    if (!readerKey) return missingReader(id, map.readerKey, `mapping's "readerKey"`);
    const subscription = map.subscription === undefined ? null : textAt(body, map.subscription);
    if (map.subscription !== undefined && subscription === null)
      return missingValue(map.subscription, 'subscription');
    const sequence = map.sequence === undefined ? null : Number(textAt(body, map.sequence) ?? Number.NaN);
    if (map.sequence !== undefined && !Number.isSafeInteger(sequence))
      return missingValue(map.sequence, 'whole number');
    const dateError = invalidEnd(body, [map.validUntil, map.graceUntil]);
    if (dateError) return dateError;
    const graceUntil = map.graceUntil === undefined ? null : instantAt(body, map.graceUntil);
    const graceDays = map.graceDays ?? 0;
    return {
      kind: 'subscription',
      id,
      fact: {
        readerKey,
        key: subscription === null ? null : entitlementKeyFor('json', subscription),
        plans: textsAt(body, map.plans),
        plansAt: map.plans.join(', '),
        status,
        validUntil: map.validUntil === undefined ? null : instantAt(body, map.validUntil),
        graceUntil:
          graceUntil ?? (status === 'past_due' && graceDays > 0 ? daysAfter(reportedAt, graceDays) : null),
        reportedAt,
        sequence,
      },
    };
  },
};

/** Returns the status as text, also if it is a number or a boolean. */
function statusAt(body: unknown, pointer: string): string | null {
  const found = valueAt(body, pointer);
  return typeof found === 'boolean' ? String(found) : textAt(body, pointer);
}

function statusOf({ statuses = {} }: JsonMapping, providerStatus: string): EntitlementStatus | null {
  return (
    statusFor(statuses, providerStatus) ??
    ENTITLEMENT_STATUSES.find((status) => status === providerStatus) ??
    null
  );
}
