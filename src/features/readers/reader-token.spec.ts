import { createHmac, generateKeyPairSync, sign as cryptoSign } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  SignJWT,
  UnsecuredJWT,
  type JWTVerifyGetKey,
} from 'jose';
import { DEFAULT_POLICY } from '../sites/policy.js';
import type { SiteFacts, SsoSettings } from '../sites/site-facts.js';
import { audiencesOf, checkReaderToken, TokenRefused } from './reader-token.js';

const SITE = '018f3a2b-1111-7000-8000-000000000001';
const OTHER = '018f3a2b-2222-7000-8000-000000000002';
const SECRET = Buffer.from('an SSO secret that is long enough to sign');
const NOW = new Date('2026-11-23T12:00:00Z');
const NOW_S = NOW.getTime() / 1000;

const siteWith = (sso: Partial<SsoSettings> = {}): SiteFacts => ({
  id: SITE as SiteFacts['id'],
  name: 'The Example Ledger',
  origins: [],
  signInUrl: null,
  policy: DEFAULT_POLICY,
  policyVersion: 1,
  tiers: new Map(),
  overrides: [],
  shadow: null,
  lookUp: null,
  coralPhase: null,
  sso: {
    family: 'hmac',
    issuer: null,
    secrets: [{ key: SECRET, until: null }],
    jwksUrl: null,
    jwks: null,
    ...sso,
  },
});

const noKeys: JWTVerifyGetKey = () => {
  throw new Error('public keys were requested for a site that uses a secret');
};

const CLAIMS = { sub: 'ada', name: 'Ada Lovelace', aud: SITE, iat: NOW_S, exp: NOW_S + 3600 };
const b64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Builds HS256 tokens by hand so that tests can use any header and payload. */
function token(
  payload: unknown,
  header: object = { alg: 'HS256', typ: 'JWT' },
  key: Buffer = SECRET,
): string {
  const text = `${b64(header)}.${typeof payload === 'string' ? Buffer.from(payload).toString('base64url') : b64(payload)}`;
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
}

const check = (text: string, site = siteWith(), keys = noKeys, now = NOW) =>
  checkReaderToken(text, site, keys, now);
const refused = (text: string, site = siteWith(), keys = noKeys) =>
  expect(check(text, site, keys)).rejects.toBeInstanceOf(TokenRefused);

