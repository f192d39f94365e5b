import { newToken, hashToken } from '../../src/features/moderators/session-token.js';
import { newId } from '../../src/platform/ids.js';
import type { Answer, Served } from './caller.js';
import { expectStatus, type Owner } from './newsroom.js';

/** A moderator who is signed in to the console. */
export interface Desk {
  readonly id: string;
  readonly name: string;
  /** For the Cookie header. */
  readonly cookie: string;
  /** As the console calls: with its cookie and its header. */
  call<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<T>>;
}

/** Makes an account with a role on one site (null: on every site), and signs in by a one-time link. */
export async function aModerator(
  app: Pick<Served, 'call'>,
  db: Owner,
  name: string,
  site: string | null,
  role = 'moderator',
): Promise<Desk> {
  const id = newId<'moderator'>();
  await db.rows(`INSERT INTO moderator (id, name, role_everywhere, created_at) VALUES ($1, $2, $3, now())`, [
    id,
    name,
    site === null ? role : null,
  ]);
  if (site !== null) {
    await db.rows(`INSERT INTO moderator_role (site_id, moderator_id, role) VALUES ($1, $2, $3)`, [
      site,
      id,
      role,
    ]);
  }
  const link = newToken();
  await db.rows(
    `INSERT INTO sign_in_link (token_hash, moderator_id, expires_at) VALUES ($1, $2, now() + interval '1 day')`,
    [hashToken(link), id],
  );
  return { id, name, ...(await signIn(app, { link })) };
}

/** @throws when the sign-in is refused */
export async function signIn(
  app: Pick<Served, 'call'>,
  body: Record<string, unknown>,
): Promise<Pick<Desk, 'cookie' | 'call'>> {
  const answer = await expectStatus(
    201,
    app.call('POST', '/api/v1/console/session', { headers: { 'x-postbag-console': '1' }, body }),
  );
  const cookie = answer.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  return {
    cookie,
    call: (method, path, sent, headers = {}) =>
      app.call(method, `/api/v1${path}`, {
        headers: { cookie, 'x-postbag-console': '1', ...headers },
        ...(sent === undefined ? {} : { body: sent }),
      }),
  };
}
