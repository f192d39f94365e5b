import { createHmac, randomBytes } from 'node:crypto';

/** Number of recovery codes of an account, for people who have lost their phone. Each code works once. */
export const RECOVERY_CODES = 10;
// Crockford's alphabet: it has no letters that could be read as digits.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
// 140 bits. From 112 bits on, a secret needs no slow hash (ASVS 6.5.2); from 128 bits on, it counts as unguessable
// (11.5.1). Older codes have 12 characters and stay valid until they are used or replaced.
const CHARS = 28;

/** Returns seven groups of four characters: `7Q2M-XW9D-01KT-…`. */
function newCode(): string {
  // 256 is a multiple of 32, so every character is equally likely.
  const text = Array.from(randomBytes(CHARS), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return text.match(/.{4}/g)!.join('-');
}

export const newRecoveryCodes = (): string[] => Array.from({ length: RECOVERY_CODES }, newCode);

/**
 * The stored form of a code. The hash is keyed, so the table alone does not allow guesses to be tested.
 *
 * @param key 32 bytes, from SECRET_KEY
 * @param account the code's owner; the same code has different hashes for different accounts
 * @param code as typed by the user: case, spaces and dashes are ignored, and O, I and L are read as the digits they
 *   resemble
 */
export function hashRecoveryCode(key: Buffer, account: string, code: string): string {
  const plain = code
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  return createHmac('sha256', key).update(`${account}:${plain}`).digest('hex');
}
