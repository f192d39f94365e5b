import { Injectable, Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ANONYMOUS } from '../../../platform/auth/principal.js';
import { hasBody } from '../../../platform/http/has-body.js';
import { malformed, Problem } from '../../../platform/http/problem.js';
import { SiteSettings } from '../../sites/site-settings.js';
import { BillingWebhooksService } from './billing-webhooks.service.js';

const PATH = '/api/v1/sites/:site/inbound/:provider';
const MAX_TYPE_CHARS = 100;

type WebhookRequest = FastifyRequest & { rawBody?: Buffer };

/**
 * Logs webhooks that are refused before they reach the handler, because their body cannot be read: too large,
 * incomplete, not JSON, or with the wrong content type. The log entry has the size and the reason, but not the body.
 */
@Injectable()
export class RejectedWebhookLog {
  private readonly logger = new Logger('inbound');
  private readonly parsedRequests = new WeakSet<FastifyRequest>();

  constructor(
    private readonly sites: SiteSettings,
    private readonly billingWebhooks: BillingWebhooksService,
  ) {}

  /** Must be called before the controllers' routes are registered, because it hooks into the webhook route. */
  register(fastify: FastifyInstance): void {
    fastify.addHook('onRoute', (route) => {
      if (route.url !== PATH || route.method !== 'POST') return;
      route.preHandler = [
        (request: WebhookRequest, _reply, done) => {
          if (!request.rawBody?.length) return done(malformed('The body is empty. Send JSON.'));
          this.parsedRequests.add(request);
          done();
        },
        ...[route.preHandler ?? []].flat(),
      ];
      route.onSend = [
        async (request, reply, payload) => {
          if (!this.parsedRequests.has(request)) await this.logRejection(request, reply.statusCode);
          return payload;
        },
        ...[route.onSend ?? []].flat(),
      ];
    });
  }

  private async logRejection(request: WebhookRequest, status: number): Promise<void> {
    const rejection = rejectionOf(request, status);
    if (!rejection) return;
    const { site: siteId = '', provider = '' } = request.params as { site?: string; provider?: string };
    try {
      const site = await this.sites.get(siteId);
      const ctx = { siteId: site.id, principal: ANONYMOUS, requestId: request.id };
      await this.billingWebhooks.logRejectedWebhook(ctx, provider, request, rejection);
    } catch (error) {
      // A Problem means that there is no such integration. Any other error means that the refusal cannot be logged, for
      // example because the database is unavailable.
      if (!(error instanceof Problem))
        this.logger.warn({ event: 'billing.rejection-not-logged', siteId, error });
    }
  }
}

export interface WebhookRejection {
  readonly reason: 'too-large' | 'cut-off' | 'bad-json' | 'bad-type';
  readonly detail: string;
}

/** Returns null if the refusal was not caused by the body. */
function rejectionOf(request: WebhookRequest, status: number): WebhookRejection | null {
  const size = sizeOf(request);
  switch (status) {
    case 413:
      return { reason: 'too-large', detail: `The body has ${size}. The limit is 256 kB.` };
    case 415: {
      const { 'content-type': type = 'nothing', 'content-encoding': coding } = request.headers;
      const bodyType = coding ? `${coding}-encoded` : type;
      return {
        reason: 'bad-type',
        detail: `The body was sent as ${bodyType.slice(0, MAX_TYPE_CHARS)}, ${size}. Send uncompressed JSON as application/json.`,
      };
    }
    case 408:
      return {
        reason: 'cut-off',
        detail: `The body was announced with ${size}, but did not arrive completely in time.`,
      };
    case 400:
      if (request.rawBody === undefined && hasBody(request))
        return {
          reason: 'cut-off',
          detail: `The body was announced with ${size}, but did not arrive completely.`,
        };
      return { reason: 'bad-json', detail: `The body, ${size}, is not valid JSON.` };
    default:
      return null;
  }
}

function sizeOf(request: WebhookRequest): string {
  const { rawBody, headers } = request;
  const bytes = rawBody?.length ?? (hasBody(request) ? Number(headers['content-length'] ?? NaN) : 0);
  if (Number.isSafeInteger(bytes)) return `${bytes.toLocaleString('en')} bytes`;
  return 'an unknown number of bytes';
}
