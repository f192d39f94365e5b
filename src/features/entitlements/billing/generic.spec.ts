import { describe, expect, it } from '@jest/globals';
import { generic } from './generic.js';
import type { VerificationResult } from './billing-provider.js';

// Test vector from the Standard Webhooks libraries.
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const ID = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
const SIGNED_AT = 1614265330;
const BODY = '{"test": 2432232314}';
const SIGNATURE = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';

const NO_OPTIONS = { reader: null, graceDays: 0, apiUrl: null, apiKey: null, mapping: null };
const idOf = (verified: VerificationResult): string | null => (verified.ok ? verified.id : null);

const verify = (headers: Record<string, string>, secrets = [SECRET], secondsLater = 0, body = BODY) =>
  idOf(
    generic.verify(
      {
        headers: {
          'webhook-id': ID,
          'webhook-timestamp': String(SIGNED_AT),
          'webhook-signature': SIGNATURE,
          ...headers,
        },
        rawBody: Buffer.from(body),
        body: null,
      },
      secrets,
      new Date((SIGNED_AT + secondsLater) * 1000),
      NO_OPTIONS,
    ),
  );

describe('the signature check of the generic provider', () => {
  it('accepts Standard Webhooks signatures', () => {
    expect(verify({})).toBe(ID);
    expect(verify({}, [SECRET.slice('whsec_'.length)])).toBe(ID);
    expect(verify({}, ['whsec_AAAAAAAAAAAAAAAAAAAAAAAA', SECRET])).toBe(ID);
  });

  it('accepts timestamps up to five minutes off, in either direction', () => {
    expect([-301, -300, 300, 301].map((seconds) => verify({}, [SECRET], seconds))).toEqual([
      null,
      ID,
      ID,
      null,
    ]);
  });

  it('covers every byte of the body', () => {
    expect(verify({}, [SECRET], 0, '{"test":2432232314}')).toBeNull();
  });

  it.each<[string, Record<string, string>, string[]]>([
    ['without secrets', {}, []],
    ['with an empty secret', {}, ['', 'whsec_']],
    ['without an id', { 'webhook-id': '' }, [SECRET]],
    ['without a time', { 'webhook-timestamp': '' }, [SECRET]],
    ['without a version', { 'webhook-signature': SIGNATURE.slice(3) }, [SECRET]],
    ['with another version', { 'webhook-signature': `v1a,${SIGNATURE.slice(3)}` }, [SECRET]],
    ['that is empty', { 'webhook-signature': 'v1,' }, [SECRET]],
  ])('refuses a signature %s', (_, headers, secrets) => {
    expect(verify(headers, secrets)).toBeNull();
  });
});
