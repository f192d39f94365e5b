import { describe, expect, it } from '@jest/globals';
import { hashRecoveryCode, newRecoveryCodes, RECOVERY_CODES } from './recovery-codes.js';

const KEY = Buffer.alloc(32, 7);

describe('recovery codes', () => {
  it('are ten distinct codes of 140 bits that can be read aloud', () => {
    const codes = newRecoveryCodes();
    expect(new Set(codes).size).toBe(RECOVERY_CODES);
    for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/);
  });

  it('match in any case and with other separators, and O, I and L are read as digits', () => {
    const hash = hashRecoveryCode(KEY, 'vera', '01AB-C0DE-1111');
    expect(hashRecoveryCode(KEY, 'vera', ' o1ab code ilI1 ')).toBe(hash);
    expect(hashRecoveryCode(KEY, 'vera', '01AB-C0DE-1112')).not.toBe(hash);
  });

  it('from the earlier, shorter format still match', () => {
    const storedHash = '27b7236bf0e0abcf4a90c107613a683a5e6d4bc69f6535ba0742b29b4febf86b';
    expect(hashRecoveryCode(KEY, 'vera', '01AB-C0DE-1111')).toBe(storedHash);
  });

  it('do not match for another account or key', () => {
    const hash = hashRecoveryCode(KEY, 'vera', '01AB-C0DE-1111');
    expect(hashRecoveryCode(KEY, 'walt', '01AB-C0DE-1111')).not.toBe(hash);
    expect(hashRecoveryCode(Buffer.alloc(32, 8), 'vera', '01AB-C0DE-1111')).not.toBe(hash);
  });
});
