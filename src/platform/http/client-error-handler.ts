import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { problemOf, renderProblem } from './problem.filter.js';

/** How long a client that may still be sending has to receive the response. */
const LINGER_MS = 5_000;

const STATUS_BY_ERROR_CODE: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};

/**
 * Responds to input that Node could not parse as a request: the same problem+json as everywhere, then the end of the
 * connection. What the client still sends is read and discarded, because a connection that is closed with unread
 * bytes is reset, and the response is lost with it.
 */
export function handleClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  // This is more of a request that already has its response, or the client is gone.
  if (!socket.writable) return;
  const problem = problemOf({ statusCode: STATUS_BY_ERROR_CODE[error.code ?? ''] ?? 400 })!;
  const id = randomUUID();
  const body = JSON.stringify(renderProblem(problem, id));
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${id}`,
    'cache-control: no-store',
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}
