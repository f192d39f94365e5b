import type { ProblemCode } from './problem-codes/problem-codes.js';

/** Extra top-level members of one problem, named according to RFC 9457, section 3.2. */
export type ProblemFields = Readonly<Record<string, unknown>>;

/**
 * A caller's mistake or an expected refusal. It is thrown where it is detected and rendered by `ProblemFilter`.
 * `detail` is for people and must be safe to show: no SQL, no paths, no secrets. `code` is for programs.
 */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: ProblemCode,
    readonly detail: string,
    readonly fields: ProblemFields = {},
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(`${status} ${code}`);
  }
}

/** An error in a body or query; `pointer` is a JSON pointer (RFC 6901) into the body, or `/query/…`, `/path/…`. */
export interface FieldError {
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
}

export const invalid = (errors: readonly FieldError[], detail = 'The request is not valid.'): Problem =>
  new Problem(400, 'invalid', errors.length === 1 ? errors[0].message : detail, { errors });

/** For a request that cannot be parsed. The pointer refers to the whole request. */
export const malformed = (detail: string): Problem =>
  new Problem(400, 'malformed', detail, { errors: [{ pointer: '', code: 'malformed', message: detail }] });

export const unauthorized = (detail = 'Sign in, or send a valid bearer token.'): Problem =>
  new Problem(401, 'unauthorized', detail, {}, { 'www-authenticate': 'Bearer error="invalid_token"' });

export const forbidden = (code: ProblemCode, detail: string, fields: ProblemFields = {}): Problem =>
  new Problem(403, code, detail, fields);

export const notFound = (what = 'This'): Problem => new Problem(404, 'not-found', `${what} was not found.`);

export const conflict = (code: ProblemCode, detail: string, fields: ProblemFields = {}): Problem =>
  new Problem(409, code, detail, fields);

export const rateLimited = (
  retryAfterSeconds: number,
  detail = 'Too many requests. Wait a moment and try again.',
): Problem =>
  new Problem(
    429,
    'rate-limited',
    detail,
    {},
    { 'retry-after': String(Math.max(1, Math.ceil(retryAfterSeconds))) },
  );
