import type { ProblemDescriptions } from './problem-description.js';

/** Problems of any route: how requests are written, who sends them, how often. */
export const REQUEST_PROBLEMS = {
  invalid: {
    status: 400,
    cause: 'A value in the body, the query, the path or a header is missing, unknown or not allowed.',
    remedy:
      'Correct the values that `errors` lists. Each entry has a JSON pointer to the value (below `/query`, `/path` or `/headers` if it is not in the body), a code and a message.',
  },
  malformed: {
    status: 400,
    cause: 'The request could not be parsed: its URL or its JSON is broken, not UTF-8 or nested too deeply.',
    remedy: 'Send a valid URL and a body of valid JSON in UTF-8.',
  },
  unauthorized: {
    status: 401,
    cause: 'The request has no credentials, or its key or token is wrong, expired or revoked.',
    remedy:
      'Send `Authorization: Bearer` with the admin key, a publisher key or a reader token. `POST /api/v1/sites/:site/tokens/check` lists what is wrong with a reader token.',
  },
  'scope-required': {
    status: 403,
    cause: 'The key is valid, but does not have the scope that the route requires.',
    remedy: 'Use a key that has the scope in `requiredScope`.',
  },
  'not-found': {
    status: 404,
    cause:
      'There is nothing at this URL, or you may not see it: it belongs to another site, it is a comment that is not public, or its id is not a UUID.',
    remedy:
      'Check the id, and that your key or token is for the same site. A story is created on first use only if `url` is on one of the origins of the site.',
  },
  'request-timeout': {
    status: 408,
    cause: 'The request stopped arriving, or arrived too slowly.',
    remedy: 'Send it again.',
  },
  'too-large': {
    status: 413,
    cause: 'The body is larger than the route accepts: 256 kB, or 8 GB for the file of an import.',
    remedy: 'Send less in one request.',
  },
  'uri-too-long': {
    status: 414,
    cause: 'The URL is too long.',
    remedy: 'Shorten the query, for example by asking for fewer stories at once.',
  },
  'unsupported-media-type': {
    status: 415,
    cause: 'The route does not accept this format or compression. Most routes accept only uncompressed JSON.',
    remedy:
      'Send uncompressed JSON with `Content-Type: application/json`, or a file in a format that the import accepts.',
  },
  'idempotency-mismatch': {
    status: 422,
    cause: 'The `Idempotency-Key` was already used for a request with a different body.',
    remedy: 'Use a new key for each new request, and the same key only to repeat a request unchanged.',
  },
  'idempotency-in-progress': {
    status: 409,
    cause: 'The first request with this `Idempotency-Key` is still being processed.',
    remedy: 'Repeat the request after the seconds in `Retry-After`.',
  },
  'idempotency-rights-changed': {
    status: 409,
    cause: 'What you are allowed to do has changed since the first request with this `Idempotency-Key`.',
    remedy: 'Look up the result of the first request. If it still needs to be made, use a new key.',
  },
  'idempotency-answer-gone': {
    status: 409,
    cause:
      'The first request with this `Idempotency-Key` was completed, but its response is no longer stored.',
    remedy: 'Look up the result of the first request. If it still needs to be made, use a new key.',
  },
  'rate-limited': {
    status: 429,
    cause: 'Too many requests in a short time.',
    remedy: 'Wait for the seconds in `Retry-After`.',
  },
  'headers-too-large': {
    status: 431,
    cause: 'The request headers are too long.',
    remedy: 'Send a shorter token; a reader token can have at most 8 kB.',
  },
  refused: {
    status: '4xx',
    cause: 'The server does not support this kind of request.',
    remedy: 'Compare the request with the API reference at `/api/docs`.',
  },
  internal: {
    status: 500,
    cause: 'An error in the server. No partial changes were saved.',
    remedy:
      'Try again. If it happens again, report the `requestId` to the operator, who can find it in the log.',
  },
  unavailable: {
    status: 503,
    cause: 'The database or another part of the service is temporarily unavailable.',
    remedy:
      'Repeat the request after the seconds in `Retry-After`, with the same `Idempotency-Key` if it had one.',
  },
  stopping: {
    status: 503,
    cause: 'This server is shutting down, usually for an upgrade.',
    remedy: 'Connect again; another server takes over.',
  },
  'not-built': {
    status: 404,
    cause: 'The files of the element and the console have not been built on this server.',
    remedy: 'Run `npm run build`, or start with `npm start`, which builds what is missing.',
  },
} as const satisfies ProblemDescriptions;
