import { Problem } from '../../../platform/http/problem.js';

/** Google's canonical codes (google.rpc.Code) that this API uses. */
type CanonicalCode =
  | 'INVALID_ARGUMENT'
  | 'UNAUTHENTICATED'
  | 'PERMISSION_DENIED'
  | 'NOT_FOUND'
  | 'ABORTED'
  | 'RESOURCE_EXHAUSTED'
  | 'UNAVAILABLE'
  | 'INTERNAL';

/** Maps HTTP statuses from the rest of the product or the framework to canonical codes. */
const BY_STATUS: Readonly<Record<number, CanonicalCode>> = {
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ABORTED',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
};

type Detail = Readonly<Record<string, unknown>>;

/** An error in the format of the Comment Analyzer API. */
export class AnalyzeError extends Problem {
  constructor(
    status: number,
    readonly canonical: CanonicalCode,
    message: string,
    readonly details: readonly Detail[] = [],
    headers: Readonly<Record<string, string>> = {},
  ) {
    // This API shows only the canonical code.
    super(status, 'refused', message, {}, headers);
  }
}

export type ErrorType =
  | 'COMMENT_EMPTY'
  | 'COMMENT_TOO_LONG'
  | 'NO_REQUESTED_ATTRIBUTES'
  | 'LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE'
  | 'INVALID_REQUEST';

/** An error for a request that is well-formed but cannot be fulfilled. Clients distinguish these by `errorType`. */
export const refused = (errorType: ErrorType, message: string, more: Detail = {}): AnalyzeError =>
  new AnalyzeError(400, 'INVALID_ARGUMENT', message, [
    { '@type': 'type.googleapis.com/google.commentanalyzer.v1alpha1.Error', errorType, ...more },
  ]);

/** An invalid field of a body; `field` is its path, such as `comment.text`. */
export interface FieldViolation {
  readonly field: string;
  readonly description: string;
}

/** An error for a body that does not match the message schema. */
export const badMessage = (violations: readonly FieldViolation[]): AnalyzeError =>
  new AnalyzeError(400, 'INVALID_ARGUMENT', violations.map(({ description }) => description).join('\n'), [
    { '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: violations },
  ]);

/** An error with its own reason in google.rpc.ErrorInfo. */
export const withReason = (
  status: number,
  canonical: CanonicalCode,
  message: string,
  reason: string,
  more: { details?: readonly Detail[]; headers?: Record<string, string> } = {},
): AnalyzeError =>
  new AnalyzeError(
    status,
    canonical,
    message,
    [
      { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason, domain: 'postbag' },
      ...(more.details ?? []),
    ],
    more.headers,
  );

/** Renders any problem in the format of this API, including those raised before the controller runs. */
export function renderAnalyzeError(problem: Problem): Record<string, unknown> {
  const { status, detail } = problem;
  const canonical =
    problem instanceof AnalyzeError ? problem.canonical : (BY_STATUS[status] ?? 'INVALID_ARGUMENT');
  const details = problem instanceof AnalyzeError ? problem.details : [];
  return {
    error: { code: status, message: detail, status: canonical, ...(details.length > 0 ? { details } : {}) },
  };
}
