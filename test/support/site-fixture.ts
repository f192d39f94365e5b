import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { Answer, RunningServer } from './caller.js';
import { readerToken } from './sites.js';

/* A publisher with one site and one story, created through the public API. */

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- bodies are not typed; the assertions check them
export type Json = any;

export interface SiteFixture {
  readonly site: string;
  readonly ssoSecret: string;
  readonly story: string;
  /** A reader's token; a new `sub` creates a reader. */
  token(sub: string, more?: { name?: string; tier?: string }): Promise<string>;
  /** Posts a comment on the story. @param more `language` is sent as `Accept-Language` */
  submit(
    sub: string,
    body: string,
    more?: { parentId?: string; token?: string; language?: string },
  ): Promise<SubmittedComment>;
  /** The comment as returned to its author. */
  readOwnComment(sub: string, id: string): Promise<Record<string, Json>>;
  /** Calls the API with the bootstrap key. */
  admin<T = Json>(method: string, path: string, body?: unknown): Promise<Answer<T>>;
}

export interface SubmittedComment {
  readonly id: string;
  readonly status: string;
  readonly revision: number;
}

/** @param policy merged into the new site's policy */
export async function createSiteFixture(
  app: Pick<RunningServer, 'call' | 'adminKey'>,
  policy: Record<string, unknown> = {},
): Promise<SiteFixture> {
  const admin: SiteFixture['admin'] = (method, path, body) =>
    app.call(method, `/api/v1${path}`, { token: app.adminKey, ...(body === undefined ? {} : { body }) });
  const made = await expectStatus(
    201,
    admin('POST', '/sites', { name: 'The Ledger', origins: ['http://localhost'] }),
  );
  const { id: site, ssoSecret } = made.body as { id: string; ssoSecret: string };
  if (Object.keys(policy).length > 0)
    await expectStatus(200, admin('PATCH', `/sites/${site}/policy`, policy));
  const story = `story-${randomBytes(4).toString('hex')}`;
  await admin('PUT', `/sites/${site}/stories/${story}`, { url: 'http://localhost/talks', title: 'Talks' });

  const token: SiteFixture['token'] = (sub, { name = `Reader ${sub}`, tier } = {}) =>
    readerToken(ssoSecret, { sub, name, aud: site, ...(tier === undefined ? {} : { tier }) });

  return {
    site,
    ssoSecret,
    story,
    token,
    admin,
    async submit(sub, body, { parentId, token: ownToken, language } = {}) {
      const answer = await expectStatus(
        202,
        app.call('POST', `/api/v1/sites/${site}/stories/${story}/comments`, {
          token: ownToken ?? (await token(sub)),
          ...(language === undefined ? {} : { headers: { 'accept-language': language } }),
          body: { body, ...(parentId === undefined ? {} : { parentId }) },
        }),
      );
      return answer.body as unknown as SubmittedComment;
    },
    async readOwnComment(sub, id) {
      return (await app.call('GET', `/api/v1/comments/${id}`, { token: await token(sub) })).body;
    },
  };
}

/** Returns all events of the publisher, in order. */
export async function listAllEvents({ site, admin }: Pick<SiteFixture, 'site' | 'admin'>): Promise<Json[]> {
  const events: Json[] = [];
  for (let after: string | null = ''; after !== null;) {
    const query: string = after && `&after=${encodeURIComponent(after)}`;
    const page: Answer<Json> = await expectStatus(
      200,
      admin('GET', `/sites/${site}/events?limit=100${query}`),
    );
    events.push(...page.body.items);
    after = page.body.items.length > 0 ? page.body.next : null;
  }
  return events;
}

/** @throws an error with the whole response if it has another status */
export async function expectStatus<T>(status: number, call: Promise<Answer<T>>): Promise<Answer<T>> {
  const answer = await call;
  if (answer.status !== status) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer;
}

/** Connects to the database directly, as its owner. It is safe to drop the database before the connection ends. */
export async function connectAsOwner(databaseUrl: string): Promise<OwnerConnection> {
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on('error', () => undefined);
  await client.connect();
  return {
    rows: async <T = Record<string, Json>>(sql: string, values: unknown[] = []) =>
      (await client.query(sql, values)).rows as T[],
    end: () => client.end().catch(() => undefined),
  };
}

export interface OwnerConnection {
  rows<T = Record<string, Json>>(sql: string, values?: unknown[]): Promise<T[]>;
  end(): Promise<void>;
}
