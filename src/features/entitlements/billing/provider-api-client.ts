import { Problem } from '../../../platform/http/problem.js';
import type { SiteId } from '../../../platform/ids.js';
import { OutboundError, type Outbound } from '../../../platform/outbound/outbound.js';
import type { ProviderApiClient } from './billing-provider.js';

const LIMITS = { timeoutMs: 4_000, maxAnswerBytes: 256 * 1024 };

const unavailable = (detail: string): Problem =>
  new Problem(503, 'provider-unavailable', detail, {}, { 'retry-after': '30' });

/** Calls providers' own APIs at validated URLs. If a call fails, the provider sends the webhook again later. */
export const createProviderApiClient =
  (outbound: Outbound, siteId: SiteId): ProviderApiClient =>
  async (url, headers) => {
    try {
      const { status, answer, isTruncated } = await outbound.send({
        method: 'GET',
        url,
        headers,
        bulkhead: `billing ${siteId}`,
        ...LIMITS,
      });
      if (status === 404) return null;
      if (status !== 200) throw unavailable(`The provider's API responded with status ${status}.`);
      if (isTruncated) throw unavailable("The response of the provider's API is too large.");
      return JSON.parse(answer) as unknown;
    } catch (error) {
      if (error instanceof SyntaxError)
        throw unavailable("The response of the provider's API is not valid JSON.");
      if (error instanceof OutboundError)
        throw unavailable(`The request to the provider's API failed: ${error.message}`);
      throw error;
    }
  };
