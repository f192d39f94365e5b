import type { FastifyRequest } from 'fastify';
import { forbidden } from '../http/problem.js';
import type { ModeratorPrincipal } from './principal.js';

/**
 * Finds the moderator that a console session belongs to. The staff feature implements it. Guards of features that must
 * not import the staff feature get it with `findProvider`; without an implementation, no session is recognised.
 */
export abstract class SessionResolver {
  /** @returns null if there is no session cookie or the session has ended */
  abstract resolve(request: FastifyRequest): Promise<ModeratorPrincipal | null>;
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Protects against CSRF: a browser sends the session cookie automatically, but only the console's own pages can add
 * this header.
 *
 * @throws Problem 403 `csrf` for a write without `X-Postbag-Console: 1`
 */
export function requireConsoleHeader(request: FastifyRequest): void {
  if (SAFE_METHODS.has(request.method) || request.headers['x-postbag-console'] === '1') return;
  throw forbidden('csrf', 'A write request with a session cookie needs the header X-Postbag-Console: 1.');
}
