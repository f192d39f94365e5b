import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { SlowRequests } from '../../../src/platform/http/slow-requests.js';
import { startApp, type TestApp } from '../../support/app.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { until } from '../../support/processes.js';

let database: FreshDatabase;
let app: TestApp;
const sockets: Socket[] = [];

/** The production limits, with all times divided by 50. */
const PACE = { checkMs: 20, idleMs: 400, spanMs: 600, minBytesPerSecond: 500, lingerMs: 100 };

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { role: 'api' } });
  Object.assign(app.app.get(SlowRequests).pace, PACE);
});
afterEach(() => sockets.splice(0).forEach((socket) => socket.destroy()));
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

/** A raw client that can send a request in pieces. */
async function client(
  requestLine: string,
  ...headers: string[]
): Promise<{ socket: Socket; received: () => string; ended: () => boolean }> {
  const { port } = new URL(app.url);
  const socket = connect(Number(port), '127.0.0.1');
  sockets.push(socket);
  let text = '';
  let isOver = false;
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  socket.on('error', () => undefined);
  socket.once('close', () => (isOver = true));
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.write(`${[requestLine, 'host: x', ...headers].join('\r\n')}\r\n\r\n`);
  return { socket, received: () => text, ended: () => isOver };
}

const JSON_POST = ['POST /api/v1/sites HTTP/1.1', 'content-type: application/json'] as const;

describe('a body that stalls', () => {
  it('gets problem details, and its connection is closed', async () => {
    const { socket, received, ended } = await client(
      ...JSON_POST,
      'content-length: 100',
      'origin: https://x.example',
    );
    socket.write('{"name":');
    await until(ended);
    const [head, body] = received().split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 408 /);
    expect(head).toMatch(/^connection: close$/im);
    expect(head).toMatch(/^access-control-allow-origin: \*$/im);
    expect(JSON.parse(body)).toMatchObject({
      status: 408,
      code: 'request-timeout',
      requestId: /^x-request-id: (.*)$/im.exec(head)![1],
    });
  });

  it('gets an error in the format of its API', async () => {
    const { received, ended } = await client(
      'POST /v1alpha1/comments:analyze?key=x HTTP/1.1',
      'content-type: application/json',
      'transfer-encoding: chunked',
    );
    await until(ended);
    expect(received()).toMatch(/^HTTP\/1\.1 408 /);
    expect(JSON.parse(received().split('\r\n\r\n')[1])).toMatchObject({ error: { code: 408 } });
  });

  it('is cut off even if the response was already sent, for example an error', async () => {
    const { received, ended } = await client(
      'POST /api/v1/sites HTTP/1.1',
      'content-type: text/plain',
      'content-length: 100000',
    );
    await until(ended);
    expect(received()).toMatch(/^HTTP\/1\.1 415 /);
  });
});

describe('a body that trickles', () => {
  it('is cut off, although it never pauses', async () => {
    const { socket, received, ended } = await client(...JSON_POST, 'content-length: 100000');
    const trickleTimer = setInterval(() => socket.write(' '), 30);
    await until(ended);
    clearInterval(trickleTimer);
    expect(received()).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('is cut off even in complete chunks', async () => {
    const { socket, received, ended } = await client(...JSON_POST, 'transfer-encoding: chunked');
    const trickleTimer = setInterval(() => socket.write('1\r\n \r\n'), 30);
    await until(ended);
    clearInterval(trickleTimer);
    expect(received()).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('is accepted at a slow but steady pace, even if it takes long', async () => {
    const body = JSON.stringify({ name: 'x'.repeat(2_000), origins: [] });
    const { socket, received } = await client(...JSON_POST, `content-length: ${body.length}`);
    const startedAt = performance.now();
    // About 1,000 bytes per second.
    for (let at = 0; at < body.length; at += 100) {
      socket.write(body.slice(at, at + 100));
      await sleep(100);
    }
    expect(performance.now() - startedAt).toBeGreaterThan(PACE.spanMs * 2);
    await until(() => received() !== '');
    expect(received()).toMatch(/^HTTP\/1\.1 401 /);
  });
});

describe('a streamed body', () => {
  it('is not cut off while the server is not reading it', async () => {
    let startReading = (): void => undefined;
    const mayRead = new Promise<void>((resolve) => (startReading = resolve));
    let received = 0;
    const server = createServer((request, response) => {
      void (async () => {
        await mayRead;
        for await (const chunk of request) received += (chunk as Buffer).length;
        response.end();
      })();
    });
    const slowRequests = new SlowRequests({ publicUrl: 'http://localhost' });
    Object.assign(slowRequests.pace, PACE);
    slowRequests.attach(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    // More than fits in the buffers between client and server.
    const body = Buffer.alloc(20_000_000);
    const sending = fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body });
    await sleep(PACE.idleMs + PACE.spanMs + 500);
    startReading();
    expect([(await sending).status, received]).toEqual([200, body.length]);
    server.closeAllConnections();
    server.close();
  });
});

describe('the limits for bodies', () => {
  it('do not close an event stream', async () => {
    const { body: site } = await app.call<{ id: string }>('POST', '/api/v1/sites', {
      token: app.adminKey,
      body: { name: 'The Paper', origins: ['https://paper.example'] },
    });
    const { received, ended } = await client(
      `GET /api/v1/sites/${site.id}/stories/s/events?url=https://paper.example/s&title=S HTTP/1.1`,
    );
    await until(() => received().includes('retry:'));
    await sleep(PACE.idleMs + PACE.spanMs + 500);
    expect(ended()).toBe(false);
  });

  it('leave headers to a separate timeout', () => {
    const server = app.app.getHttpServer() as { headersTimeout: number; requestTimeout: number };
    expect([server.headersTimeout, server.requestTimeout]).toEqual([20_000, 0]);
  });
});
