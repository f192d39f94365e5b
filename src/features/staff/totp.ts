import { Secret, TOTP } from 'otpauth';

/*
 * One-time codes from an app (RFC 6238), with the parameters that every app supports: SHA-1, six digits, thirty
 * seconds.
 */

const ISSUER = 'Postbag';
const DIGITS = 6;
const PERIOD_S = 30;
// RFC 4226, section 4, R6: 160 bits.
const SECRET_BYTES = 20;
// One step in either direction, for clock differences (RFC 6238, section 5.2).
const WINDOW = 1;

const totpOf = (secret: string, label = ''): TOTP =>
  new TOTP({ issuer: ISSUER, label, secret: Secret.fromBase32(secret), digits: DIGITS, period: PERIOD_S });

/** Base32, as apps expect it. */
export const newTotpSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

/**
 * The content of the QR code.
 * @param account the name of the account that the app shows
 */
export const totpUri = (secret: string, account: string): string => totpOf(secret, account).toString();

/**
 * Finds the time step of a code, so that the step can be stored as used.
 *
 * @param code spaces are ignored
 * @param nowMs Unix time
 * @returns the time step (T in RFC 6238); null if the code is not valid now
 */
export function stepOfCode(secret: string, code: string, nowMs: number): number | null {
  const token = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const delta = totpOf(secret).validate({ token, timestamp: nowMs, window: WINDOW });
  return delta === null ? null : Math.floor(nowMs / 1000 / PERIOD_S) + delta;
}
