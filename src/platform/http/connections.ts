import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';

/** After new connections are refused, how long open connections may still send requests. */
const LAST_REQUESTS_MS = 250;
const POLL_INTERVAL_MS = 10;

/**
 * Closes this server's connections at shutdown without breaking a request. First it stops accepting new connections,
 * so that clients connect to another process. Requests that still arrive on open connections get a response with
 * `Connection: close`. Then idle connections are closed. Without this, Node and Fastify would break or refuse requests
 * that arrive on an open connection during shutdown, and wait more than a minute for connections that were in use.
 */
@Injectable()
export class Connections {
  private server: Server | null = null;
  private readonly openSockets = new Set<Socket>();
  private readonly responses = new Set<ServerResponse>();
  private isEnding = false;

  /**
   * Whether the server is shutting down. Handlers that bypass Fastify must then pass requests on to it, so that
   * responses have `Connection: close`.
   */
  get isClosing(): boolean {
    return this.isEnding;
  }

  attach(server: Server): void {
    this.server = server;
    server.on('connection', (socket: Socket) => {
      this.openSockets.add(socket);
      socket.once('close', () => this.openSockets.delete(socket));
    });
    // Runs before any handler that sends a response.
    server.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => {
      this.responses.add(response);
      response.once('close', () => this.responses.delete(response));
      if (this.isEnding) closeAfterResponse(response);
    });
  }

  /**
   * The first step of the shutdown. Streams and slow requests continue; the server's own close waits for them.
   */
  async drain(): Promise<void> {
    this.begin();
    const endAt = performance.now() + LAST_REQUESTS_MS;
    while (this.openSockets.size > 0 && performance.now() < endAt) await sleep(POLL_INTERVAL_MS);
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
    this.responses.forEach(closeAfterResponse);
    // The close of `net.Server` only stops accepting connections. That of `http.Server` would also destroy connections
    // that are idle now; it runs later, when none is left.
    NetServer.prototype.close.call(this.server);
  }

  /**
   * Closes idle connections, including those that never carried a request: browsers open them in advance, and Node does
   * not count them as idle.
   */
  private endIdle(): void {
    const busy = new Set([...this.responses].map(({ req }) => req.socket));
    for (const socket of this.openSockets) if (!busy.has(socket)) socket.destroySoon();
  }
}

function closeAfterResponse(response: ServerResponse): void {
  response.shouldKeepAlive = false;
  // The headers were already sent without `Connection: close`.
  if (response.headersSent) response.once('finish', () => response.req.socket.destroySoon());
}
