import { createServer, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

interface Entitled {
  tier: string;
  status?: string;
  validUntil?: string | null;
}

/** A publisher's lookup endpoint, which returns readers' entitlements and accepts only signed requests. */
export class LookUpEndpoint {
  /** Entitlements by reader key. A reader without an entry gets 404. */
  readonly entitled = new Map<string, Entitled[]>();
  /** The keys of the readers that were looked up. */
  readonly requests: string[] = [];
  /** Responds with this status instead. `hang`: never responds. `huge`: responds with more than the client reads. */
  fault: number | 'hang' | 'huge' | null = null;
  secret = '';
  /** Delay of each response. */
  delayMs = 0;

  private readonly server = createServer((request, response) => {
    void textOf(request).then(async (body) => {
      try {
        const { data } = new Webhook(this.secret).verify(body, request.headers as Record<string, string>) as {
          data: { readerKey: string };
        };
        this.requests.push(data.readerKey);
        if (this.fault === 'hang') return;
        if (this.delayMs > 0) await sleep(this.delayMs);
        const entitlements =
          this.fault === 'huge'
            ? Array.from({ length: 5_000 }, () => ({ tier: 'insider-gold' }))
            : this.entitled.get(data.readerKey);
        response
          .writeHead(typeof this.fault === 'number' ? this.fault : entitlements ? 200 : 404, {
            'content-type': 'application/json',
          })
          .end(JSON.stringify({ entitlements: entitlements ?? [] }));
      } catch {
        response.writeHead(401).end();
      }
    });
  });

  static async open(): Promise<LookUpEndpoint> {
    const endpoint = new LookUpEndpoint();
    await new Promise<void>((done) => endpoint.server.listen(0, '127.0.0.1', done));
    return endpoint;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/entitlements`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
