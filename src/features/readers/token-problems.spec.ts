import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT, type JWTVerifyGetKey } from 'jose';
import { DEFAULT_POLICY } from '../sites/policy.js';
import type { SiteFacts, SsoSettings } from '../sites/site-facts.js';
import { checkReaderToken, TokenRefused } from './reader-token.js';
import { problemsOfToken, publicProblems } from './token-problems.js';

const SITE = '018f3a2b-1111-7000-8000-000000000001';
const SECRET_TEXT = 'VGhlIHNlY3JldCBvZiBhIG5ld3MgcHVibGlzaGVyIGluIGJhc2U2NA';
const SECRET = Buffer.from(SECRET_TEXT, 'utf8');
const OLD_SECRET = Buffer.from('the secret before this one, which has ended');
const NOW = new Date('2026-11-23T12:00:00Z');
const NOW_S = NOW.getTime() / 1000;

const siteWith = (sso: Partial<SsoSettings> = {}): SiteFacts => ({
  id: SITE as SiteFacts['id'],
  name: 'The Example Ledger',
  origins: [],
  signInUrl: null,
  policy: DEFAULT_POLICY,
  policyVersion: 1,
  tiers: new Map([['gold', { key: 'gold', name: 'Gold', rank: 1, upgradeUrl: null, badge: null }]]),
  overrides: [],
  shadow: null,
  lookUp: null,
  coralPhase: null,
  sso: {
    family: 'hmac',
    issuer: null,
    secrets: [
      { key: SECRET, until: null },
      { key: OLD_SECRET, until: new Date(NOW.getTime() - 1000) },
    ],
    jwksUrl: null,
    jwks: null,
    ...sso,
  },
});

const noKeys: JWTVerifyGetKey = () => {
  throw new TokenRefused('the site has no matching key');
};

const CLAIMS = { sub: 'ada', name: 'Ada Lovelace', aud: SITE, iat: NOW_S, exp: NOW_S + 3600 };
const b64 = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

function token(payload: unknown, header: object = { alg: 'HS256' }, key: Buffer = SECRET): string {
  const text = `${b64(header)}.${b64(payload)}`;
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
}
const without = (name: keyof typeof CLAIMS) =>
  Object.fromEntries(Object.entries(CLAIMS).filter(([each]) => each !== name));

async function codes(text: string, site = siteWith(), keyFor = noKeys): Promise<string[]> {
  const problems = await problemsOfToken(text, site, keyFor, NOW);
  for (const { message } of problems) expect(message).toMatch(/^[A-Z].{10,}[.]$/s);
  return problems.map(({ claim, code }) => `${claim} ${code}`);
}

