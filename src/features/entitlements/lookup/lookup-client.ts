import { Webhook } from 'standardwebhooks';
import { Instant, ListOf, OneOf, Text } from '../../../platform/http/fields.js';
import { parseAs } from '../../../platform/http/validation.pipe.js';
import { newId } from '../../../platform/ids.js';
import { OutboundError, type Outbound } from '../../../platform/outbound/outbound.js';
import type { SiteFacts } from '../../sites/site-facts.js';
import { ENTITLEMENT_STATUSES, type Entitlement, type EntitlementStatus } from '../entitlement.js';

const MAX_RESPONSE_BYTES = 64 * 1024;
const MAX_ENTITLEMENTS = 50;
const REQUEST_EVENT_TYPE = 'entitlements.requested';

class ReturnedEntitlement {
  @Text({ max: 64 }) tier: string;
  @OneOf(ENTITLEMENT_STATUSES, { optional: true }) status?: EntitlementStatus;
  @Instant({ optional: true, nullable: true }) validUntil?: string | null;
  @Instant({ optional: true, nullable: true }) graceUntil?: string | null;
}

class LookupResponseBody {
  @ListOf(() => ReturnedEntitlement, { maxItems: MAX_ENTITLEMENTS }) entitlements: ReturnedEntitlement[];
}

/** A lookup without a usable response. The message is shown to the publisher. */
export class LookupFailed extends Error {
  override readonly name = 'LookupFailed';
}

export interface LookupResponse {
  readonly entitlements: readonly Entitlement[];
  readonly status: number;
  readonly durationMs: number;
}

/**
 * Sends one POST to the publisher's endpoint, signed according to Standard Webhooks with every valid secret.
 *
 * @param at time used in the signature and the result
 * @throws LookupFailed if there is no response, a status other than 200 and 404, or a body of another shape
 */
export async function callLookup(
  outbound: Outbound,
  site: SiteFacts,
  readerKey: string,
  at: Date,
): Promise<LookupResponse> {
  const { url, secrets, timeoutMs } = site.lookUp!;
  const id = newId<'look-up'>();
  const body = JSON.stringify({
    type: REQUEST_EVENT_TYPE,
    timestamp: at.toISOString(),
    data: { site: site.id, readerKey },
  });
  const validSecrets = secrets.filter(({ until }) => until === null || until > at);
  const answer = await outbound
    .send({
      method: 'POST',
      url,
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        'user-agent': 'Postbag-Entitlements/1',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': validSecrets
          .map(({ secret }) => new Webhook(secret).sign(id, at, body))
          .join(' '),
      },
      body,
      bulkhead: `look-up ${site.id}`,
      timeoutMs,
      maxAnswerBytes: MAX_RESPONSE_BYTES,
    })
    .catch((error: unknown) => {
      throw error instanceof OutboundError ? new LookupFailed(error.message) : error;
    });
  const { status, durationMs } = answer;
  // 404 means that the publisher does not know the reader, which is a valid result.
  if (status === 404) return { entitlements: [], status, durationMs };
  if (status !== 200)
    throw new LookupFailed(`The endpoint responded with status ${status}. It must respond with 200 or 404.`);
  if (answer.isTruncated)
    throw new LookupFailed(`The response of the endpoint is larger than ${MAX_RESPONSE_BYTES / 1024} kB.`);
  return { entitlements: await parseResponse(answer.answer, at), status, durationMs };
}

async function parseResponse(text: string, at: Date): Promise<Entitlement[]> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new LookupFailed('The response of the endpoint is not valid JSON.');
  }
  const parsed = await parseAs(LookupResponseBody, value, { unknownFields: 'drop' });
  if (!parsed.ok) {
    const faults = parsed.errors.map(({ pointer, message }) => `${pointer}: ${message}`).join('; ');
    throw new LookupFailed(
      `The response of the endpoint does not have the expected format: ${faults.slice(0, 500)}`,
    );
  }
  return parsed.value.entitlements.map(({ tier, status = 'active', validUntil, graceUntil }) => ({
    tier,
    status,
    validUntil: validUntil ? new Date(validUntil) : null,
    graceUntil: graceUntil ? new Date(graceUntil) : null,
    endedAt: null,
    reportedAt: at,
  }));
}
