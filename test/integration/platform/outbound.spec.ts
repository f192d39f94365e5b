import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Outbound, OutboundError, type Resolve } from '../../../src/platform/outbound/outbound.js';

const request = {
  method: 'POST',
  headers: {},
  body: 'hello',
  timeoutMs: 5_000,
  bulkhead: 'spec',
  maxAnswerBytes: 1_000,
} as const;

describe('outgoing calls', () => {
  const toClose: { server: Server; outbound: Outbound[] } = { server: createServer(), outbound: [] };
  let port = 0;
  let requests: { method: string; url: string; body: string; headers: IncomingMessage['headers'] }[] = [];
  let answer: (request: IncomingMessage, response: ServerResponse) => void;

  beforeAll(async () => {
    toClose.server.on('request', (incoming: IncomingMessage, response: ServerResponse) => {
      let body = '';
      incoming.on('data', (chunk: Buffer) => (body += chunk.toString()));
      incoming.on('end', () => {
        requests.push({ method: incoming.method!, url: incoming.url!, body, headers: incoming.headers });
        answer(incoming, response);
      });
    });
    await new Promise<void>((resolve) => toClose.server.listen(0, '127.0.0.1', resolve));
    port = (toClose.server.address() as AddressInfo).port;
  });
  beforeEach(() => {
    requests = [];
    answer = (_, response) => response.end('fine');
  });
  afterAll(async () => {
    await Promise.all(toClose.outbound.map((each) => each.onApplicationShutdown()));
    toClose.server.closeAllConnections();
    await new Promise((resolve) => toClose.server.close(resolve));
  });

  /** Host names resolve to `addresses()`, which is called for each connection. */
  function createOutbound(
    allow: readonly string[],
    addresses: () => string[] = () => ['127.0.0.1'],
  ): Outbound {
    const resolve: Resolve = (_, done) =>
      done(
        null,
        addresses().map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    const made = Outbound.resolvingBy({ outboundAllow: allow }, resolve);
    toClose.outbound.push(made);
    return made;
  }

  async function failureOf(call: Promise<unknown>): Promise<OutboundError> {
    const error: unknown = await call.then(
      () => null,
      (caught: unknown) => caught,
    );
    expect(error).toBeInstanceOf(OutboundError);
    return error as OutboundError;
  }

  it('send the request and return the response', async () => {
    answer = (_, response) => response.writeHead(202, { 'Retry-After': '7' }).end('thanks');
    const result = await createOutbound(['127.0.0.0/8']).send({
      ...request,
      url: `http://hook.example:${port}/inbox?x=1`,
      headers: { 'webhook-id': 'msg_1', 'content-type': 'application/json' },
    });
    expect(result).toMatchObject({
      status: 202,
      answer: 'thanks',
      isTruncated: false,
      headers: { 'retry-after': '7' },
    });
    expect(result.durationMs).toBeGreaterThanOrEqual(0);
    expect(requests).toMatchObject([
      {
        method: 'POST',
        url: '/inbox?x=1',
        body: 'hello',
        headers: { 'webhook-id': 'msg_1', host: `hook.example:${port}` },
      },
    ]);
  });

  it('refuse a name that resolves to a private address, and open no connection', async () => {
    const error = await failureOf(
      createOutbound([]).send({ ...request, url: `https://hook.example:${port}/` }),
    );
    expect(error.code).toBe('address-refused');
    expect(error.message).not.toContain('127');
    expect(requests).toEqual([]);
  });

  it('refuse unencrypted HTTP to an address that is not allowed', async () => {
    const error = await failureOf(
      createOutbound(['10.0.0.0/8']).send({ ...request, url: `http://hook.example:${port}/` }),
    );
    expect(error.code).toBe('address-refused');
    expect(requests).toEqual([]);
  });

  it('connect to the address that was checked, even if the name resolves differently later', async () => {
    // The first address is allowed; each later lookup returns the one an attacker wants to reach.
    const answers = [['127.0.0.1'], ['10.0.0.1'], ['10.0.0.1']];
    let lookups = 0;
    const rebinding = createOutbound(['127.0.0.1/32'], () => answers[lookups++]);
    const { status } = await rebinding.send({ ...request, url: `http://rebind.example:${port}/` });
    expect(status).toBe(200);
    expect(lookups).toBe(1);
  });

  it('resolve each name with one request at a time, which all calls share', async () => {
    // The system resolves two names at a time. If each delivery looked up a name that hangs, all other names would be
    // blocked.
    const pendingLookups: ((address: string) => void)[] = [];
    const made = Outbound.resolvingBy({ outboundAllow: ['127.0.0.0/8'] }, (_, done) => {
      pendingLookups.push((address) => done(null, [{ address, family: 4 }]));
    });
    toClose.outbound.push(made);
    const call = (): Promise<number> =>
      made.send({ ...request, url: `http://slow.example:${port}/` }).then(({ status }) => status);
    const calls = [call(), call(), call()];
    await new Promise<void>((done) => setImmediate(done));
    expect(pendingLookups).toHaveLength(1);
    pendingLookups[0]('127.0.0.1');
    expect(await Promise.all(calls)).toEqual([200, 200, 200]);
  });

  it.each(['10.0.0.1', '169.254.169.254', 'fd00::1', '::ffff:192.168.0.1', '64:ff9b::a00:1'])(
    'refuse a name if any of its addresses is private: %s',
    async (address) => {
      const mixed = createOutbound(['127.0.0.1/32'], () => ['127.0.0.1', address]);
      const error = await failureOf(mixed.send({ ...request, url: `http://mixed.example:${port}/` }));
      expect(error.code).toBe('address-refused');
      expect(requests).toEqual([]);
      expect(await mixed.refusalOf(`http://mixed.example:${port}/`)).toContain('https');
    },
  );

  it.each(['1.1.1.1', '64:ff9b::101:101'])(
    'use only the permitted ones of several public addresses: not %s over plain http',
    async (address) => {
      const several = createOutbound(['127.0.0.1/32'], () => [address, '127.0.0.1']);
      const { status } = await several.send({ ...request, url: `http://several.example:${port}/` });
      expect(status).toBe(200);
    },
  );

  it('do not follow redirects', async () => {
    answer = (_, response) =>
      response.writeHead(302, { location: `http://127.0.0.1:${port}/elsewhere` }).end();
    const result = await createOutbound(['127.0.0.0/8']).send({
      ...request,
      url: `http://127.0.0.1:${port}/`,
    });
    expect(result).toMatchObject({
      status: 302,
      headers: { location: `http://127.0.0.1:${port}/elsewhere` },
    });
    expect(requests).toHaveLength(1);
  });

  it('read no more of a response than the limit', async () => {
    let written = 0;
    answer = (_, response) => {
      const write = (): void => {
        while (!response.destroyed && response.write('x'.repeat(10_000))) written += 10_000;
        if (!response.destroyed) response.once('drain', write);
      };
      write();
    };
    const result = await createOutbound(['127.0.0.0/8']).send({
      ...request,
      url: `http://127.0.0.1:${port}/`,
    });
    expect(result).toMatchObject({ status: 200, answer: 'x'.repeat(1_000), isTruncated: true });
    expect(written).toBeLessThan(50_000_000);
  });

  it.each(['missing', 'never finished'])('time out when the response is %s', async (kind) => {
    let trickleTimer: NodeJS.Timeout | undefined;
    answer = (_, response) => {
      if (kind === 'missing') return;
      response.writeHead(200);
      trickleTimer = setInterval(() => response.write('.'), 20);
    };
    const startedAt = performance.now();
    const error = await failureOf(
      createOutbound(['127.0.0.0/8']).send({ ...request, timeoutMs: 300, url: `http://127.0.0.1:${port}/` }),
    );
    clearInterval(trickleTimer);
    expect(error.code).toBe('timeout');
    expect(error.durationMs).toBeGreaterThanOrEqual(290);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });

  it('report a name that does not exist, a port with no listener, a server without TLS and credentials in the URL', async () => {
    const noName = Outbound.resolvingBy({ outboundAllow: [] }, (_, done) =>
      done(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), []),
    );
    toClose.outbound.push(noName);
    expect((await failureOf(noName.send({ ...request, url: 'https://gone.example/' }))).code).toBe('dns');
    const local = createOutbound(['127.0.0.0/8']);
    expect((await failureOf(local.send({ ...request, url: 'http://127.0.0.1:1/' }))).code).toBe('connection');
    // A server that speaks unencrypted HTTP where TLS is expected.
    expect((await failureOf(local.send({ ...request, url: `https://127.0.0.1:${port}/` }))).code).toBe('tls');
    expect((await failureOf(local.send({ ...request, url: 'https://u:p@127.0.0.1/' }))).code).toBe(
      'url-refused',
    );
  });
});
