import ipaddr from 'ipaddr.js';

/** Response headers that scripts of other origins may read, in addition to those that CORS always allows. */
const EXPOSED = ['etag', 'retry-after', 'idempotency-replayed', 'x-request-id', 'www-authenticate'];
/** Request headers that they may send. */
const ALLOWED = [
  // Needed for pages whose `lang` is not a valid language tag: browsers send a preflight before such a header.
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

/** Settings of @fastify/cors for routes that any origin may call without credentials. */
export const CORS = {
  origin: '*',
  credentials: false,
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  allowedHeaders: ALLOWED,
  exposedHeaders: EXPOSED,
  maxAge: DAY_SECONDS,
};

/** The headers that @fastify/cors derives from `CORS` for a response that is not a preflight. */
export const CORS_HEADERS: Readonly<Record<string, string>> = {
  'access-control-allow-origin': CORS.origin,
  'access-control-expose-headers': EXPOSED.join(', '),
};

/**
 * Paths that pages of other origins call or load: the API, the scoring API and the widget. The console's cookie
 * routes, its pages, the demo, links in emails, health and metrics are only for pages of this origin.
 */
const CROSS_ORIGIN = /^\/(?:api\/|v1alpha1\/|\$discovery\/|assets\/js\/|embed\/|embed\.js(?:[?#]|$))/;
const COOKIE_ROUTES = /^\/api\/v1\/console(?:[/?#]|$)/;

/** @param url as in the request line, without scheme and host */
export function answersAnyOrigin(url: string): boolean {
  const path = decodedPath(url);
  return CROSS_ORIGIN.test(path) && !COOKIE_ROUTES.test(path);
}

export const isCookieRoute = (url: string): boolean => COOKIE_ROUTES.test(decodedPath(url));

/**
 * Decodes the path as the router does: `/api/v1/%63onsole` is a console route. A path that cannot be decoded matches
 * no route and stays unchanged.
 */
function decodedPath(url: string): string {
  if (!url.includes('%')) return url;
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}

// One year. Only for this host: subdomains may belong to others.
export const HTTPS_HEADERS = { 'strict-transport-security': 'max-age=31536000' };

const API_CSP = "default-src 'none'; frame-ancestors 'none'";
/**
 * Policy of the API reference: its own scripts, the styles that they create, and calls to the API that it describes.
 */
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
 * Security headers of every response; a route may replace them. Together with `CORS_HEADERS` and `x-request-id` they
 * are all headers that do not come from the route itself, so every path sends the same set whichever code responds.
 */
export function securityHeaders(url: string, isHttps: boolean): Record<string, string> {
  return {
    'x-content-type-options': 'nosniff',
    ...(isHttps ? HTTPS_HEADERS : {}),
    ...(url.startsWith('/api/')
      ? {
          // A response may be private unless its route marks it as public.
          'cache-control': 'no-store',
          'referrer-policy': 'no-referrer',
          'content-security-policy': REFERENCE.test(url) ? REFERENCE_CSP : API_CSP,
        }
      : {}),
  };
}

/** Whether the proxy at `address`, `hop` steps away from this server, is trusted. */
export type TrustedProxy = (address: string, hop: number) => boolean;

/** @param proxies as in `Settings`: the number of proxies in front of this server, or their CIDR ranges */
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
 * Whether a request arrived over HTTPS. This server speaks plain HTTP, so only a trusted proxy can report it.
 *
 * @param forwardedProto value of `X-Forwarded-Proto`; if there are several, the last one is used, as in Fastify
 * @param peer the address at the other end of the connection
 */
export const isHttps = (
  forwardedProto: string | undefined,
  peer: string | undefined,
  isTrusted: TrustedProxy,
): boolean => forwardedProto?.split(',').at(-1)?.trim() === 'https' && isTrusted(peer ?? '', 0);