describe('a reader token on a site with a secret', () => {
  it('identifies the reader', async () => {
    const full = {
      ...CLAIMS,
      aud: [OTHER, SITE],
      tier: 'insider-gold',
      entitlements: ['archive', 7],
      tier_valid_until: NOW_S + 60,
      picture: 'https://news.example/ada.png',
      email: 'ada@news.example',
      nbf: NOW_S - 1,
      jti: 'x',
      iss: 'https://anybody.example',
      role: 'moderator',
    };
    expect(await check(token(full))).toEqual({
      key: 'ada',
      name: 'Ada Lovelace',
      tiers: ['insider-gold', 'archive'],
      tierValidUntil: new Date((NOW_S + 60) * 1000),
      picture: 'https://news.example/ada.png',
      email: 'ada@news.example',
      issuedAt: NOW,
      expiresAt: new Date((NOW_S + 3600) * 1000),
    });
  });

  it('may omit every optional claim', async () => {
    const { iat: _, ...claims } = CLAIMS;
    expect(await check(token(claims))).toMatchObject({
      tiers: [],
      picture: null,
      email: null,
      issuedAt: null,
    });
  });

  it('is accepted with an invalid picture or email, which is ignored', async () => {
    for (const picture of ['http://news.example/a.png', 'javascript:alert(1)', 7, 'x'.repeat(3000)]) {
      expect(await check(token({ ...CLAIMS, picture, email: 'no at' }))).toMatchObject({
        picture: null,
        email: null,
      });
    }
  });

  it('compares its sub byte by byte', async () => {
    for (const sub of ['a', 'Ada ', '\u00e9', 'e\u0301', 'x'.repeat(255), '😀'.repeat(255)]) {
      expect((await check(token({ ...CLAIMS, sub }))).key).toBe(sub);
    }
  });

  it.each([
    ['expired by less than the leeway', { iat: NOW_S - 3600, exp: NOW_S - 29 }],
    ['not valid for less than the leeway', { nbf: NOW_S + 30 }],
    ['issued ahead by the leeway', { iat: NOW_S + 30, exp: NOW_S + 60 }],
    ['valid for 24 hours', { exp: NOW_S + 86_400 }],
    ['valid for 24 hours from now, without iat', { iat: undefined, exp: NOW_S + 86_400 }],
    ['with fractions of seconds', { iat: NOW_S - 0.5, exp: NOW_S + 10.5 }],
  ])('%s is valid', async (_, claims) => {
    expect((await check(token({ ...CLAIMS, ...claims }))).key).toBe('ada');
  });

  it.each([
    ['expired', { iat: NOW_S - 3600, exp: NOW_S - 30 }],
    ['without exp', { exp: undefined }],
    ['with exp as text', { exp: String(NOW_S + 60) }],
    ['not valid yet', { nbf: NOW_S + 31 }],
    ['with nbf as text', { nbf: 'now' }],
    ['issued in the future', { iat: NOW_S + 31, exp: NOW_S + 60 }],
    ['with iat as text', { iat: 'now' }],
    ['valid for longer than 24 hours', { exp: NOW_S + 86_401 }],
    ['valid for long, issued long ago', { iat: NOW_S - 86_400, exp: NOW_S + 60 }],
    ['valid for longer than 24 hours from now, without iat', { iat: undefined, exp: NOW_S + 86_431 }],
    ['without aud', { aud: undefined }],
    ['for another site', { aud: OTHER }],
    ['for other sites', { aud: [OTHER] }],
    ['for no site', { aud: [] }],
    ['for a site and a number', { aud: [SITE, 7] }],
    ['for an object', { aud: { [SITE]: true } }],
    ['without sub', { sub: undefined }],
    ['with an empty sub', { sub: '' }],
    ['with a number as sub', { sub: 7 }],
    ['with a sub that is too long', { sub: 'x'.repeat(256) }],
    ['with NUL in its sub', { sub: 'a\0b' }],
    ['without name', { name: undefined }],
    ['with an empty name', { name: ' ' }],
    ['with a name that is not a string', { name: ['Ada'] }],
  ])('%s is refused', async (_, claims) => {
    await refused(token({ ...CLAIMS, ...claims }));
  });

  it('with infinite numbers is refused', async () => {
    const text = JSON.stringify(CLAIMS);
    await refused(token(text.replace(/"exp":\d+/, '"exp":1e999')));
    await refused(token(text.replace(/"iat":\d+/, '"iat":-1e999')));
    await refused(token(text.replace(/"sub":"ada"/, '"sub":"\\ud800"')));
  });

  it.each([
    '',
    'x',
    'a.b',
    'a.b.c',
    'a.b.c.d',
    '....',
    `${'a'.repeat(9000)}.b.c`,
    'eyJhbGciOiJIUzI1NiJ9.bnVsbA.x',
  ])('is refused when it is malformed: %j', async (text) => {
    await refused(text);
  });

  it('larger than 8 kB is refused', async () => {
    const fill = (chars: number) => token({ ...CLAIMS, more: 'x'.repeat(chars) });
    expect((await check(fill(5500))).key).toBe('ada');
    await refused(fill(6500));
  });

  it('must name exactly the issuer that the site configured', async () => {
    const site = siteWith({ issuer: 'https://login.news.example' });
    expect(await check(token({ ...CLAIMS, iss: 'https://login.news.example' }), site)).toBeDefined();
    for (const iss of [undefined, 'https://login.news.example/', 'HTTPS://login.news.example', 7, ['x']]) {
      await refused(token({ ...CLAIMS, iss }), site);
    }
  });

  it('signed with a rotated secret is valid until that secret expires', async () => {
    const old = Buffer.from('the secret before this one, long enough');
    const site = siteWith({
      secrets: [
        { key: SECRET, until: null },
        { key: old, until: new Date(NOW.getTime() + 1000) },
      ],
    });
    expect(await check(token(CLAIMS, undefined, old), site)).toBeDefined();
    expect(await check(token(CLAIMS), site)).toBeDefined();
    await expect(
      check(token(CLAIMS, undefined, old), site, noKeys, new Date(NOW.getTime() + 1000)),
    ).rejects.toThrow();
  });
});

describe('attacks on a site with a secret (RFC 8725) are refused', () => {
  it('without a signature', async () => {
    await refused(new UnsecuredJWT(CLAIMS).encode());
    for (const alg of ['none', 'None', 'NONE', '', null, undefined]) {
      await refused(`${b64({ alg })}.${b64(CLAIMS)}.`);
      await refused(token(CLAIMS, { alg }));
    }
    await refused(token(CLAIMS).replace(/[^.]+$/, ''));
  });

  it('with another signature, payload or header', async () => {
    const [header, payload, signature] = token(CLAIMS).split('.') as [string, string, string];
    await refused(`${header}.${b64({ ...CLAIMS, sub: 'eve' })}.${signature}`);
    await refused(`${b64({ alg: 'HS256', kid: 'x' })}.${payload}.${signature}`);
    await refused(`${header}.${payload}.${signature.slice(0, -2)}`);
    await refused(token(CLAIMS, undefined, Buffer.from('another secret of the same length, roughly')));
    await refused(token(CLAIMS, undefined, Buffer.alloc(0)));
  });

  it('with another algorithm and the same secret', async () => {
    for (const alg of ['HS384', 'HS512']) {
      await refused(
        await new SignJWT(CLAIMS).setProtectedHeader({ alg }).sign(Buffer.concat([SECRET, SECRET])),
      );
    }
  });

  it('with the attacker’s key, or a URL of it, in the header', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    const jwk = await exportJWK(publicKey);
    for (const header of [
      { jwk },
      { jku: 'https://evil.example/jwks' },
      { x5u: 'https://evil.example' },
      { x5c: ['MII'] },
    ]) {
      await refused(
        await new SignJWT(CLAIMS).setProtectedHeader({ alg: 'ES256', ...header }).sign(privateKey),
      );
    }
  });

  it('with a kid that points elsewhere', async () => {
    await refused(token(CLAIMS, { alg: 'HS256', kid: '../../dev/null' }, Buffer.alloc(0)));
    await refused(token(CLAIMS, { alg: 'HS256', kid: "' UNION SELECT 'key" }, Buffer.from('key')));
    await refused(token(CLAIMS, { alg: 'HS256', kid: 7 }));
  });

  it('with a critical header', async () => {
    await refused(token(CLAIMS, { alg: 'HS256', crit: ['exp'], exp: 1 }));
    await refused(token(CLAIMS, { alg: 'HS256', crit: [] }));
    await refused(token(CLAIMS, { alg: 'HS256', crit: ['b64'], b64: true }));
  });

  it('with a payload that is not an object', async () => {
    for (const payload of ['null', '[]', '"text"', '7', '{', '\ufeff{}']) await refused(token(payload));
  });
});

