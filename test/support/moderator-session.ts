import { newToken, hashToken } from '../../src/features/staff/session-token.js';
import { newId } from '../../src/platform/ids.js';
import type { Answer, RunningServer } from './caller.js';
import { expectStatus, type OwnerConnection } from './site-fixture.js';

/** A moderator who is signed in to the console. */
export interface ModeratorSession {
  readonly id: string;
  readonly name: string;
  /** Value of the Cookie header after the last response. */
  readonly cookie: string;
  /** Stores the cookies that a response sets. Unlike a browser, it ignores deletions, so that tests can send a deleted cookie. */
  storeCookies(setCookies: readonly string[]): void;
  /** Calls the API with the cookie and the header that the console sends. */
  call<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<T>>;
}

/** Creates an account with a role on one site (null: on every site) and signs in through a one-time link. */
export async function signInModerator(
  app: Pick<RunningServer, 'call'>,
  db: OwnerConnection,
  name: string,
  site: string | null,
  role = 'moderator',
  sections: readonly string[] | null = null,
): Promise<ModeratorSession> {
  const id = newId<'moderator'>();
  await db.rows(`INSERT INTO moderator (id, name, role_everywhere, created_at) VALUES ($1, $2, $3, now())`, [
    id,
    name,
    site === null ? role : null,
  ]);
  if (site !== null) {
    await db.rows(
      `INSERT INTO moderator_role (site_id, moderator_id, role, sections) VALUES ($1, $2, $3, $4)`,
      [site, id, role, sections],
    );
  }
  const link = newToken();
  await db.rows(
    `INSERT INTO sign_in_link (token_hash, moderator_id, expires_at) VALUES ($1, $2, now() + interval '1 day')`,
    [hashToken(link), id],
  );
  const session = await signIn(app, { link });
  return {
    id,
    name,
    get cookie() {
      return session.cookie;
    },
    storeCookies: session.storeCookies,
    call: session.call,
  };
}

/** @throws if the sign-in fails */
export async function signIn(
  app: Pick<RunningServer, 'call'>,
  body: Record<string, unknown>,
): Promise<Omit<ModeratorSession, 'id' | 'name'>> {
  const answer = await expectStatus(
    201,
    app.call('POST', '/api/v1/console/session', { headers: { 'x-postbag-console': '1' }, body }),
  );
  const cookies = new Map<string, string>();
  // A cookie that a response deletes is still sent, to test that it is no longer accepted.
  const storeCookies = (setCookies: readonly string[]) => {
    for (const each of setCookies) {
      const [name = '', value = ''] = each.split(';')[0].split('=');
      if (value !== '') cookies.set(name, value);
    }
  };
  storeCookies(answer.headers.getSetCookie());
  const cookieHeader = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  return {
    get cookie() {
      return cookieHeader();
    },
    storeCookies,
    async call<T>(method: string, path: string, requestBody?: unknown, headers: Record<string, string> = {}) {
      const response = await app.call<T>(method, `/api/v1${path}`, {
        headers: { cookie: cookieHeader(), 'x-postbag-console': '1', ...headers },
        ...(requestBody === undefined ? {} : { body: requestBody }),
      });
      storeCookies(response.headers.getSetCookie());
      return response;
    },
  };
}
