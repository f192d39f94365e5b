import type {} from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** The prefix binds the cookie to this host and to https (RFC 6265bis, section 4.1.3.2). */
export const SESSION_COOKIE = '__Host-postbag';
/** For plain http, where browsers do not store Secure cookies. Never read from a request that came over https. */
export const PLAIN_SESSION_COOKIE = 'postbag-session';

export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' ||
  hostname.endsWith('.localhost') ||
  hostname === '[::1]' ||
  /^127\.\d+\.\d+\.\d+$/.test(hostname);

export interface CookieRules {
  /** Whether the request arrived over https, also according to the proxy or PUBLIC_URL. */
  readonly https: boolean;
  readonly hostname: string;
}

/**
 * The cookies that carry a new session. On loopback hosts without https, Chromium and Firefox store Secure cookies
 * but Safari does not, so both are set there.
 */
export function cookiesToSet({ https, hostname }: CookieRules): string[] {
  if (https) return [SESSION_COOKIE];
  return isLoopback(hostname) ? [SESSION_COOKIE, PLAIN_SESSION_COOKIE] : [PLAIN_SESSION_COOKIE];
}

export function cookieRulesOf(request: FastifyRequest, publicUrl: string): CookieRules {
  const host = request.headers.host ?? '';
  const hostname = host.replace(/:\d+$/, '').toLowerCase();
  const isPublic = new URL(publicUrl).host === host.toLowerCase();
  return { https: request.protocol === 'https' || (isPublic && publicUrl.startsWith('https:')), hostname };
}

/**
 * Whether a person is using the console. The console sends a header when nobody has used it for a while, and event
 * streams reconnect without user action. Such requests do not extend the session.
 */
export const hasUserActivity = ({ headers }: Pick<FastifyRequest, 'headers'>): boolean =>
  headers['x-postbag-inactive'] !== '1' && headers.accept !== 'text/event-stream';

/** @returns the session's token; null if the request has none */
export function readSession(request: FastifyRequest, rules: CookieRules): string | null {
  const { cookies } = request;
  return cookies[SESSION_COOKIE] ?? (rules.https ? null : cookies[PLAIN_SESSION_COOKIE]) ?? null;
}

export function writeSession(reply: FastifyReply, rules: CookieRules, token: string, expires: Date): void {
  for (const name of cookiesToSet(rules)) {
    void reply.setCookie(name, token, { ...flags(name), expires });
  }
}

export function clearSession(reply: FastifyReply): void {
  for (const name of [SESSION_COOKIE, PLAIN_SESSION_COOKIE]) void reply.clearCookie(name, flags(name));
}

const flags = (name: string): { path: string; httpOnly: boolean; sameSite: 'strict'; secure: boolean } => ({
  path: '/',
  httpOnly: true,
  sameSite: 'strict',
  secure: name === SESSION_COOKIE,
});

const OIDC_STATE_COOKIE = '__Host-postbag-oidc';
const PLAIN_OIDC_STATE_COOKIE = 'postbag-oidc';
/** How long a single sign-on flow may take. */
export const OIDC_STATE_MS = 10 * 60_000;

/** Lax, because the single sign-on server redirects the browser back from another site. */
const oidcStateFlags = (
  name: string,
): { path: string; httpOnly: boolean; sameSite: 'lax'; secure: boolean } => ({
  path: '/',
  httpOnly: true,
  sameSite: 'lax',
  secure: name === OIDC_STATE_COOKIE,
});

export function writeOidcState(reply: FastifyReply, rules: CookieRules, sealed: string): void {
  for (const session of cookiesToSet(rules)) {
    const name = session === SESSION_COOKIE ? OIDC_STATE_COOKIE : PLAIN_OIDC_STATE_COOKIE;
    void reply.setCookie(name, sealed, { ...oidcStateFlags(name), maxAge: OIDC_STATE_MS / 1000 });
  }
}

export function readOidcState({ cookies }: FastifyRequest, rules: CookieRules): string | null {
  return cookies[OIDC_STATE_COOKIE] ?? (rules.https ? null : cookies[PLAIN_OIDC_STATE_COOKIE]) ?? null;
}

export function clearOidcState(reply: FastifyReply): void {
  for (const name of [OIDC_STATE_COOKIE, PLAIN_OIDC_STATE_COOKIE])
    void reply.clearCookie(name, oidcStateFlags(name));
}
