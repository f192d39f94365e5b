import { createHmac, randomBytes } from 'node:crypto';

/* Codes for the day the telephone is lost: each signs in once. */

export const RECOVERY_CODES = 10;
// Crockford's: no letter that could be read as a figure.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
// 140 bits: from 112 on a secret needs no slow hash (ASVS 6.5.2), from 128 on it counts as not to be guessed (11.5.1).
// Those of before had 12 characters, and are good until they are used or replaced.
const CHARS = 28;

/** Seven groups of four: `7Q2M-XW9D-01KT-…`. */
function newCode(): string {
  // 256 is a multiple of 32: every character is as likely.
  const text = Array.from(randomBytes(CHARS), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return text.match(/.{4}/g)!.join('-');
}

export const newRecoveryCodes = (): string[] => Array.from({ length: RECOVERY_CODES }, newCode);

/**
 * What is kept of a code. Keyed, so that the table alone gives nothing to try guesses on.
 *
 * @param key 32 bytes, from SECRET_KEY
 * @param account the code's owner: the same code of two people is kept as two different things
 * @param code as it was written down: case, spaces and dashes do not count, and O, I and L are what they look like
 */
export function hashRecoveryCode(key: Buffer, account: string, code: string): string {
  const plain = code
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  return createHmac('sha256', key).update(`${account}:${plain}`).digest('hex');
}
