import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { hasBody } from './has-body.js';
import { Problem } from './problem.js';
import { handleClientError } from './client-error-handler.js';

export interface BodyPace {
  /** How often bodies under way are looked at. */
  checkMs: number;
  /** Without a byte for this long a body has stopped. */
  idleMs: number;
  /** Over each of these spans a body has to make `minBytesPerSecond`. */
  spanMs: number;
  minBytesPerSecond: number;
  /** What a client has left to take its answer, while it may still be sending. */
  lingerMs: number;
}

/** Slower than any usable connection: 500 bytes a second is a tenth of what GPRS gave. */
const PACE: BodyPace = {
  checkMs: 1_000,
  idleMs: 20_000,
  spanMs: 30_000,
  minBytesPerSecond: 500,
  lingerMs: 5_000,
};

/** A request whose body is under way. Times count only while the server waits for the client. */
interface Arriving {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  bytes: number;
  idleMs: number;
  spanMs: number;
  spanBytes: number;
}

const tooSlow = (): Problem =>
  new Problem(408, 'request-timeout', 'The body stopped arriving, or came too slowly; send it again.');

/**
 * Ends requests whose bodies stop or trickle, which would otherwise hold their connections for ever. There is no limit
 * for the whole of a body, so that long uploads on slow lines arrive; and while the server itself does not keep up with
 * reading, no time counts. Requests without a body, event streams among them, are not watched.
 */
@Injectable()
export class SlowRequests implements OnModuleDestroy {
  readonly pace: BodyPace = { ...PACE };
  private readonly logger = new Logger('http');
  private readonly arriving = new Set<Arriving>();
  private timer: NodeJS.Timeout | undefined;

  attach(server: Server): void {
    // Before whatever answers and reads.
    server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
      if (!hasBody(request)) return;
      const arriving = { request, response, bytes: 0, idleMs: 0, spanMs: 0, spanBytes: 0 };
      arriving.bytes = request.socket.bytesRead;
      this.arriving.add(arriving);
      request.once('close', () => {
        if (request.complete) this.arriving.delete(arriving);
      });
      // An answer before the end of its body, a refusal mostly: Node would read the rest of it, however long.
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

  private check(arriving: Arriving): void {
    const { request } = arriving;
    const { socket } = request;
    if (request.complete || socket.destroyed) {
      this.arriving.delete(arriving);
      return;
    }
    const read = socket.bytesRead - arriving.bytes;
    arriving.bytes = socket.bytesRead;
    arriving.spanBytes += read;
    // What has arrived waits for us, not we for it.
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

  private end({ request, response }: Arriving): void {
    const { socket } = request;
    this.logger.log({ event: 'request.too-slow', remoteAddress: socket.remoteAddress });
    if (response.headersSent) {
      // It has its answer already, or one that is under way.
      socket.destroySoon();
    } else if (request.listenerCount('error') > 0) {
      // Whoever reads the body answers, with the headers and in the words of its route.
      response.shouldKeepAlive = false;
      request.emit('error', tooSlow());
    } else {
      handleClientError(Object.assign(new Error(), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket);
    }
    this.destroyLater(request);
  }

  /** Unless the rest of the body arrives meanwhile: then the connection may carry other requests. */
  private destroyLater(request: IncomingMessage): void {
    const { socket } = request;
    setTimeout(() => void (request.complete || socket.destroy()), this.pace.lingerMs).unref();
  }
}
