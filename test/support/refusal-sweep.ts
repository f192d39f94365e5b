import { startApp, type TestApp } from './app.js';
import type { Operation } from './api-description.js';
import { signInModerator, type ModeratorSession } from './moderator-session.js';
import { connectAsOwner, type OwnerConnection } from './site-fixture.js';
import { freshDatabase } from './postgres.js';
import { rawCaller, type RawAnswer } from './raw-http.js';
import { createCompleteSite, type CompleteSite } from './complete-site.js';

export type Headers = Record<string, string>;

export const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` });
export const JSON_BODY = { 'content-type': 'application/json' };
export const acceptsAuth = ({ security }: Operation, scheme: string): boolean =>
  security.some((each) => scheme in each);

export const fillPath = (path: string, params: Record<string, string>): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => params[name]);

/** A request that must get a 4xx response. */
export interface RefusalCase {
  /** What is wrong, for the error message. */
  what: string;
  /** The operation's path by default. */
  path?: string;
  headers?: Headers;
  body?: string | Buffer;
  /** Whether the response is as expected; by default, any 4xx response is. */
  expect?: (answer: RawAnswer) => boolean;
}

const MEMBERS = ['type', 'title', 'status', 'detail', 'code', 'requestId'];

/** @returns what is wrong with an error response, or null if it is a complete problem+json response */
function faultOf({ status, headers, text }: RawAnswer): string | null {
  if (status < 400 || status >= 500) return `answered ${status}`;
  if (!String(headers['content-type']).startsWith('application/problem+json'))
    return `is ${String(headers['content-type'])}`;
  const problem = JSON.parse(text) as Record<string, unknown>;
  const missing = MEMBERS.filter((name) => !(name in problem));
  if (missing.length > 0) return `lacks ${missing.join()}`;
  if (problem['status'] !== status) return `says ${String(problem['status'])} in a ${status}`;
  if (problem['requestId'] !== headers['x-request-id']) return 'has another request id than its header';
  if (status === 400 && !Array.isArray(problem['errors'])) return 'has no list of errors';
  return null;
}

export const status =
  (...expected: number[]) =>
  (answer: RawAnswer): boolean =>
    expected.includes(answer.status);

/** Matches a 400 that points to the invalid part or to one of its parents. */
export const pointsTo =
  (pointer: string) =>
  (answer: RawAnswer): boolean => {
    if (answer.status !== 400) return false;
    const { code, errors = [] } = JSON.parse(answer.text) as { code: string; errors?: { pointer: string }[] };
    // The JSON parser rejects such a body as a whole, because the member would change the prototype.
    if (pointer.endsWith('/__proto__')) return code === 'malformed';
    return errors.some((error) => error.pointer.startsWith(pointer) || pointer.startsWith(error.pointer));
  };

/** A server without jobs and with two sites, to send invalid requests to. It counts all rows to detect changes. */
export class RefusalSweep {
  private constructor(
    readonly app: TestApp,
    readonly site: CompleteSite,
    readonly otherSite: CompleteSite,
    /** A signed-in owner of `site`. */
    readonly moderatorSession: ModeratorSession,
    private readonly owner: OwnerConnection,
    private readonly raw: ReturnType<typeof rawCaller>,
    private readonly drop: () => Promise<void>,
  ) {}

  static async open(): Promise<RefusalSweep> {
    const database = await freshDatabase();
    // Jobs would change the row counts. Limits have their own specs.
    const app = await startApp({ databaseUrl: database.url, settings: { role: 'api', limits: false } });
    const owner = await connectAsOwner(database.url);
    const site = await createCompleteSite(app, 'anna');
    const otherSite = await createCompleteSite(app, 'ben');
    const moderatorSession = await signInModerator(app, owner, 'Mo', site.conversation.siteId, 'owner');
    return new RefusalSweep(app, site, otherSite, moderatorSession, owner, rawCaller(app.url), () =>
      database.drop(),
    );
  }

  /** Signs in another moderator, with a role on one of the sites, for all of it or for some sections. */
  moderator(
    name: string,
    role: string,
    where: 'site' | 'otherSite' = 'site',
    sections: readonly string[] | null = null,
  ): Promise<ModeratorSession> {
    return signInModerator(this.app, this.owner, name, this[where].conversation.siteId, role, sections);
  }

  /** Queries the database directly. */
  rows<T>(sql: string, values: unknown[] = []): Promise<T[]> {
    return this.owner.rows<T>(sql, values);
  }

  /** Creates a key for one of the sites with these scopes. */
  async key(scopes: readonly string[], where: 'site' | 'otherSite' = 'site'): Promise<string> {
    const { body } = await this.app.call<{ key: string }>('POST', '/api/v1/keys', {
      token: this.app.adminKey,
      body: { name: scopes.join(), scopes, sites: [this[where].conversation.siteId] },
    });
    return body.key;
  }

  /** Makes the session's last confirmation too old. */
  async expireConfirmation(moderatorSession: ModeratorSession): Promise<void> {
    await this.owner.rows(
      `UPDATE moderator_session SET confirmed_at = now() - interval '11 minutes' WHERE moderator_id = $1`,
      [moderatorSession.id],
    );
  }

  async close(): Promise<void> {
    this.raw.close();
    await this.owner.end();
    await this.app.close();
    await this.drop();
  }

  /** Returns valid headers for each way to authenticate that the route supports. */
  authHeadersFor(operation: Operation): Headers[] {
    const console = { cookie: this.moderatorSession.cookie, 'x-postbag-console': '1' };
    if (acceptsAuth(operation, 'publisher')) {
      const isOfOneSite = operation.path.includes('{site}') || operation.path.includes('/moderation/');
      return [bearer(isOfOneSite ? this.site.key : this.app.adminKey), console];
    }
    if (acceptsAuth(operation, 'reader')) return [bearer(this.site.token)];
    return [operation.path.startsWith('/api/v1/console') ? console : {}];
  }

  address({ path }: Operation): string {
    return fillPath(path, this.site.params(path));
  }

  async send(
    operation: Operation,
    { path, headers = {}, body }: Omit<RefusalCase, 'what' | 'expect'>,
  ): Promise<RawAnswer> {
    const answer = await this.raw.send({
      method: operation.method,
      path: path ?? this.address(operation),
      headers,
      ...(body === undefined ? {} : { body }),
    });
    // A session gets a new token when its rights change.
    if (headers['cookie'] === this.moderatorSession.cookie)
      this.moderatorSession.storeCookies([answer.headers['set-cookie'] ?? []].flat());
    return answer;
  }

  /** Sends the requests one after the other. @returns a line for each unexpected response */
  async findViolations(operation: Operation, cases: readonly RefusalCase[]): Promise<string[]> {
    const found: string[] = [];
    for (const { what, expect: isExpected, ...refusalCase } of cases) {
      const answer = await this.send(operation, refusalCase);
      const fault = answer.status < 400 && isExpected ? null : faultOf(answer);
      if (fault === null && (isExpected?.(answer) ?? true)) continue;
      found.push(`${what}: ${fault ?? ''} ${answer.status} ${answer.text.slice(0, 300)}`);
    }
    return found;
  }

  /** Asserts that all responses are as expected and that nothing was stored. */
  async expectRefusals(operation: Operation, cases: readonly RefusalCase[]): Promise<void> {
    const before = await this.rowCounts();
    expect(await this.findViolations(operation, cases)).toEqual([]);
    expect(await this.rowCounts()).toEqual(before);
  }

  async rowCounts(): Promise<Record<string, number>> {
    const tables = await this.owner.rows<{ name: string }>(
      `SELECT relname AS name FROM pg_class
       WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
         -- Rejected requests are logged in these tables, and reading the audit log is itself logged.
         AND relname NOT IN ('billing_webhook_log', 'refusal', 'audit_entry') ORDER BY relname`,
    );
    const [counts] = await this.owner.rows<Record<string, string>>(
      `SELECT ${tables.map(({ name }) => `(SELECT count(*) FROM "${name}") AS "${name}"`).join()}`,
    );
    return Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, Number(count)]));
  }
}
