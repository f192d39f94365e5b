import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { hasBody } from './has-body.js';
import { Problem } from './problem.js';
import { SETTINGS, type Settings } from '../config/settings.js';
import { clientErrorHandler } from './client-error-handler.js';

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

/** Below the speed of any usable connection: 500 bytes per second is a tenth of GPRS. */
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
  /** The socket's `bytesRead` at the last check. */
  bytes: number;
  idleMs: number;
  spanMs: number;
  spanBytes: number;
}

const tooSlow = (): Problem =>
  new Problem(408, 'request-timeout', 'The body stopped arriving or arrived too slowly. Send it again.');

/**
 * Ends requests whose body stalls or arrives very slowly, which would otherwise occupy their connections indefinitely.
 * There is no time limit for the whole body, so long uploads on slow connections succeed. Time is not counted while
 * received data waits to be read by the server. Requests without a body, including event streams, are not watched.
 */
@Injectable()
export class SlowRequests implements OnModuleDestroy {
  readonly pace: BodyPace = { ...PACE };
  private readonly logger = new Logger('http');
  private readonly incoming = new Set<IncomingBody>();
  private timer: NodeJS.Timeout | undefined;

  constructor(@Inject(SETTINGS) private readonly settings: Pick<Settings, 'publicUrl'>) {}

  attach(server: Server): void {
    // Runs before any handler that sends a response or reads the body.
    server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
      if (!hasBody(request)) return;
      const incoming = { request, response, bytes: 0, idleMs: 0, spanMs: 0, spanBytes: 0 };
      incoming.bytes = request.socket.bytesRead;
      this.incoming.add(incoming);
      request.once('close', () => {
        if (request.complete) this.incoming.delete(incoming);
      });
      // The response, usually a refusal, was sent before the end of the body. Node would read the rest of any body.
      response.once('finish', () => {
        if (!request.complete) this.destroyLater(request);
      });
      this.schedule();
    });
  }

  onModuleDestroy(): void {
    clearTimeout(this.timer);
    this.incoming.clear();
  }

  private schedule(): void {
    if (this.timer || this.incoming.size === 0) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      for (const incoming of this.incoming) this.check(incoming);
      this.schedule();
    }, this.pace.checkMs);
    this.timer.unref();
  }

  private check(incoming: IncomingBody): void {
    const { request } = incoming;
    const { socket } = request;
    if (request.complete || socket.destroyed) {
      this.incoming.delete(incoming);
      return;
    }
    const newBytes = socket.bytesRead - incoming.bytes;
    incoming.bytes = socket.bytesRead;
    incoming.spanBytes += newBytes;
    // Data has arrived but has not been read, so the server is slow, not the client.
    if (request.readableLength > 0) return;
    const { checkMs, idleMs, spanMs, minBytesPerSecond } = this.pace;
    incoming.idleMs = newBytes > 0 ? 0 : incoming.idleMs + checkMs;
    incoming.spanMs += checkMs;
    const isSpanOver = incoming.spanMs >= spanMs;
    const isTooSlow = isSpanOver && incoming.spanBytes < (minBytesPerSecond * spanMs) / 1_000;
    if (incoming.idleMs >= idleMs || isTooSlow) {
      this.incoming.delete(incoming);
      this.end(incoming);
      return;
    }
    if (isSpanOver) Object.assign(incoming, { spanMs: 0, spanBytes: 0 });
  }

  private end({ request, response }: IncomingBody): void {
    const { socket } = request;
    this.logger.log({ event: 'request.too-slow', remoteAddress: socket.remoteAddress });
    if (response.headersSent) {
      // The response has been sent, or is being sent.
      socket.destroySoon();
    } else if (request.listenerCount('error') > 0) {
      // The code that reads the body handles the error and sends the response, in the error format of its route.
      response.shouldKeepAlive = false;
      request.emit('error', tooSlow());
    } else {
      clientErrorHandler(this.settings.publicUrl)(
        Object.assign(new Error(), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }),
        socket,
      );
    }
    this.destroyLater(request);
  }

  /** Closes the connection after a delay, unless the rest of the body has arrived by then. */
  private destroyLater(request: IncomingMessage): void {
    const { socket } = request;
    setTimeout(() => void (request.complete || socket.destroy()), this.pace.lingerMs).unref();
  }
}
