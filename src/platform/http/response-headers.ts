import ipaddr from 'ipaddr.js';

/** Response headers that scripts of other origins may read, in addition to those that CORS always allows. */
const EXPOSED_HEADERS = ['etag', 'retry-after', 'idempotency-replayed', 'x-request-id', 'www-authenticate'];
/** Request headers that scripts of other origins may send. */
const ALLOWED_HEADERS = [
  // Listed because browsers send a preflight if the value is not a valid language tag, as on pages with a wrong `lang`.
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
  allowedHeaders: ALLOWED_HEADERS,
  exposedHeaders: EXPOSED_HEADERS,
  maxAge: DAY_SECONDS,
};

/** The headers that @fastify/cors derives from `CORS` for a response that is not a preflight. */
export const CORS_HEADERS: Readonly<Record<string, string>> = {
  'access-control-allow-origin': CORS.origin,
  'access-control-expose-headers': EXPOSED_HEADERS.join(', '),
};

/**
 * Paths that pages of other origins may call or load: the API, the scoring API and the widget. The console and its
 * cookie routes, the demo, pages linked in emails, health checks and metrics are only for pages of this origin.
 */
const CROSS_ORIGIN_PATHS = /^\/(?:api\/|v1alpha1\/|\$discovery\/|assets\/js\/|embed\/|embed\.js(?:[?#]|$))/;
const COOKIE_PATHS = /^\/api\/v1\/console(?:[/?#]|$)/;

/** @param url as in the request line, without scheme and host */
export function allowsAnyOrigin(url: string): boolean {
  const path = decodedPath(url);
  return CROSS_ORIGIN_PATHS.test(path) && !COOKIE_PATHS.test(path);
}

export const isCookieRoute = (url: string): boolean => COOKIE_PATHS.test(decodedPath(url));

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

// One year. Without `includeSubDomains`, because subdomains may belong to other services.
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
const REFERENCE_PATHS = /^\/api\/docs(?:[/?#]|$)/;

/**
 * Security headers of every response; a route may replace them. Code that responds without Fastify's hooks must send
 * these, `CORS_HEADERS` and `x-request-id`, so that all responses have the same set of headers.
 */
export function securityHeaders(url: string, isHttps: boolean): Record<string, string> {
  return {
    'x-content-type-options': 'nosniff',
    ...(isHttps ? HTTPS_HEADERS : {}),
    ...(url.startsWith('/api/')
      ? {
          // The default; a route whose response is public replaces it.
          'cache-control': 'no-store',
          'referrer-policy': 'no-referrer',
          'content-security-policy': REFERENCE_PATHS.test(url) ? REFERENCE_CSP : API_CSP,
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
