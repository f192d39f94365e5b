import ipaddr from 'ipaddr.js';

/** What scripts of other origins may read of an answer, beyond the headers that CORS lets them read anyway. */
const EXPOSED = ['etag', 'retry-after', 'idempotency-replayed', 'x-request-id', 'www-authenticate'];
/** What they may send. */
const ALLOWED = [
  // Of a page whose `lang` is no tag: browsers ask before they send it.
  'accept-language',
  'authorization',
  'content-type',
  'idempotency-key',
  'if-none-match',
  'last-event-id',
  'postbag-debug',
  'x-goog-api-key',
];
const DAY_SECONDS = 86_400;

/** Settings of @fastify/cors for what any origin may call without credentials. */
export const CORS = {
  origin: '*',
  credentials: false,
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  allowedHeaders: ALLOWED,
  exposedHeaders: EXPOSED,
  maxAge: DAY_SECONDS,
};

/** The headers that @fastify/cors makes of `CORS` for an answer that is no preflight. */
export const CORS_HEADERS: Readonly<Record<string, string>> = {
  'access-control-allow-origin': CORS.origin,
  'access-control-expose-headers': EXPOSED.join(', '),
};

/**
 * What pages of other origins call or load: the API, the scoring API and the element. The console's cookie routes, its
 * pages, the demo, emailed links, health and metrics are for pages of this origin alone.
 */
const CROSS_ORIGIN = /^\/(?:api\/|v1alpha1\/|\$discovery\/|assets\/js\/|embed\/|embed\.js(?:[?#]|$))/;
const COOKIE_ROUTES = /^\/api\/v1\/console(?:[/?#]|$)/;

/** @param url as the request line has it, without scheme and host */
export function answersAnyOrigin(url: string): boolean {
  const path = decodedPath(url);
  return CROSS_ORIGIN.test(path) && !COOKIE_ROUTES.test(path);
}

export const isCookieRoute = (url: string): boolean => COOKIE_ROUTES.test(decodedPath(url));

/** As the router reads it: `/api/v1/%63onsole` is the console's. What cannot be decoded leads nowhere, and stays. */
function decodedPath(url: string): string {
  if (!url.includes('%')) return url;
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}

// One year. Only for this host: names below it may belong to others.
export const HTTPS_HEADERS = { 'strict-transport-security': 'max-age=31536000' };

const API_CSP = "default-src 'none'; frame-ancestors 'none'";
/** The API reference: its own scripts, the styles that they make, and calls to the API it describes. */
const REFERENCE_CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
const REFERENCE = /^\/api\/docs(?:[/?#]|$)/;

/**
 * Security headers of every answer; a route may replace them. With `CORS_HEADERS` and `x-request-id` these are all
 * headers that do not come from the route itself, so that whatever answers a path sends the same ones.
 */
export function securityHeaders(url: string, isHttps: boolean): Record<string, string> {
  return {
    'x-content-type-options': 'nosniff',
    ...(isHttps ? HTTPS_HEADERS : {}),
    ...(url.startsWith('/api/')
      ? {
          // Whatever its route does not mark as public may be somebody's.
          'cache-control': 'no-store',
          'referrer-policy': 'no-referrer',
          'content-security-policy': REFERENCE.test(url) ? REFERENCE_CSP : API_CSP,
        }
      : {}),
  };
}

/** Whether the proxy at `address`, `hop` steps away from this server, is believed. */
export type TrustedProxy = (address: string, hop: number) => boolean;

/** @param proxies as in `Settings`: how many proxies stand in a row in front, or the CIDRs that they are in */
export function trustedProxy(proxies: number | readonly string[] | null): TrustedProxy {
  if (proxies === null) return () => false;
  if (typeof proxies === 'number') return (_address, hop) => hop < proxies;
  const ranges = proxies.map((cidr) => ipaddr.parseCIDR(cidr));
  return (address) => {
    if (!ipaddr.isValid(address)) return false;
    const parsed = ipaddr.process(address);
    return ranges.some(([network, bits]) => parsed.kind() === network.kind() && parsed.match(network, bits));
  };
}

/**
 * Whether a request came by https: this server speaks plain http, so only a trusted proxy can say so.
 *
 * @param forwardedProto of `X-Forwarded-Proto`; of several values the last one counts, as Fastify reads them
 * @param peer the address that the connection comes from
 */
export const isHttps = (
  forwardedProto: string | undefined,
  peer: string | undefined,
  isTrusted: TrustedProxy,
): boolean => forwardedProto?.split(',').at(-1)?.trim() === 'https' && isTrusted(peer ?? '', 0);
