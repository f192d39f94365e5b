import { Problem } from '../../../platform/http/problem.js';

/** Google's canonical codes (google.rpc.Code), as far as this API answers them. */
type CanonicalCode =
  | 'INVALID_ARGUMENT'
  | 'UNAUTHENTICATED'
  | 'PERMISSION_DENIED'
  | 'NOT_FOUND'
  | 'ABORTED'
  | 'RESOURCE_EXHAUSTED'
  | 'UNAVAILABLE'
  | 'INTERNAL';

/** What a refusal of the rest of the product, or of the framework, is called here. */
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

/** A refusal in the analyzer's own terms. */
export class AnalyzeError extends Problem {
  constructor(
    status: number,
    readonly canonical: CanonicalCode,
    message: string,
    readonly details: readonly Detail[] = [],
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(status, canonical.toLowerCase().replaceAll('_', '-'), message, {}, headers);
  }
}

export type ErrorType =
  | 'COMMENT_EMPTY'
  | 'COMMENT_TOO_LONG'
  | 'NO_REQUESTED_ATTRIBUTES'
  | 'LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE'
  | 'INVALID_REQUEST';

/** A request that can be read and not be answered; `errorType` is what clients tell them apart by. */
export const refused = (errorType: ErrorType, message: string, more: Detail = {}): AnalyzeError =>
  new AnalyzeError(400, 'INVALID_ARGUMENT', message, [
    { '@type': 'type.googleapis.com/google.commentanalyzer.v1alpha1.Error', errorType, ...more },
  ]);

/** One field of a body that is not what it must be; `field` is its path, such as `comment.text`. */
export interface FieldViolation {
  readonly field: string;
  readonly description: string;
}

/** A body that is not the message it should be. */
export const badMessage = (violations: readonly FieldViolation[]): AnalyzeError =>
  new AnalyzeError(400, 'INVALID_ARGUMENT', violations.map(({ description }) => description).join('\n'), [
    { '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: violations },
  ]);

/** What has a reason of its own in google.rpc.ErrorInfo. */
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

/** Any refusal as this API's clients read it, also of what never reached the controller. */
export function renderAnalyzeError(problem: Problem): Record<string, unknown> {
  const { status, detail } = problem;
  const canonical =
    problem instanceof AnalyzeError ? problem.canonical : (BY_STATUS[status] ?? 'INVALID_ARGUMENT');
  const details = problem instanceof AnalyzeError ? problem.details : [];
  return {
    error: { code: status, message: detail, status: canonical, ...(details.length > 0 ? { details } : {}) },
  };
}