describe('token problems', () => {
  it('are empty for a valid token', async () => {
    expect(await codes(token(CLAIMS))).toEqual([]);
    expect(await codes(token({ ...CLAIMS, tier: 'gold', aud: ['other', SITE] }))).toEqual([]);
  });

  it.each([
    ['an empty text', '', 'token not-a-jwt'],
    ['text that is not a JWT', 'abc', 'token not-a-jwt'],
    ['three parts that are not JSON', 'a.b.c', 'token not-a-jwt'],
    ['a token with the scheme before it', `Bearer ${token(CLAIMS)}`, 'token not-a-jwt'],
    ['an encrypted token', 'a.b.c.d.e', 'token encrypted'],
    ['a token that is too large', token({ ...CLAIMS, more: 'x'.repeat(8192) }), 'token too-large'],
    ['no algorithm', `${b64({ alg: 'none' })}.${b64(CLAIMS)}.`, 'alg unsigned'],
    ['an algorithm of the other family', token(CLAIMS, { alg: 'RS256' }), 'alg wrong-algorithm'],
    ['an HMAC algorithm other than HS256', token(CLAIMS, { alg: 'HS512' }), 'alg wrong-algorithm'],
    ['a critical header', token(CLAIMS, { alg: 'HS256', crit: ['x'], x: 1 }), 'crit not-understood'],
    ['a kid that is not text', token(CLAIMS, { alg: 'HS256', kid: 7 }), 'kid not-text'],
    [
      'a signature made with another secret',
      token(CLAIMS, undefined, Buffer.from('another')),
      'signature wrong-secret',
    ],
    [
      'a signature made with the decoded secret',
      token(CLAIMS, undefined, Buffer.from(SECRET_TEXT, 'base64')),
      'signature secret-decoded',
    ],
    [
      'a signature made with the secret and a line break',
      token(CLAIMS, undefined, Buffer.from(`${SECRET_TEXT}\n`)),
      'signature secret-malformed',
    ],
    ['an expired secret', token(CLAIMS, undefined, OLD_SECRET), 'signature secret-ended'],
    ['no aud', token(without('aud')), 'aud missing'],
    ['the aud of another site', token({ ...CLAIMS, aud: 'news' }), 'aud wrong-site'],
    ['an aud that is not text', token({ ...CLAIMS, aud: 7 }), 'aud not-text'],
    ['no sub', token(without('sub')), 'sub missing'],
    ['a sub that is a number', token({ ...CLAIMS, sub: 7 }), 'sub not-an-id'],
    ['a sub that is too long', token({ ...CLAIMS, sub: 'x'.repeat(256) }), 'sub not-an-id'],
    ['the sub of the publication', token({ ...CLAIMS, sub: 'postbag:publication' }), 'sub reserved'],
    ['no name', token(without('name')), 'name missing'],
    ['an empty name', token({ ...CLAIMS, name: ' ' }), 'name not-a-name'],
    ['no exp', token(without('exp')), 'exp missing'],
    ['an exp that is text', token({ ...CLAIMS, exp: `${NOW_S + 60}` }), 'exp not-a-number'],
    ['an exp in milliseconds', token({ ...CLAIMS, exp: (NOW_S + 60) * 1000 }), 'exp in-milliseconds'],
    ['an exp that has passed', token({ ...CLAIMS, iat: NOW_S - 3600, exp: NOW_S - 31 }), 'exp expired'],
    ['an exp more than 24 hours after iat', token({ ...CLAIMS, exp: NOW_S + 86_401 }), 'exp too-far'],
    [
      'an exp more than 24 hours from now, without iat',
      token({ ...without('iat'), exp: NOW_S + 86_431 }),
      'exp too-far',
    ],
    ['an iat in the future', token({ ...CLAIMS, iat: NOW_S + 31 }), 'iat in-the-future'],
    ['an iat in milliseconds', token({ ...CLAIMS, iat: NOW_S * 1000 }), 'iat in-milliseconds'],
    ['an iat that is text', token({ ...CLAIMS, iat: 'now' }), 'iat not-a-number'],
    ['an nbf in the future', token({ ...CLAIMS, nbf: NOW_S + 31 }), 'nbf not-yet'],
    ['an nbf that is text', token({ ...CLAIMS, nbf: 'now' }), 'nbf not-a-number'],
  ])('include %s', async (_, text, problem) => {
    expect(await codes(text)).toEqual([problem]);
    await expect(checkReaderToken(text, siteWith(), noKeys, NOW)).rejects.toBeInstanceOf(TokenRefused);
  });

  it('include a missing or wrong issuer', async () => {
    const site = siteWith({ issuer: 'https://login.example' });
    expect(await codes(token(CLAIMS), site)).toEqual(['iss missing']);
    expect(await codes(token({ ...CLAIMS, iss: 'https://login.example/' }), site)).toEqual([
      'iss wrong-issuer',
    ]);
    expect(await codes(token({ ...CLAIMS, iss: 'https://login.example' }), site)).toEqual([]);
  });

  it('include a tier that the site does not have, although the token is valid', async () => {
    const text = token({ ...CLAIMS, tier: 'platinum', entitlements: ['gold', 'silver'] });
    expect(await codes(text)).toEqual(['tier unknown-tier', 'tier unknown-tier']);
    expect((await checkReaderToken(text, siteWith(), noKeys, NOW)).key).toBe('ada');
  });

  it('are all listed at once', async () => {
    const claims = { sub: 7, exp: (NOW_S + 60) * 1000, iat: NOW_S + 3600, aud: 'x' };
    expect(await codes(token(claims, undefined, Buffer.from('another')))).toEqual([
      'signature wrong-secret',
      'aud wrong-site',
      'sub not-an-id',
      'name missing',
      'exp in-milliseconds',
      'iat in-the-future',
    ]);
  });

  it('include problems with public keys', async () => {
    const [sitePair, otherPair] = [
      await generateKeyPair('ES256', { extractable: true }),
      await generateKeyPair('ES256'),
    ];
    const keyFor = createLocalJWKSet({ keys: [{ ...(await exportJWK(sitePair.publicKey)), kid: 'one' }] });
    const site = siteWith({ family: 'public-key', secrets: [] });
    const sign = (kid: string, key = sitePair.privateKey) =>
      new SignJWT(CLAIMS).setProtectedHeader({ alg: 'ES256', kid }).sign(key);
    expect(await codes(await sign('one'), site, keyFor)).toEqual([]);
    expect(await codes(await sign('two'), site, keyFor)).toEqual(['kid unknown-key']);
    expect(await codes(await sign('one', otherPair.privateKey), site, keyFor)).toEqual([
      'signature wrong-key',
    ]);
    expect(await codes(token(CLAIMS), site, keyFor)).toEqual(['alg wrong-algorithm']);
    const siteWithJwksUrl = { ...site, sso: { ...site.sso, jwksUrl: 'https://news.example/jwks' } };
    expect(await codes(await sign('one'), siteWithJwksUrl, noKeys)).toEqual(['signature keys-unavailable']);
  });
});

describe('token problems shown publicly', () => {
  it('reveal nothing about the site’s keys and settings', async () => {
    const site = siteWith({ issuer: 'https://login.example' });
    const decoded = token(
      { ...CLAIMS, exp: NOW_S - 60, iat: NOW_S - 90 },
      undefined,
      Buffer.from(SECRET_TEXT, 'base64'),
    );
    const reported = publicProblems(await problemsOfToken(decoded, site, noKeys, NOW));
    expect(reported.map(({ claim, code }) => `${claim} ${code}`)).toEqual([
      'signature not-verified',
      'iss not-accepted',
      'exp expired',
    ]);
    expect(JSON.stringify(reported)).not.toMatch(/login\.example|decoded/);
  });
});
