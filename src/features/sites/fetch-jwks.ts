import type { Outbound } from '../../platform/outbound/outbound.js';

const MAX_JWKS_BYTES = 100_000;
const FETCH_TIMEOUT_MS = 5_000;

/**
 * Fetches the keys at a publisher's JWKS URL (RFC 7517, section 5).
 *
 * @throws Error with a message for the publisher if the response is not a key set; OutboundError if there is no response
 */
export async function fetchJwks(
  outbound: Outbound,
  url: string,
): Promise<{ keys: Record<string, unknown>[] }> {
  const { status, answer, isTruncated } = await outbound.send({
    method: 'GET',
    url,
    headers: { accept: 'application/jwk-set+json, application/json' },
    bulkhead: `jwks ${url}`,
    timeoutMs: FETCH_TIMEOUT_MS,
    maxAnswerBytes: MAX_JWKS_BYTES,
  });
  if (status !== 200) throw new Error(`The server returned status ${status} instead of 200.`);
  if (isTruncated) throw new Error(`The response is larger than ${MAX_JWKS_BYTES / 1000} kB.`);
  const keys = parseJson(answer);
  if (!isKeySet(keys)) throw new Error('The response is not a JWK set: {"keys": [...]}.');
  return keys;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new Error('The response is not JSON.');
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isKeySet = (value: unknown): value is { keys: Record<string, unknown>[] } =>
  isObject(value) && Array.isArray(value['keys']) && value['keys'].every(isObject);
