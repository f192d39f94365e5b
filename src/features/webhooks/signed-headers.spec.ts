import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { Secrets } from '../../platform/config/secrets.js';
import { newId } from '../../platform/ids.js';
import { signedHeaders } from './signed-headers.js';
import {
  sealSecret,
  activePublicKeys,
  activeSecrets,
  newKeyPair,
  newSecret,
  OVERLAP_MS,
  rotateSecret,
  addOrRemoveKeyPair,
} from './webhook-secrets.js';

/** Verifies like a receiver that follows the specification: 32 raw bytes of a key after `whpk_`. */
function isSignedBy(publicKey: string, headers: Record<string, string>, body: string): boolean {
  const x = Buffer.from(publicKey.replace('whpk_', ''), 'base64').toString('base64url');
  const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } });
  const signedContent = Buffer.from(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`);
  return headers['webhook-signature']
    .split(' ')
    .filter((entry) => entry.startsWith('v1a,'))
    .some((entry) => verify(null, signedContent, key, Buffer.from(entry.slice(4), 'base64')));
}

describe('the headers of a delivery attempt', () => {
  it('match the published test signature', () => {
    const headers = signedHeaders(
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      '{"test": 2432232314}',
      ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
      new Date(1614265330_000),
    );
    expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
    expect(headers['webhook-timestamp']).toBe('1614265330');
  });

  it('verify with each of two active secrets', () => {
    const both = [newSecret(), newSecret()];
    const headers = signedHeaders('0192f3a0-0000-7000-8000-000000000001', '{"a":"ü"}', both, new Date());
    for (const secret of both) expect(new Webhook(secret).verify('{"a":"ü"}', headers)).toEqual({ a: 'ü' });
    expect(() => new Webhook(newSecret()).verify('{"a":"ü"}', headers)).toThrow();
  });

  it('also have an Ed25519 signature for receivers that hold only the public key', () => {
    const pair = newKeyPair();
    const secret = newSecret();
    const headers = signedHeaders(
      '0192f3a0-0000-7000-8000-000000000001',
      '{"a":"ü"}',
      [secret, pair.secret],
      new Date(),
    );
    expect(isSignedBy(pair.publicKey, headers, '{"a":"ü"}')).toBe(true);
    expect(isSignedBy(pair.publicKey, headers, '{"a":"u"}')).toBe(false);
    expect(isSignedBy(newKeyPair().publicKey, headers, '{"a":"ü"}')).toBe(false);
    // A receiver that does not know the second signature is not affected by it.
    expect(new Webhook(secret).verify('{"a":"ü"}', headers)).toEqual({ a: 'ü' });
    expect(pair.secret).not.toContain(pair.publicKey.slice('whpk_'.length, -4));
  });
});

describe('the secrets of an endpoint', () => {
  const secrets = new Secrets('a key for tests');
  const id = newId<'webhook-endpoint'>();
  const now = new Date('2026-11-23T12:00:00Z');

  it('overlap for a day after a rotation', () => {
    const first = newSecret();
    const second = newSecret();
    const stored = rotateSecret(secrets, id, sealSecret(secrets, id, first), second, now);
    expect(activeSecrets(secrets, id, stored, new Date(now.getTime() + OVERLAP_MS - 1))).toEqual([
      second,
      first,
    ]);
    expect(activeSecrets(secrets, id, stored, new Date(now.getTime() + OVERLAP_MS))).toEqual([second]);
  });

  it('each stay valid for a whole day, even after further rotations', () => {
    const [first, second, third] = [newSecret(), newSecret(), newSecret()];
    const after = (hours: number): Date => new Date(now.getTime() + hours * 60 * 60 * 1000);
    const storedWithKeyPair = addOrRemoveKeyPair(secrets, id, sealSecret(secrets, id, first), true);
    const [publicKey] = activePublicKeys(storedWithKeyPair, now);
    const rotatedOnce = rotateSecret(secrets, id, storedWithKeyPair, second, now);
    const rotatedTwice = rotateSecret(secrets, id, rotatedOnce, third, after(10));
    const symmetric = (hours: number): string[] =>
      activeSecrets(secrets, id, rotatedTwice, after(hours)).filter((secret) => secret.startsWith('whsec_'));
    expect(symmetric(23)).toEqual([third, second, first]);
    expect(activePublicKeys(rotatedTwice, after(23))).toContain(publicKey);
    expect(symmetric(24)).toEqual([third, second]);
    expect(activePublicKeys(rotatedTwice, after(24))).not.toContain(publicKey);
    expect(symmetric(34)).toEqual([third]);
  });

  it('are at most five', () => {
    let stored = sealSecret(secrets, id, newSecret());
    for (let i = 0; i < 7; i++) stored = rotateSecret(secrets, id, stored, newSecret(), now);
    expect(activeSecrets(secrets, id, stored, now)).toHaveLength(5);
  });

  it('may include a key pair, which is rotated with them and can be removed', () => {
    const stored = addOrRemoveKeyPair(secrets, id, sealSecret(secrets, id, newSecret()), true);
    expect(addOrRemoveKeyPair(secrets, id, stored, true)).toEqual(stored);
    const [first] = activePublicKeys(stored, now);
    expect(first).toMatch(/^whpk_[A-Za-z0-9+/]{43}=$/);
    const rotated = rotateSecret(secrets, id, stored, newSecret(), now);
    const [second, ...rest] = activePublicKeys(rotated, now);
    expect([second === first, rest]).toEqual([false, [first]]);
    expect(activeSecrets(secrets, id, rotated, now)).toHaveLength(4);
    expect(activePublicKeys(rotated, new Date(now.getTime() + OVERLAP_MS))).toEqual([second]);
    expect(activePublicKeys(addOrRemoveKeyPair(secrets, id, rotated, false), now)).toEqual([]);
    expect(
      activePublicKeys(
        rotateSecret(secrets, id, sealSecret(secrets, id, newSecret()), newSecret(), now),
        now,
      ),
    ).toEqual([]);
  });

  it('can be decrypted only for their own endpoint', () => {
    const stored = sealSecret(secrets, id, newSecret());
    expect(() => activeSecrets(secrets, newId<'webhook-endpoint'>(), stored, now)).toThrow();
  });
});
