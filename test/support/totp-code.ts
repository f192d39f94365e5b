import { Secret, TOTP } from 'otpauth';

/** The app on somebody's telephone. @param secret base32 @param atMs Unix time */
export const totpCodeOf = (secret: string, atMs = Date.now()): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: atMs });
