import { Agent, request } from 'node:http';

export interface RawRequest {
  readonly method: string;
  /** Sent as it is: nothing is encoded or tidied. ASCII. */
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  /** Empty for an event stream, which is closed at once. */
  readonly text: string;
}

/** HTTP as a program writes it that keeps to no rules. */
export function rawCaller(url: string): { send(wish: RawRequest): Promise<RawAnswer>; close(): void } {
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
            resolve({ status, headers: answer.headers, text: '' });
            return;
          }
          let text = '';
          answer.setEncoding('utf8');
          answer.on('data', (chunk: string) => (text += chunk));
          answer.once('end', () => resolve({ status, headers: answer.headers, text }));
          answer.once('error', reject);
        },
      );
      sent.once('error', reject);
      sent.end(body);
    });
  return { send, close: () => agent.destroy() };
}
