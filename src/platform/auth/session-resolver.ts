import type { FastifyRequest } from 'fastify';
import { forbidden } from '../http/problem.js';
import type { ModeratorPrincipal } from './principal.js';

/**
 * Who a console session belongs to. Provided by the moderators' feature and looked up by the guards of
 * features that stand left of it; where nobody provides it, no session is known.
 */
export abstract class SessionResolver {
  /** @returns null without a session cookie, or when the session has ended */
  abstract resolve(request: FastifyRequest): Promise<ModeratorPrincipal | null>;
}

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * A browser sends the session cookie by itself, but only the console's own pages can add this header.
 *
 * @throws Problem 403 `csrf` for a write without `X-Postbag-Console: 1`
 */
export function requireConsoleHeader(request: FastifyRequest): void {
  if (READS.has(request.method) || request.headers['x-postbag-console'] === '1') return;
  throw forbidden('csrf', 'A write with a session cookie needs the header X-Postbag-Console: 1.');
}
