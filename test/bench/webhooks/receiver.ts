import {
  createServer,
  type IncomingMessage,
  type Server as HttpServer,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** How a receiver handles one request. */
export type Behaviour =
  | { readonly kind: 'accept' }
  | { readonly kind: 'answer'; readonly status: number; readonly headers?: Record<string, string> }
  | { readonly kind: 'hang' }
  /** The connection closes in the middle of the response. */
  | { readonly kind: 'close-early' };

export interface Delivery {
  readonly id: string;
  readonly type: string;
  readonly sequence: number;
  /** The subject of the event. Events of the same subject must arrive in order. */
  readonly subject: string;
  /** How often this event has arrived at this path, starting with 1. */
  readonly attempt: number;
}

interface ReceivedDelivery {
  readonly id: string;
  readonly subject: string;
  readonly sequence: number;
  readonly at: number;
}

/** Webhook receivers on the loopback interface, one per path. */
export class Receivers {
  private readonly attempts = new Map<string, number>();
  private readonly behaviours = new Map<string, (delivery: Delivery) => Behaviour>();
  private readonly deliveries = new Map<string, ReceivedDelivery[]>();
  private readonly firstSeen = new Map<string, number>();
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: HttpServer) {}

  static async open(): Promise<Receivers> {
    const server = createServer();
    const receivers = new Receivers(server);
    server.on('request', (request, response) => receivers.receive(request, response));
    server.on('connection', (socket) => {
      receivers.sockets.add(socket);
      socket.on('close', () => receivers.sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receivers;
  }

  /** Adds a receiver and returns its URL. */
  at(path: string, behave: (delivery: Delivery) => Behaviour = () => ({ kind: 'accept' })): string {
    this.behaviours.set(path, behave);
    this.deliveries.set(path, []);
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${path}`;
  }

  deliveriesAt(path: string): readonly ReceivedDelivery[] {
    return this.deliveries.get(path) ?? [];
  }

  /** When the first event of a subject arrived at a path, accepted or not; undefined if none did. */
  firstSeenAt(path: string, subject: string): number | undefined {
    return this.firstSeen.get(`${path} ${subject}`);
  }

  /** Waits until that many events were accepted. @returns whether they were in time */
  async waitFor(path: string, count: number, withinMs: number): Promise<boolean> {
    for (let waited = 0; waited < withinMs; waited += 100) {
      if (this.deliveriesAt(path).length >= count) return true;
      await sleep(100);
    }
    return this.deliveriesAt(path).length >= count;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private receive(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => undefined);
    request.on('end', () => {
      const path = request.url ?? '';
      const { id, type, sequence, data } = JSON.parse(Buffer.concat(chunks).toString()) as {
        id: string;
        type: string;
        sequence: number;
        data: { comment?: { id: string }; story?: { id: string } };
      };
      const subject = data.comment?.id ?? data.story?.id ?? id;
      const attempt = (this.attempts.get(path + id) ?? 0) + 1;
      this.attempts.set(path + id, attempt);
      if (!this.firstSeen.has(`${path} ${subject}`))
        this.firstSeen.set(`${path} ${subject}`, performance.now());
      const behave = this.behaviours.get(path) ?? ((): Behaviour => ({ kind: 'answer', status: 404 }));
      const behaviour = behave({ id, type, sequence, subject, attempt });
      switch (behaviour.kind) {
        case 'hang':
          return;
        case 'close-early':
          response.writeHead(200, { 'content-length': '1000' }).write('{"half');
          setTimeout(() => request.socket.destroy(), 5);
          return;
        case 'answer':
          response.writeHead(behaviour.status, behaviour.headers).end();
          return;
        case 'accept':
          this.deliveries.get(path)?.push({ id, subject, sequence, at: performance.now() });
          response.writeHead(200).end('ok');
      }
    });
  }
}
