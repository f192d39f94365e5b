import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';

/** What a client is about to send on a connection it keeps arrives in this time, and is answered. */
const LAST_REQUESTS_MS = 250;
const POLL_INTERVAL_MS = 10;

/**
 * Ends this server's connections at a stop without breaking a request. First no new ones are taken, so that clients
 * go elsewhere; what still comes on kept ones is answered, with `Connection: close`; then those that idle are ended.
 * Node and Fastify by themselves break or refuse requests that meet the stop on a kept connection, and wait more
 * than a minute for connections that were in use at its beginning.
 */
@Injectable()
export class Connections {
  private server: Server | null = null;
  private readonly open = new Set<Socket>();
  private readonly answers = new Set<ServerResponse>();
  private isEnding = false;

  /** Whether connections are being ended: then every answer has to pass here, to say so to its client. */
  get areEnding(): boolean {
    return this.isEnding;
  }

  attach(server: Server): void {
    this.server = server;
    server.on('connection', (socket: Socket) => {
      this.open.add(socket);
      socket.once('close', () => this.open.delete(socket));
    });
    // Before whatever answers.
    server.prependListener('request', (_request: IncomingMessage, answer: ServerResponse) => {
      this.answers.add(answer);
      answer.once('close', () => this.answers.delete(answer));
      if (this.isEnding) endsConnection(answer);
    });
  }

  /** The first step of a process's stop. Streams and slow requests go on; the server's own close waits for them. */
  async drain(): Promise<void> {
    this.begin();
    const endAt = performance.now() + LAST_REQUESTS_MS;
    while (this.open.size > 0 && performance.now() < endAt) await sleep(POLL_INTERVAL_MS);
    this.endIdle();
  }

  /** At once, for who closes the server itself. */
  end(): void {
    this.begin();
    this.endIdle();
  }

  private begin(): void {
    if (this.isEnding || !this.server) return;
    this.isEnding = true;
    this.answers.forEach(endsConnection);
    // Not http's own, which also breaks connections that idle at this moment. That one comes later, and finds it done.
    NetServer.prototype.close.call(this.server);
  }

  /** Those that never carried a request too: browsers open them ahead of need, and Node does not count them as idle. */
  private endIdle(): void {
    const busy = new Set([...this.answers].map(({ req }) => req.socket));
    for (const socket of this.open) if (!busy.has(socket)) socket.destroySoon();
  }
}

function endsConnection(answer: ServerResponse): void {
  answer.shouldKeepAlive = false;
  // Its head said something else already.
  if (answer.headersSent) answer.once('finish', () => answer.req.socket.destroySoon());
}
