import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { hasBody } from './has-body.js';
import { Problem } from './problem.js';
import { handleClientError } from './client-error-handler.js';

export interface BodyPace {
  /** How often incomplete bodies are checked. */
  checkMs: number;
  /** A body without a new byte for this long has stalled. */
  idleMs: number;
  /** A body must average `minBytesPerSecond` over each period of this length. */
  spanMs: number;
  minBytesPerSecond: number;
  /** How long a client that may still be sending has to receive the response. */
  lingerMs: number;
}

/** Slower than any usable connection: 500 bytes per second is a tenth of GPRS speed. */
const PACE: BodyPace = {
  checkMs: 1_000,
  idleMs: 20_000,
  spanMs: 30_000,
  minBytesPerSecond: 500,
  lingerMs: 5_000,
};

/** A request whose body is still arriving. Time is counted only while the server waits for the client. */
interface IncomingBody {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  bytes: number;
  idleMs: number;
  spanMs: number;
  spanBytes: number;
}

const tooSlow = (): Problem =>
  new Problem(408, 'request-timeout', 'The body stopped arriving or arrived too slowly. Send it again.');

/**
 * Ends requests whose bodies stall or trickle, which would otherwise hold their connections indefinitely. There is no
 * limit for the whole body, so long uploads on slow lines succeed. Time is not counted while the server itself is
 * behind with reading. Requests without a body, including event streams, are not watched.
 */
@Injectable()
export class SlowRequests implements OnModuleDestroy {
  readonly pace: BodyPace = { ...PACE };
  private readonly logger = new Logger('http');
  private readonly arriving = new Set<IncomingBody>();
  private timer: NodeJS.Timeout | undefined;

  attach(server: Server): void {
    // Runs before any handler that sends a response or reads the body.
    server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
      if (!hasBody(request)) return;
      const arriving = { request, response, bytes: 0, idleMs: 0, spanMs: 0, spanBytes: 0 };
      arriving.bytes = request.socket.bytesRead;
      this.arriving.add(arriving);
      request.once('close', () => {
        if (request.complete) this.arriving.delete(arriving);
      });
      // The response was sent before the end of the body, usually a refusal. Node would read the rest, however long it is.
      response.once('finish', () => {
        if (!request.complete) this.destroyLater(request);
      });
      this.schedule();
    });
  }

  onModuleDestroy(): void {
    clearTimeout(this.timer);
    this.arriving.clear();
  }

  private schedule(): void {
    if (this.timer || this.arriving.size === 0) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      for (const each of this.arriving) this.check(each);
      this.schedule();
    }, this.pace.checkMs);
    this.timer.unref();
  }

  private check(arriving: IncomingBody): void {
    const { request } = arriving;
    const { socket } = request;
    if (request.complete || socket.destroyed) {
      this.arriving.delete(arriving);
      return;
    }
    const read = socket.bytesRead - arriving.bytes;
    arriving.bytes = socket.bytesRead;
    arriving.spanBytes += read;
    // Data has arrived but was not read yet, so the server is the slow side.
    if (request.readableLength > 0) return;
    const { checkMs, idleMs, spanMs, minBytesPerSecond } = this.pace;
    arriving.idleMs = read > 0 ? 0 : arriving.idleMs + checkMs;
    arriving.spanMs += checkMs;
    const isSpanOver = arriving.spanMs >= spanMs;
    const isTooSlow = isSpanOver && arriving.spanBytes < (minBytesPerSecond * spanMs) / 1_000;
    if (arriving.idleMs >= idleMs || isTooSlow) {
      this.arriving.delete(arriving);
      this.end(arriving);
      return;
    }
    if (isSpanOver) Object.assign(arriving, { spanMs: 0, spanBytes: 0 });
  }

  private end({ request, response }: IncomingBody): void {
    const { socket } = request;
    this.logger.log({ event: 'request.too-slow', remoteAddress: socket.remoteAddress });
    if (response.headersSent) {
      // The response has been sent, or is being sent.
      socket.destroySoon();
    } else if (request.listenerCount('error') > 0) {
      // The code that reads the body sends the response, with the headers and error format of its route.
      response.shouldKeepAlive = false;
      request.emit('error', tooSlow());
    } else {
      handleClientError(Object.assign(new Error(), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket);
    }
    this.destroyLater(request);
  }

  /** Closes the connection unless the rest of the body arrives meanwhile; then it may carry other requests. */
  private destroyLater(request: IncomingMessage): void {
    const { socket } = request;
    setTimeout(() => void (request.complete || socket.destroy()), this.pace.lingerMs).unref();
  }
}
