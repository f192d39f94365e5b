import { describe, expect, it } from '@jest/globals';
import { Secret } from 'otpauth';
import { newTotpSecret, stepOfCode, totpUri } from './totp.js';

// RFC 6238, appendix B, SHA-1. Its codes have eight digits. A six-digit code is the last six of them.
const RFC_SECRET = Secret.fromUTF8('12345678901234567890').base32;

describe('a TOTP code', () => {
  it.each([
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ])('at %d s matches the standard', (seconds, code) => {
    expect(stepOfCode(RFC_SECRET, code.slice(2), seconds * 1000)).toBe(Math.floor(seconds / 30));
  });

  it('is valid one step early or late, reports its own step, and is otherwise refused', () => {
    const at = (seconds: number) => stepOfCode(RFC_SECRET, '287082', seconds * 1000);
    expect([at(0), at(59), at(89)]).toEqual([1, 1, 1]);
    expect(at(90)).toBeNull();
    expect(stepOfCode(RFC_SECRET, '081804', (1111111109 - 60) * 1000)).toBeNull();
  });

  it('may contain spaces as apps show it', () => {
    expect(stepOfCode(RFC_SECRET, ' 287 082 ', 59_000)).toBe(1);
  });

  it.each(['', '28708', '2870820', '28708a', '٢٨٧٠٨٢', '-87082', '000000'])('%j is refused', (code) => {
    expect(stepOfCode(RFC_SECRET, code, 59_000)).toBeNull();
  });
});

it('a TOTP secret has 160 bits and is different each time', () => {
  expect(newTotpSecret()).toMatch(/^[A-Z2-7]{32}$/);
  expect(newTotpSecret()).not.toBe(newTotpSecret());
});

it('the otpauth URI contains the secret and the account', () => {
  const uri = new URL(totpUri(RFC_SECRET, 'vera@ledger.example'));
  expect(uri.protocol + uri.host).toBe('otpauth:totp');
  expect(decodeURIComponent(uri.pathname)).toBe('/Postbag:vera@ledger.example');
  expect(uri.searchParams.get('secret')).toBe(RFC_SECRET);
});
