import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { Secrets } from '../../platform/config/secrets.js';
import { newId } from '../../platform/ids.js';
import { signedHeaders } from './signed-headers.js';
import { keepSecret, liveSecrets, newSecret, OVERLAP_MS, rotate } from './webhook-secrets.js';

describe('the headers of an attempt', () => {
  it('have the signature of the published known answer', () => {
    const headers = signedHeaders(
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      '{"test": 2432232314}',
      ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
      new Date(1614265330_000),
    );
    expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
    expect(headers['webhook-timestamp']).toBe('1614265330');
  });

  it('verify with each of two live secrets', () => {
    const both = [newSecret(), newSecret()];
    const headers = signedHeaders('0192f3a0-0000-7000-8000-000000000001', '{"a":"ü"}', both, new Date());
    for (const secret of both) expect(new Webhook(secret).verify('{"a":"ü"}', headers)).toEqual({ a: 'ü' });
    expect(() => new Webhook(newSecret()).verify('{"a":"ü"}', headers)).toThrow();
  });
});

describe('secrets of an endpoint', () => {
  const secrets = new Secrets('a key for tests');
  const id = newId<'webhook-endpoint'>();
  const now = new Date('2026-11-23T12:00:00Z');

  it('overlap for a day after a rotation', () => {
    const first = newSecret();
    const second = newSecret();
    const kept = rotate(secrets, id, keepSecret(secrets, id, first), second, now);
    expect(liveSecrets(secrets, id, kept, new Date(now.getTime() + OVERLAP_MS - 1))).toEqual([second, first]);
    expect(liveSecrets(secrets, id, kept, new Date(now.getTime() + OVERLAP_MS))).toEqual([second]);
  });

  it('are never more than two', () => {
    let kept = keepSecret(secrets, id, newSecret());
    for (let i = 0; i < 3; i++) kept = rotate(secrets, id, kept, newSecret(), now);
    expect(liveSecrets(secrets, id, kept, now)).toHaveLength(2);
  });

  it('open for their own endpoint alone', () => {
    const kept = keepSecret(secrets, id, newSecret());
    expect(() => liveSecrets(secrets, newId<'webhook-endpoint'>(), kept, now)).toThrow();
  });
});
