import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { until } from './processes.js';
import type { Json } from './site-fixture.js';

/** A request that the inbox received. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The raw bytes as text. */
  readonly body: string;
  /** The parsed body, as sent. */
  readonly event: Json;
}

/** A publisher's webhook receiver on the loopback interface. */
export interface WebhookInbox {
  readonly url: string;
  readonly received: Received[];
  /** The response to the next requests; 200 by default. `hang`: never responds. */
  answer: (received: Received) => number | 'hang' | { status: number; headers: Record<string, string> };
  /** Waits until that many requests have arrived. */
  waitForCount(count: number, withinMs?: number): Promise<void>;
  /** Number of requests without a response whose senders are still waiting. */
  hanging(): number;
  /** Closes the connections of all requests without a response. */
  releaseHanging(): void;
  close(): Promise<void>;
}

export async function openInbox(): Promise<WebhookInbox> {
  const received: Received[] = [];
  const sockets = new Set<Socket>();
  const hanging = new Set<ServerResponse>();
  const reply = (response: ServerResponse, delivery: Received): void => {
    const answer = inbox.answer(delivery);
    if (answer === 'hang') {
      hanging.add(response);
      response.once('close', () => hanging.delete(response));
      return;
    }
    const { status, headers } = typeof answer === 'number' ? { status: answer, headers: {} } : answer;
    response.writeHead(status, headers).end('thanks');
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const delivery = {
        path: request.url ?? '',
        headers: request.headers,
        body,
        event: JSON.parse(body) as unknown,
      };
      received.push(delivery);
      reply(response, delivery);
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const inbox: WebhookInbox = {
    url: `http://127.0.0.1:${port}`,
    received,
    answer: () => 200,
    waitForCount: (count, withinMs) => until(() => received.length >= count, withinMs),
    hanging: () => hanging.size,
    releaseHanging: () => sockets.forEach((socket) => socket.destroy()),
    close: async () => {
      inbox.releaseHanging();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return inbox;
}
