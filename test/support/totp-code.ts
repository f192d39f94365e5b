import { Secret, TOTP } from 'otpauth';

/** The code that an authenticator app would show. @param secret base32 @param atMs Unix time */
export const totpCodeOf = (secret: string, atMs = Date.now()): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: atMs });
