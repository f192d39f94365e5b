import '../../../platform/auth/request.js';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { bearerOf } from '../../../platform/auth/request.js';
import { callerOf } from '../../../platform/auth/principal.js';
import { Limits } from '../../../platform/limits/limits.js';
import { PublisherAuth } from '../../sites/publisher-auth.js';
import { hasScope } from '../../sites/publisher-access.js';
import { withReason } from './analyze-error.js';

/** Per key. A hundred requests per second covers a large publisher's peak; Perspective allowed one. */
export const QUOTA_PER_MINUTE = 6_000;
const MINUTE_MS = 60_000;

const keyMissing = () =>
  withReason(
    403,
    'PERMISSION_DENIED',
    'The request has no key. Send one with the scope "score" as ?key=.',
    'API_KEY_MISSING',
  );
const keyInvalid = () =>
  withReason(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', 'API_KEY_INVALID');
const scopeMissing = () =>
  withReason(403, 'PERMISSION_DENIED', 'This key lacks the scope "score".', 'API_KEY_SERVICE_BLOCKED');

function quotaExceeded(retryAfterMs: number) {
  const seconds = Math.max(1, Math.ceil(retryAfterMs / 1000));
  return withReason(
    429,
    'RESOURCE_EXHAUSTED',
    `Quota exceeded: ${QUOTA_PER_MINUTE} requests per minute and key.`,
    'RATE_LIMIT_EXCEEDED',
    {
      details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${seconds}s` }],
      headers: { 'retry-after': String(seconds) },
    },
  );
}

/** Reads the key from the query string or header that Google APIs use, or from a bearer token as in our own API. */
function keyOf(request: FastifyRequest): string | null {
  const { key } = request.query as { key?: string | string[] };
  const header = request.headers['x-goog-api-key'];
  const given = key ?? header ?? bearerOf(request);
  if (Array.isArray(given)) throw keyInvalid();
  return given === '' ? null : given;
}

/** Authenticates callers by a key with the scope `score` and enforces the key's quota. */
@Injectable()
export class AnalyzeKeyGuard implements CanActivate {
  constructor(
    private readonly auth: PublisherAuth,
    private readonly limits: Limits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const key = keyOf(request);
    if (key === null) throw keyMissing();
    const principal = await this.auth.principalOfKey(key);
    if (!principal) throw keyInvalid();
    if (!hasScope(principal, 'score')) throw scopeMissing();
    request.principal = principal;
    const quota = await this.limits.hit(`analyze:${callerOf(principal)}`, QUOTA_PER_MINUTE, MINUTE_MS);
    if (!quota.allowed) throw quotaExceeded(quota.retryAfterMs);
    return true;
  }
}
