import { describe, expect, it } from '@jest/globals';
import { hashRecoveryCode, newRecoveryCodes, RECOVERY_CODES } from './recovery-codes.js';

const KEY = Buffer.alloc(32, 7);

describe('recovery codes', () => {
  it('are ten different ones of 140 bits that can be read out', () => {
    const codes = newRecoveryCodes();
    expect(new Set(codes).size).toBe(RECOVERY_CODES);
    for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/);
  });

  it('are the same however they are written down', () => {
    const hash = hashRecoveryCode(KEY, 'vera', '01AB-C0DE-1111');
    expect(hashRecoveryCode(KEY, 'vera', ' o1ab code ilI1 ')).toBe(hash);
    expect(hashRecoveryCode(KEY, 'vera', '01AB-C0DE-1112')).not.toBe(hash);
  });

  it('that were made when they were shorter are still known', () => {
    const kept = '27b7236bf0e0abcf4a90c107613a683a5e6d4bc69f6535ba0742b29b4febf86b';
    expect(hashRecoveryCode(KEY, 'vera', '01AB-C0DE-1111')).toBe(kept);
  });

  it('are another’s under another name or key', () => {
    const hash = hashRecoveryCode(KEY, 'vera', '01AB-C0DE-1111');
    expect(hashRecoveryCode(KEY, 'walt', '01AB-C0DE-1111')).not.toBe(hash);
    expect(hashRecoveryCode(Buffer.alloc(32, 8), 'vera', '01AB-C0DE-1111')).not.toBe(hash);
  });
});
