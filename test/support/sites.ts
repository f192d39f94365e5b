import { SignJWT, type JWTPayload } from 'jose';
import type { Answer, RunningServer } from './caller.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- bodies are not typed; the assertions check them
export type Body = any;

/** A site created through the API for a spec, with everything its publisher knows. */
export interface TestSite {
  readonly id: string;
  readonly ssoSecret: string;
  /** Calls the API as the admin, below `/api/v1/sites/:site`: `publisher('PUT', '/tiers', […])`. */
  publisher<T = Body>(method: string, path: string, body?: unknown): Promise<Answer<T>>;
  /**
   * Signs a reader token, as a publisher does. Unless the claims say otherwise, `iat` is now and `exp` is in an hour.
   */
  token(sub: string, claims?: JWTPayload): Promise<string>;
  /** Calls the API below `/api/v1` as a reader, or signed out if the token is null. */
  reader<T = Body>(token: string | null, method: string, path: string, body?: unknown): Promise<Answer<T>>;
}

export interface SiteOptions {
  readonly name?: string;
  readonly origins?: readonly string[];
  readonly tiers?: readonly { key: string; name: string; rank: number; upgradeUrl?: string }[];
  readonly policy?: Record<string, unknown>;
  readonly signInUrl?: string;
}

const INSIDERS = [
  { key: 'insider', name: 'Insider', rank: 20, upgradeUrl: 'https://news.example/insider' },
  { key: 'insider-gold', name: 'Insider Gold', rank: 30, upgradeUrl: 'https://news.example/gold' },
];

async function expectOk<T>(call: Promise<Answer<T>>): Promise<T> {
  const { status, body } = await call;
  if (status >= 300) throw new Error(`answered ${status}: ${JSON.stringify(body)}`);
  return body;
}

/** Creates a site. By default it has the tiers Insider and Insider Gold, and a policy that requires neither. */
export async function createSite(
  app: Pick<RunningServer, 'adminKey' | 'call'>,
  {
    name = 'The Example Ledger',
    origins = ['https://news.example'],
    tiers = INSIDERS,
    policy,
    signInUrl,
  }: SiteOptions = {},
): Promise<TestSite> {
  const admin = <T>(method: string, path: string, body?: unknown) =>
    app.call<T>(method, `/api/v1${path}`, { token: app.adminKey, body });
  const { id, ssoSecret } = await expectOk(
    admin<{ id: string; ssoSecret: string }>('POST', '/sites', {
      name,
      origins,
      ...(signInUrl ? { signInUrl } : {}),
    }),
  );
  if (tiers.length > 0) await expectOk(admin('PUT', `/sites/${id}/tiers`, tiers));
  if (policy) await expectOk(admin('PATCH', `/sites/${id}/policy`, policy));
  return {
    id,
    ssoSecret,
    publisher: (method, path, body) => admin(method, `/sites/${id}${path}`, body),
    token: (sub, claims = {}) => readerToken(ssoSecret, { sub, name: sub, aud: id, ...claims }),
    reader: (token, method, path, body) =>
      app.call(method, `/api/v1${path}`, { body, ...(token === null ? {} : { token }) }),
  };
}

/** Signs with HS256 and a site's SSO secret. Unless the claims say otherwise, `iat` is now and `exp` is in an hour. */
export function readerToken(ssoSecret: string, claims: JWTPayload): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ iat: now, exp: now + 3600, ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(ssoSecret));
}