describe('a reader token on a site with public keys', () => {
  let keySet: JWTVerifyGetKey;
  const signers: Record<string, Awaited<ReturnType<typeof generateKeyPair>>['privateKey']> = {};
  let rsaPublicPem: string;

  beforeAll(async () => {
    const keys = [];
    for (const alg of ['RS256', 'PS256', 'ES256', 'EdDSA']) {
      const pair = await generateKeyPair(alg, { extractable: true });
      signers[alg] = pair.privateKey;
      keys.push({ ...(await exportJWK(pair.publicKey)), alg, kid: `key-${alg}` });
    }
    keySet = createLocalJWKSet({ keys });
    rsaPublicPem = JSON.stringify(keys[0]);
  });

  const site = siteWith({ family: 'public-key' });
  const signed = (alg: string, header: object = {}) =>
    new SignJWT(CLAIMS).setProtectedHeader({ alg, kid: `key-${alg}`, ...header }).sign(signers[alg]);

  it.each(['RS256', 'PS256', 'ES256', 'EdDSA'])('signed with %s identifies the reader', async (alg) => {
    expect((await check(await signed(alg), site, keySet)).key).toBe('ada');
    // Without a kid, the algorithm selects the only matching key.
    expect((await check(await signed(alg, { kid: undefined }), site, keySet)).key).toBe('ada');
  });

  it('signed with an unknown key is refused', async () => {
    await refused(await signed('ES256', { kid: 'unknown' }), site, keySet);
    await refused(await signed('ES256', { kid: 'key-EdDSA' }), site, keySet);
    const { privateKey } = await generateKeyPair('ES256');
    const forged = await new SignJWT(CLAIMS)
      .setProtectedHeader({ alg: 'ES256', kid: 'key-ES256' })
      .sign(privateKey);
    await refused(forged, site, keySet);
  });

  it('is refused when it is signed with a secret, and one signed with a key is refused by a site with a secret', async () => {
    await refused(await signed('RS256'), siteWith(), noKeys);
    await refused(token(CLAIMS), site, keySet);
  });

  it('is refused when the public key was used as a secret', async () => {
    await refused(token(CLAIMS, { alg: 'HS256', kid: 'key-RS256' }, Buffer.from(rsaPublicPem)), site, keySet);
  });

  it('signed with a short RSA key is refused', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const text = `${b64({ alg: 'RS256', kid: 'short' })}.${b64(CLAIMS)}`;
    const signature = cryptoSign('sha256', Buffer.from(text), privateKey).toString('base64url');
    const short = createLocalJWKSet({
      keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'short' }] as never,
    });
    await refused(`${text}.${signature}`, site, short);
  });

  it('signed with an unsupported algorithm is refused', async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS512', { extractable: true });
    const keys = createLocalJWKSet({
      keys: [{ ...(await exportJWK(publicKey)), kid: 'k' }],
    }) as JWTVerifyGetKey;
    await refused(
      await new SignJWT(CLAIMS).setProtectedHeader({ alg: 'RS512', kid: 'k' }).sign(privateKey),
      site,
      keys,
    );
  });
});

describe('the audience of a token', () => {
  it('is read without verifying the token', () => {
    expect(audiencesOf(token({ aud: SITE }))).toEqual([SITE]);
    expect(audiencesOf(token({ aud: [OTHER, 'x', 7, SITE] }))).toEqual([OTHER, SITE]);
    for (const text of ['', 'x', 'a.b.c', token({}), token('null'), token({ aud: { a: 1 } })]) {
      expect(audiencesOf(text)).toEqual([]);
    }
  });
});
