import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { problemOf, renderProblem } from './problem.filter.js';

/** How long the client has to receive the response before the connection is destroyed. */
const LINGER_MS = 5_000;

const STATUS_BY_ERROR_CODE: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};

/**
 * Creates the handler for input that Node could not parse as a request. It sends problem+json, as for any other error,
 * and closes the connection. What the client still sends is read and discarded, because closing a connection with
 * unread bytes resets it, and the client would not receive the response.
 *
 * @param publicUrl as in `renderProblem`
 */
export const clientErrorHandler =
  (publicUrl: string) =>
  (error: NodeJS.ErrnoException, socket: Socket): void => {
    // The request already has its response, or the client has disconnected.
    if (!socket.writable) return;
    const problem = problemOf({ statusCode: STATUS_BY_ERROR_CODE[error.code ?? ''] ?? 400 })!;
    const id = randomUUID();
    const body = JSON.stringify(renderProblem(problem, id, publicUrl));
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
  };
