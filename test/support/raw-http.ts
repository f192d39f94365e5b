import { Agent, request } from 'node:http';

export interface RawRequest {
  readonly method: string;
  /** ASCII. Sent unchanged, without encoding or normalizing. */
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  /** Empty for an event stream, which is closed immediately. */
  readonly text: string;
  /** As transferred, compressed if `content-encoding` says so. */
  readonly bytes: Buffer;
}

/** An HTTP client that can send invalid requests. */
export function rawCaller(url: string): { send(rawRequest: RawRequest): Promise<RawAnswer>; close(): void } {
  const { hostname, port } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const send = ({ method, path, headers = {}, body }: RawRequest): Promise<RawAnswer> =>
    new Promise((resolve, reject) => {
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const sent = request(
        { hostname, port, method, path, agent, headers: { ...length, ...headers } },
        (answer) => {
          const status = answer.statusCode!;
          if (answer.headers['content-type']?.startsWith('text/event-stream')) {
            answer.destroy();
            resolve({ status, headers: answer.headers, text: '', bytes: Buffer.alloc(0) });
            return;
          }
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.once('end', () => {
            const bytes = Buffer.concat(chunks);
            resolve({ status, headers: answer.headers, text: bytes.toString(), bytes });
          });
          answer.once('error', reject);
        },
      );
      sent.once('error', reject);
      sent.end(body);
    });
  return { send, close: () => agent.destroy() };
}
