import type { FastifyReply } from 'fastify';
import type { QueueCounts } from './queue-counts.view.js';
import type { Claimant } from './claims.service.js';
import type { QueueState } from './queue-states.js';

/** Events of `GET /moderation/events`, by event name. */
export interface QueueEvents {
  queue: { counts: QueueCounts };
  arrived: { commentId: string; state: QueueState };
  left: { commentId: string; status: string; by: Claimant | 'rule' };
  claims: { commentId: string; claimants: Claimant[] };
  /** A bulk decision was made, undone or applied, so many comments left the lists or returned. */
  bulk: Record<string, never>;
  /** Brigades were detected, grew or were dismissed. */
  brigades: Record<string, never>;
}

const RETRY_MS = 3_000;
const HEARTBEAT_MS = 20_000;
// The connection of a client that reads too slowly is closed. It then reconnects and reloads the list.
const MAX_UNSENT_BYTES = 1024 * 1024;

/** One open event stream to a console (server-sent events, WHATWG HTML section 9.2). */
export class QueueStream {
  private readonly heartbeat: NodeJS.Timeout;
  private ended = false;

  /**
   * Takes over the response from Fastify.
   *
   * @param onEnd called once, when either side ends the stream
   */
  constructor(
    private readonly reply: FastifyReply,
    private readonly onEnd: () => void,
  ) {
    const headers = reply.getHeaders();
    reply.hijack();
    reply.raw.writeHead(200, {
      ...(headers as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      // A connection kept alive after the stream ends would prevent the server from closing.
      connection: 'close',
    });
    reply.raw.write(`retry: ${RETRY_MS}\n\n`);
    reply.raw.on('close', () => this.end());
    reply.raw.on('error', () => this.end());
    this.heartbeat = setInterval(() => this.write(':\n\n'), HEARTBEAT_MS);
  }

  send<K extends keyof QueueEvents>(event: K, data: QueueEvents[K]): void {
    this.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  end(): void {
    if (this.ended) return;
    this.ended = true;
    clearInterval(this.heartbeat);
    this.reply.raw.end();
    this.onEnd();
  }

  private write(text: string): void {
    if (this.ended) return;
    this.reply.raw.write(text);
    if (this.reply.raw.writableLength > MAX_UNSENT_BYTES) {
      this.reply.raw.destroy();
      this.end();
    }
  }
}
