import { SignJWT } from 'jose';
import type { DemoReader } from './people.js';

/** The widget requests a new token when this one expires. */
const LIFETIME_SECONDS = 600;

/**
 * Mints the signed token that identifies a reader, as the publisher's own server would (HS256, docs/entitlements.md).
 */
export function mintToken(
  ssoSecret: string,
  siteId: string,
  { key, name, tier }: DemoReader,
): Promise<string> {
  return new SignJWT({ name, ...(tier === null ? {} : { tier }) })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(key)
    .setAudience(siteId)
    .setIssuedAt()
    .setExpirationTime(`${LIFETIME_SECONDS}s`)
    .sign(new TextEncoder().encode(ssoSecret));
}
