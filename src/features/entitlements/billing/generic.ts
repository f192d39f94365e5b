import { Instant, Int, Nested, OneOf, Text } from '../../../platform/http/fields.js';
import { parseAs } from '../../../platform/http/validation.pipe.js';
import { isReaderKey, PUBLICATION_KEY } from '../../readers/reader-key.js';
import { profileOf } from '../../readers/reader-profile.js';
import { ENTITLEMENT_STATUSES, type EntitlementStatus } from '../entitlement.js';
import type {
  BillingProvider,
  BillingWebhookRequest,
  ParsedWebhook,
  VerificationResult,
} from './billing-provider.js';
import { invalidSignature, header, isWithinTolerance, isSignedBy } from './signatures.js';
import { valueAt, unhandledType } from './json-values.js';

const MIN_SECRET_BYTES = 16;
const SECRET_PREFIX = 'whsec_';
const SUBSCRIPTION = 'subscription.updated';
const PROFILE = 'reader.updated';
const DELETION = 'reader.deleted';

class GenericData {
  @Text() readerKey: string;
  @Text({ optional: true, nullable: true, max: 128, pattern: /^[A-Za-z0-9][A-Za-z0-9._:-]*$/ }) key?:
    string | null;
  @Text() tier: string;
  @OneOf(ENTITLEMENT_STATUSES) status: EntitlementStatus;
  @Instant({ optional: true, nullable: true }) validUntil?: string | null;
  @Instant({ optional: true, nullable: true }) graceUntil?: string | null;
  @Int({ optional: true, nullable: true, min: 0, max: Number.MAX_SAFE_INTEGER }) sequence?: number | null;
}

class GenericEvent {
  @Text() type: string;
  @Instant() timestamp: string;
  @Nested(() => GenericData) data: GenericData;
}

/**
 * The other members are the claims of a reader token. `profileOf` reads them and drops an invalid picture or email.
 */
class ReaderData {
  @Text() readerKey: string;
  @Int({ optional: true, nullable: true, min: 0, max: Number.MAX_SAFE_INTEGER }) sequence?: number | null;
}

class ReaderEvent {
  @Text() type: string;
  @Instant() timestamp: string;
  @Nested(() => ReaderData) data: ReaderData;
}

class AnyEvent {
  @Text() type: string;
  @Instant() timestamp: string;
}

/** Any system that signs its webhooks according to Standard Webhooks and sends the generic events (docs/billing.md). */
export const generic: BillingProvider = {
  name: 'generic',
  usesSiteTiers: true,

  checkSecret(secret) {
    const key = decodeSecret(secret);
    if (key && key.length >= MIN_SECRET_BYTES) return null;
    return `The secret must be ${SECRET_PREFIX} followed by at least ${MIN_SECRET_BYTES} bytes in base64.`;
  },

  verify: verifyStandard,

  async parse(body): Promise<ParsedWebhook> {
    const parsedEvent = await parseAs(AnyEvent, body, { unknownFields: 'drop' });
    if (!parsedEvent.ok) return { kind: 'bad-shape', errors: parsedEvent.errors };
    switch (parsedEvent.value.type) {
      case SUBSCRIPTION:
        return parseSubscription(body);
      case PROFILE:
      case DELETION:
        return parseReader(body);
      default:
        return unhandledType(null, parsedEvent.value.type);
    }
  },
};

async function parseSubscription(body: unknown): Promise<ParsedWebhook> {
  const parsed = await parseAs(GenericEvent, body, { unknownFields: 'drop' });
  if (!parsed.ok) return { kind: 'bad-shape', errors: parsed.errors };
  const { timestamp, data } = parsed.value;
  if (!isReaderKey(data.readerKey)) return badData('readerKey', 'bad-reader-key', BAD_READER_KEY);
  return {
    kind: 'subscription',
    id: null,
    fact: {
      readerKey: data.readerKey,
      key: data.key ?? null,
      plans: [data.tier],
      status: data.status,
      validUntil: toDate(data.validUntil),
      graceUntil: toDate(data.graceUntil),
      reportedAt: new Date(timestamp),
      sequence: data.sequence ?? null,
    },
  };
}

async function parseReader(body: unknown): Promise<ParsedWebhook> {
  const parsed = await parseAs(ReaderEvent, body, { unknownFields: 'drop' });
  if (!parsed.ok) return { kind: 'bad-shape', errors: parsed.errors };
  const { type, timestamp, data } = parsed.value;
  const { readerKey, sequence = null } = data;
  if (!isReaderKey(readerKey) || readerKey === PUBLICATION_KEY)
    return badData('readerKey', 'bad-reader-key', BAD_READER_KEY);
  const profile = type === DELETION ? null : profileOf(valueAt(body, '/data') as Record<string, unknown>);
  if (type === PROFILE && profile === null) return badData('name', 'missing', 'name must not be empty.');
  const reportedAt = new Date(timestamp);
  return { kind: 'reader', id: null, fact: { readerKey, profile, reportedAt, sequence } };
}

const BAD_READER_KEY = 'readerKey must have 1 to 255 characters and must not be the publication’s own key.';
const badData = (member: string, code: string, message: string): ParsedWebhook => ({
  kind: 'bad-shape',
  errors: [{ pointer: `/data/${member}`, code, message }],
});

const toDate = (iso: string | null | undefined): Date | null => (iso ? new Date(iso) : null);

/** Decodes a secret, whose prefix `whsec_` is optional. Returns null if it is not valid base64. */
function decodeSecret(secret: string): Buffer | null {
  const text = secret.startsWith(SECRET_PREFIX) ? secret.slice(SECRET_PREFIX.length) : secret;
  return /^[A-Za-z0-9+/_-]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : null;
}

/** Verifies a Standard Webhooks 1.0.0 signature, which covers the message id. */
export function verifyStandard(
  { headers, rawBody }: BillingWebhookRequest,
  secrets: readonly string[],
  now: Date,
): VerificationResult {
  const id = header(headers, 'webhook-id');
  const timestamp = header(headers, 'webhook-timestamp');
  const signatures = header(headers, 'webhook-signature');
  if (!id || !timestamp || !signatures) return invalidSignature('unsigned');
  if (id.includes('.') || id.length > 255 || !/^[0-9]{1,12}$/.test(timestamp))
    return invalidSignature('malformed');
  if (!isWithinTolerance(Number(timestamp), now)) return invalidSignature('out-of-time');
  const receivedSignatures = signatures
    .split(' ')
    .filter((entry) => entry.startsWith('v1,'))
    .map((entry) => Buffer.from(entry.slice(3), 'base64'));
  const keys = secrets.flatMap((secret) => decodeSecret(secret) ?? []);
  return isSignedBy(keys, [`${id}.${timestamp}.`, rawBody], receivedSignatures)
    ? { ok: true, id }
    : invalidSignature('wrong');
}
