import { SignJWT } from 'jose';
import type { DemoReader } from './people.js';

/** Short-lived; the widget asks for a new one when it ends. */
const LIFETIME_SECONDS = 600;

/** The signed statement of who a reader is, as the publisher's own sign-in would make it (HS256, contract section 4). */
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
