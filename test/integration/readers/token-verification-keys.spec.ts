import { createServer, type Server, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import {
  JWKS_REFETCH_MS,
  JWKS_TTL_MS,
  TokenVerificationKeys,
} from '../../../src/features/readers/token-verification-keys.js';
import type { SiteFacts } from '../../../src/features/sites/site-facts.js';
import { Outbound } from '../../../src/platform/outbound/outbound.js';

/** A publisher's key endpoint. While `isHanging`, its responses wait until `answerWaiting` is called. */
let server: Server;
let site: SiteFacts;
let published: object[] = [];
let isHanging = false;
const waiting: ServerResponse[] = [];
let onRequest: () => void = () => {};

const answer = (response: ServerResponse): void => void response.end(JSON.stringify({ keys: published }));
const answerWaiting = (): void => {
  isHanging = false;
  waiting.splice(0).forEach(answer);
};
/** Waits until a request has arrived whose response is delayed. */
const untilWaiting = (): Promise<void> =>
  waiting.length > 0 ? Promise.resolve() : new Promise((done) => (onRequest = done));

beforeAll(async () => {
  server = createServer((_, response) => {
    if (!isHanging) return answer(response);
    waiting.push(response);
    onRequest();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const jwksUrl = `http://127.0.0.1:${(server.address() as { port: number }).port}/jwks`;
  site = { sso: { jwksUrl, jwks: null } } as unknown as SiteFacts;
});

afterAll(() => {
  answerWaiting();
  server.closeAllConnections();
  return new Promise((closed) => server.close(closed));
});

describe('a publisher’s keys at a URL that hangs', () => {
  let nowMs = 0;
  let outbound: Outbound;
  let check: (token: string) => Promise<string>;
  let oldKey: Awaited<ReturnType<typeof createKey>>;

  async function createKey(kid: string) {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    const token = await new SignJWT({}).setProtectedHeader({ alg: 'ES256', kid }).sign(privateKey);
    return { jwk: { ...(await exportJWK(publicKey)), kid }, token };
  }

  beforeEach(async () => {
    answerWaiting();
    outbound = new Outbound({ outboundAllow: ['127.0.0.0/8'] });
    nowMs = Date.UTC(2026, 10, 24);
    const keys = new TokenVerificationKeys(outbound, { now: () => new Date(nowMs), nowMs: () => nowMs });
    check = (token) =>
      jwtVerify(token, keys.keysFor(site)).then(
        () => 'good',
        () => 'refused',
      );
    oldKey = await createKey('old');
    published = [oldKey.jwk];
    expect(await check(oldKey.token)).toBe('good');
    nowMs += JWKS_REFETCH_MS + 1;
    isHanging = true;
  });

  it('keep working while a token with an unknown key waits', async () => {
    const stranger = await createKey('stranger');
    let isAnswered = false;
    const unknown = check(stranger.token).finally(() => (isAnswered = true));
    await untilWaiting();
    expect(await check(oldKey.token)).toBe('good');
    expect(isAnswered).toBe(false);
    answerWaiting();
    expect(await unknown).toBe('refused');
  });

  it('make every token with a new key wait', async () => {
    const fresh = await createKey('fresh');
    const first = check(fresh.token);
    await untilWaiting();
    const second = check(fresh.token);
    published = [oldKey.jwk, fresh.jwk];
    answerWaiting();
    expect(await Promise.all([first, second])).toEqual(['good', 'good']);
  });

  it('make only the first token wait; after that, the old keys stay valid during the fetch', async () => {
    nowMs += JWKS_TTL_MS;
    const first = check(oldKey.token);
    await untilWaiting();
    waiting.splice(0).forEach((response) => response.destroy());
    expect(await first).toBe('good');
    nowMs += JWKS_REFETCH_MS + 1;
    expect(await check(oldKey.token)).toBe('good');
    // The keys were requested, and that request is still waiting: no check waited until it timed out.
    await untilWaiting();
    const [call] = waiting;
    const isClosed = new Promise((done) => call.once('close', done));
    answerWaiting();
    await isClosed;
    expect(call.writableFinished).toBe(true);
  });

  it('become invalid after an hour', async () => {
    nowMs += 61 * 60_000;
    const late = check(oldKey.token);
    await untilWaiting();
    waiting.splice(0).forEach((response) => response.destroy());
    expect(await late).toBe('refused');
  });
});
