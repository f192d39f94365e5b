import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';

/** Requests that clients are about to send on an open connection arrive within this time and get a response. */
const LAST_REQUESTS_MS = 250;
const POLL_INTERVAL_MS = 10;

/**
 * Closes this server's connections at shutdown without breaking a request. First it stops accepting new connections,
 * so that clients go elsewhere. Requests that still arrive on open connections get a response with `Connection:
 * close`. Then idle connections are closed. Node and Fastify by themselves break or refuse requests that arrive on an
 * open connection during shutdown, and wait more than a minute for connections that were in use when it began.
 */
@Injectable()
export class Connections {
  private server: Server | null = null;
  private readonly open = new Set<Socket>();
  private readonly answers = new Set<ServerResponse>();
  private isEnding = false;

  /** Whether connections are being closed; every response must then pass through here to tell its client. */
  get isClosing(): boolean {
    return this.isEnding;
  }

  attach(server: Server): void {
    this.server = server;
    server.on('connection', (socket: Socket) => {
      this.open.add(socket);
      socket.once('close', () => this.open.delete(socket));
    });
    // Runs before any handler that sends a response.
    server.prependListener('request', (_request: IncomingMessage, answer: ServerResponse) => {
      this.answers.add(answer);
      answer.once('close', () => this.answers.delete(answer));
      if (this.isEnding) endsConnection(answer);
    });
  }

  /**
   * The first step of a process's shutdown. Streams and slow requests continue; the server's own close waits for
   * them.
   */
  async drain(): Promise<void> {
    this.begin();
    const endAt = performance.now() + LAST_REQUESTS_MS;
    while (this.open.size > 0 && performance.now() < endAt) await sleep(POLL_INTERVAL_MS);
    this.endIdle();
  }

  /** Closes idle connections immediately, for callers that close the server themselves. */
  end(): void {
    this.begin();
    this.endIdle();
  }

  private begin(): void {
    if (this.isEnding || !this.server) return;
    this.isEnding = true;
    this.answers.forEach(endsConnection);
    // Not http's own close, which also breaks connections that are idle at this moment. It runs later, when nothing is
    // left to close.
    NetServer.prototype.close.call(this.server);
  }

  /**
   * Includes connections that never carried a request: browsers open them in advance, and Node does not count them as
   * idle.
   */
  private endIdle(): void {
    const busy = new Set([...this.answers].map(({ req }) => req.socket));
    for (const socket of this.open) if (!busy.has(socket)) socket.destroySoon();
  }
}

function endsConnection(answer: ServerResponse): void {
  answer.shouldKeepAlive = false;
  // The headers were already sent without `Connection: close`.
  if (answer.headersSent) answer.once('finish', () => answer.req.socket.destroySoon());
}
