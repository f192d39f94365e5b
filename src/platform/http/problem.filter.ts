import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isDatabaseUnavailable, isTransactionConflict } from '../database/database-unavailable.js';
import type { ProblemCode } from './problem-codes/problem-codes.js';
import { malformed, Problem } from './problem.js';

const TITLE_BY_STATUS: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  408: 'Request timeout',
  409: 'Conflict',
  410: 'Gone',
  413: 'Content too large',
  414: 'URI too long',
  415: 'Unsupported media type',
  422: 'Unprocessable content',
  429: 'Too many requests',
  431: 'Request header fields too large',
  500: 'Internal server error',
  503: 'Service unavailable',
};

const CODE_BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  404: 'not-found',
  408: 'request-timeout',
  413: 'too-large',
  414: 'uri-too-long',
  415: 'unsupported-media-type',
  431: 'headers-too-large',
};

const DETAIL_BY_STATUS: Readonly<Record<number, string>> = {
  404: 'There is no resource at this URL.',
  408: 'The request did not arrive in time; send it again.',
  413: 'The body is too large.',
  414: 'The URL is too long.',
  415: 'Send the body as application/json.',
  431: 'The headers are too long. A reader token may have at most 8 kB.',
};

/**
 * Renders the body of a problem response, with the members in reading order.
 *
 * @param publicUrl where this server serves the page about the code
 */
export function renderProblem(
  problem: Problem,
  requestId: string,
  publicUrl: string,
): Record<string, unknown> {
  return {
    ...problem.fields,
    type: `${publicUrl}/api/problems/${problem.code}`,
    title: TITLE_BY_STATUS[problem.status] ?? 'Error',
    status: problem.status,
    detail: problem.detail,
    code: problem.code,
    requestId,
  };
}

/**
 * Converts a thrown value to a Problem: a Problem itself, or a 4xx error of the framework. Null for an internal error.
 */
export function problemOf(error: unknown): Problem | null {
  if (error instanceof Problem) return error;
  const status =
    error instanceof HttpException
      ? error.getStatus()
      : typeof error === 'object' &&
          error !== null &&
          'statusCode' in error &&
          typeof error.statusCode === 'number'
        ? error.statusCode
        : 500;
  if (status < 400 || status >= 500) return null;
  if (status === 400) return malformed('The request could not be read. Send a valid URL and valid JSON.');
  return new Problem(
    status,
    CODE_BY_STATUS[status] ?? 'refused',
    DETAIL_BY_STATUS[status] ?? 'The request was refused.',
  );
}

/** The error format of another product's API, which is used for the paths below a prefix. */
export interface ErrorFormat {
  /** Without a trailing slash. */
  readonly prefix: string;
  readonly render: (problem: Problem) => Record<string, unknown>;
}

const isBelow = (url: string, prefix: string): boolean =>
  url.startsWith(prefix) && /^(?:$|[/?#])/.test(url.slice(prefix.length));

const logger = new Logger('http');

/** The `Retry-After` while the database is unavailable. A restart usually takes about this long. */
const UNAVAILABLE_RETRY_SECONDS = 2;

/** Sends a problem, or a 500 whose cause is logged here once. */
export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
  publicUrl: string,
  errorFormats: readonly ErrorFormat[],
): void {
  let problem = problemOf(error);
  if (!problem && (isDatabaseUnavailable(error) || isTransactionConflict(error))) {
    problem = new Problem(
      503,
      'unavailable',
      'The service is temporarily unavailable. Try again in a moment, with the same Idempotency-Key if you sent one.',
      {},
      { 'retry-after': String(UNAVAILABLE_RETRY_SECONDS) },
    );
    logger.warn({ event: 'request.unavailable', requestId: request.id, route: request.routeOptions?.url });
  }
  if (!problem) {
    problem = new Problem(
      500,
      'internal',
      `An internal error occurred, and no partial changes were saved. Try again, or report request ${request.id}.`,
    );
    logger.error({ event: 'request.failed', requestId: request.id, route: request.routeOptions?.url, error });
  }
  if (reply.raw.headersSent || reply.sent) return;
  const errorFormat = errorFormats.find(({ prefix }) => isBelow(request.url, prefix));
  void reply
    .code(problem.status)
    .headers(problem.headers)
    // If the URL could not be parsed, no hook has set these headers.
    .header('x-request-id', request.id)
    .header('cache-control', 'no-store')
    .type(errorFormat ? 'application/json; charset=utf-8' : 'application/problem+json')
    .send(
      JSON.stringify(
        errorFormat ? errorFormat.render(problem) : renderProblem(problem, request.id, publicUrl),
      ),
    );
}

@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly publicUrl: string,
    private readonly errorFormats: readonly ErrorFormat[],
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(
      http.getRequest<FastifyRequest>(),
      http.getResponse<FastifyReply>(),
      error,
      this.publicUrl,
      this.errorFormats,
    );
  }
}
