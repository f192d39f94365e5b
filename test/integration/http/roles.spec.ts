import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadApiDescription, type Operation } from '../../support/api-description.js';
import type { ModeratorSession } from '../../support/moderator-session.js';
import { validBodies } from '../../support/valid-bodies.js';
import { ROLE_TABLE, type RouteRole } from '../../support/role-table.js';
import { runningRoutes } from '../../support/running-routes.js';
import { bearer, fillPath, JSON_BODY, RefusalSweep, type Headers } from '../../support/refusal-sweep.js';

/*
 * Checks for every route of the server which roles may call it, see `test/support/role-table.ts`. Requests that should
 * be refused are valid, so that only the role can be the reason. Requests that should be allowed are sent in a way that
 * they have no effect.
 */

const ROLES = ['viewer', 'moderator', 'admin', 'owner'] as const;
const BY_ROLE = ['session', ...ROLES, 'admin everywhere', 'admin key'];

const api = await loadApiDescription();
const routeOf = ({ method, path }: Operation): string => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`;
type Role = (typeof ROLES)[number];
const baseRole = (need: RouteRole): string => need.replace(', confirmed', '');
/** The number of roles that are too low. */
const tooWeakFor = (need: RouteRole): number => {
  const at = ROLES.indexOf(baseRole(need) as Role);
  return at < 0 ? ROLES.length : at;
};
const guarded = api.operations.filter((operation) => {
  const need = ROLE_TABLE[routeOf(operation)];
  return need !== undefined && BY_ROLE.includes(baseRole(need));
});
const byRole = guarded.filter((operation) => ROLE_TABLE[routeOf(operation)] !== 'session');
const needOf = (operation: Operation): RouteRole => ROLE_TABLE[routeOf(operation)];
const each = (operations: readonly Operation[]): [string, Operation][] =>
  operations.map((operation) => [`${routeOf(operation)}: ${needOf(operation)}`, operation]);

let sweep: RefusalSweep;
const moderators = new Map<string, ModeratorSession>();
let otherSiteOwner: ModeratorSession;

beforeAll(async () => {
  sweep = await RefusalSweep.open();
  for (const role of ROLES) moderators.set(role, await sweep.moderator(`Our ${role}`, role));
  otherSiteOwner = await sweep.moderator('Their owner', 'owner', 'otherSite');
});
afterAll(() => sweep.close());

const asConsole = ({ cookie }: ModeratorSession): Headers => ({ cookie, 'x-postbag-console': '1' });

const json = ({ body }: Operation): Headers => (body === null ? {} : JSON_BODY);

/** Sends a valid request, which has an effect if it is allowed. */
const send = (operation: Operation, moderator: ModeratorSession) =>
  sweep.send(operation, {
    headers: { ...asConsole(moderator), ...json(operation) },
    ...(operation.body === null ? {} : { body: JSON.stringify(validBodies[operation.operationId]) }),
  });

const UNKNOWN_ID = '0190d5a0-0000-7000-8000-000000000009';

/**
 * Sends a request that has hardly any effect even if it is allowed: it names something that does not exist, or its body
 * has an unknown member.
 */
const sendWithoutEffect = (operation: Operation, moderator: ModeratorSession) => {
  const validParams = sweep.site.params(operation.path);
  const unknownParams = Object.fromEntries(Object.keys(validParams).map((name) => [name, UNKNOWN_ID]));
  return sweep.send(operation, {
    ...(operation.method === 'GET'
      ? {}
      : { path: fillPath(operation.path, { ...unknownParams, site: validParams['site'] }) }),
    headers: { ...asConsole(moderator), ...json(operation) },
    ...(operation.body === null ? {} : { body: '{"no-such-member": 1}' }),
  });
};

const codeOf = (text: string): unknown =>
  // An export is JSON Lines or CSV, not a problem.
  text.includes('}\n{') || !text.startsWith('{') ? undefined : (JSON.parse(text) as { code?: string }).code;

describe('the table of route permissions', () => {
  it('lists exactly the routes of the server', () => {
    expect(Object.keys(ROLE_TABLE).sort()).toEqual(runningRoutes(sweep.app.app).sort());
  });

  it('matches the OpenAPI document', () => {
    const wrong = [...api.operations, ...api.foreign].filter((operation) => {
      const schemes = new Set(operation.security.flatMap((scheme) => Object.keys(scheme)));
      const need = needOf(operation);
      if (need === 'anyone') return schemes.has('publisher') || schemes.has('moderator');
      if (need === 'reader') return !schemes.has('reader');
      if (need === 'scoring key') return !schemes.has('analyzerKey');
      return !schemes.has('moderator');
    });
    expect(wrong.map(routeOf)).toEqual([]);
  });
});

/** Problem codes if the role is insufficient. With the last two, it would be sufficient on one site. */
const CODES = new Set(['role-required', 'bound-to-sites', 'admin-required']);

describe('a role below the required one is refused by', () => {
  let before: Record<string, number>;
  beforeAll(async () => {
    before = await sweep.rowCounts();
  });
  afterAll(async () => expect(await sweep.rowCounts()).toEqual(before));

  it.each(each(byRole))('%s', async (_, operation) => {
    const tooWeak = ROLES.slice(0, tooWeakFor(needOf(operation)));
    const answers = [];
    for (const role of tooWeak) {
      const { status, text } = await send(operation, moderators.get(role)!);
      answers.push([role, status, CODES.has(String(codeOf(text)))]);
    }
    expect(answers).toEqual(tooWeak.map((role) => [role, 403, true]));
  });
});

describe('the required role and those above it are accepted by', () => {
  // A request to delete a site cannot be made harmless, and a stream does not end until it is closed.
  const UNTESTABLE = ['sitesRemove', 'queueEventsWatch'];
  it.each(each(byRole.filter(({ operationId }) => !UNTESTABLE.includes(operationId))))(
    '%s',
    async (_, operation) => {
      const refused = [];
      for (const role of ROLES.slice(tooWeakFor(needOf(operation)))) {
        const { status, text, headers } = await sendWithoutEffect(operation, moderators.get(role)!);
        if (status === 401 || status === 403 || status >= 500) refused.push([role, status, text]);
        // Responses to staff must not be cached by proxies or shown in a frame.
        expect(headers['cache-control']).toMatch(/no-store/);
        expect([headers['x-content-type-options'], headers['referrer-policy']]).toEqual([
          'nosniff',
          'no-referrer',
        ]);
        expect(headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'");
      }
      expect(refused).toEqual([]);
    },
  );
});

describe('an owner of another site cannot reach this site through', () => {
  let before: Record<string, number>;
  beforeAll(async () => {
    before = await sweep.rowCounts();
  });
  afterAll(async () => expect(await sweep.rowCounts()).toEqual(before));

  const ofOneSite = byRole.filter(
    ({ path, operationId }) => path.includes('{') && operationId !== 'keysRevoke',
  );
  it.each(each(ofOneSite))('%s', async (_, operation) => {
    expect((await send(operation, otherSiteOwner)).status).toBe(404);
  });
});

describe('signed-out callers and requests from other pages are refused by', () => {
  it.each(each(guarded))('%s', async (_, operation) => {
    const body = operation.body === null ? {} : { body: JSON.stringify(validBodies[operation.operationId]) };
    const headers = { ...json(operation), 'x-postbag-console': '1' };
    const signedOut = await sweep.send(operation, { headers, ...body });
    expect(signedOut.status).toBe(401);
    if (operation.method === 'GET') return;
    const { cookie } = moderators.get('owner')!;
    const forged = await sweep.send(operation, { headers: { ...json(operation), cookie }, ...body });
    expect([forged.status, codeOf(forged.text)]).toEqual([403, 'csrf']);
  });
});

/** The scope that a key needs for routes of this role; null if no key may call them. */
const scopeOf = (need: RouteRole): 'moderation' | 'publisher' | null => {
  if (baseRole(need) === 'viewer' || baseRole(need) === 'moderator') return 'moderation';
  return /^(admin|owner)/.test(need) && need !== 'admin key' ? 'publisher' : null;
};
const withBearer = (operation: Operation, token: string, isInvalid = false) => {
  const body = isInvalid ? '{"no-such-member": 1}' : JSON.stringify(validBodies[operation.operationId]);
  return sweep.send(operation, {
    headers: { ...bearer(token), ...json(operation), 'x-postbag-console': '1' },
    ...(operation.body === null ? {} : { body }),
  });
};

describe('an API key is accepted only by the routes of its scopes, on its sites', () => {
  const keys = new Map<string, string>();
  let before: Record<string, number>;
  beforeAll(async () => {
    for (const scope of ['publisher', 'moderation', 'score']) keys.set(scope, await sweep.key([scope]));
    keys.set('elsewhere', await sweep.key(['publisher', 'moderation'], 'otherSite'));
    before = await sweep.rowCounts();
  });
  afterAll(async () => expect(await sweep.rowCounts()).toEqual(before));

  it.each(each(guarded))('%s', async (_, operation) => {
    const requiredScope = scopeOf(needOf(operation));
    const others = ['publisher', 'moderation', 'score'].filter((scope) => scope !== requiredScope);
    for (const scope of others) {
      const { status } = await withBearer(operation, keys.get(scope)!);
      // Routes for the console accept no keys.
      expect([scope, status]).toEqual([scope, needOf(operation) === 'session' ? 401 : 403]);
    }
    if (requiredScope === null) return;
    const isOfOneSite = operation.path.includes('{') && operation.operationId !== 'keysRevoke';
    if (isOfOneSite) expect((await withBearer(operation, keys.get('elsewhere')!)).status).toBe(404);
    // A request with a body is refused because of the body, and a read has no effect. Other requests are skipped.
    if (operation.body === null && operation.method !== 'GET') return;
    if (operation.operationId === 'queueEventsWatch') return;
    const { status, text } = await withBearer(operation, keys.get(requiredScope)!, true);
    const isBound = codeOf(text || '{}') === 'bound-to-sites';
    expect([status === 401 || (status === 403 && !isBound), status < 500]).toEqual([false, true]);
  });
});

describe('a reader’s token is refused by console routes, and a console session by reader routes', () => {
  it.each(each(guarded))('%s', async (_, operation) => {
    expect((await withBearer(operation, sweep.site.token)).status).toBe(401);
  });

  const ofReaders = api.operations.filter((operation) => needOf(operation) === 'reader');
  it.each(each(ofReaders))('%s', async (_, operation) => {
    const moderator = moderators.get('owner')!;
    expect((await send(operation, moderator)).status).toBe(401);
    expect((await withBearer(operation, sweep.site.key)).status).toBe(401);
  });
});

describe('an idle session must be confirmed only for routes that require confirmation', () => {
  let idleOwner: ModeratorSession;
  beforeAll(async () => {
    idleOwner = await sweep.moderator('Idle owner', 'owner');
    await sweep.expireConfirmation(idleOwner);
  });

  it.each(each(byRole))('%s', async (_, operation) => {
    if (operation.operationId === 'queueEventsWatch') return;
    const need = needOf(operation);
    const requiresConfirmation = need.endsWith('confirmed');
    // Send a valid request only if it will be refused.
    const { text } = await (requiresConfirmation
      ? send(operation, idleOwner)
      : sendWithoutEffect(operation, idleOwner));
    expect(text !== '' && codeOf(text) === 'confirm-required').toBe(requiresConfirmation);
  });
});

/*
 * A reader wrote in two sections. A moderator of one of them calls every route that their role may call, with paths and
 * bodies that name resources of the other section. No response may contain anything from the other section.
 */
describe('a role limited to sections sees nothing of other sections', () => {
  const TABLES_WITHOUT_SECTIONS = `attempt audit_chain audit_entry author_email_opt_out billing_integration billing_message billing_webhook_log
    calibration coral_phase decision_hour delivery entitlement entitlement_ending
    entitlement_import entitlement_import_row entitlement_ledger_entry entitlement_lookup erased_reader
    event_counter external_id external_scorer external_scorer_day human_decision_hour ignored_author
    import_cancellation import_chunk import_comment import_fault import_lane import_reader import_record mail
    moderator_role notification_settings organisation picks_model picks_model_training policy_override policy_replay policy_shadow policy_version
    portfolio portfolio_topic reader reader_deletion reader_email reader_fact reader_message reader_note
    reader_sanction reader_search_word refusal roll_up same_person sample_draw sample_review sampling
    sanction_tombstone saved_queue site site_import site_model site_model_training suggested_score team_rule tier
    topic waiting_hour webhook_endpoint`;
  const OTHER_SECTION = 'Sport';
  const TITLE = 'Nil all at the harbour';
  const BODY = 'The goalkeeper stood still all evening.';
  let limited: ModeratorSession;
  let hidden: string[];
  let ownComment: string;
  let before: Record<string, number>;

  beforeAll(async () => {
    const { conversation } = sweep.site;
    await conversation.setStory({ section: OTHER_SECTION, title: TITLE });
    const zoe = await conversation.token('zoe');
    for (const to of ['held', 'rejected', 'published'] as const) {
      const { body: comment } = await conversation.post(zoe, `${BODY} ${to}`);
      await conversation.move(comment.id, 'pending', to);
      if (to === 'published')
        await conversation.comment('POST', comment.id, {
          path: '/flags',
          token: sweep.site.token,
          body: { reason: 'spam' },
        });
      if (to === 'rejected')
        await conversation.comment('POST', comment.id, {
          path: '/appeal',
          token: zoe,
          body: { text: `${BODY} Truly.` },
        });
    }
    await conversation.setStory({ section: 'Politics', title: 'A vote' }, 'about-a-vote');
    const posted = await sweep.app.call<{ id: string }>(
      'POST',
      `/api/v1/sites/${conversation.siteId}/stories/about-a-vote/comments`,
      { token: sweep.site.token, body: { body: 'They should vote again.' } },
    );
    ownComment = posted.body.id;
    await conversation.move(ownComment, 'pending', 'held');
    limited = await sweep.moderator('Of politics', 'moderator', 'site', ['Politics']);
    hidden = [TITLE, BODY];
    for (const table of ['story', 'comment', 'revision', 'decision', 'flag', 'appeal', 'event', 'bulk_item'])
      for (const row of await sweep.rows<{ id: string }>(idsElsewhere(table), [
        conversation.siteId,
        'Politics',
      ]))
        hidden.push(row.id);
    before = await sweep.rowCounts();
  });

  const idsElsewhere = (table: string): string => {
    const elsewhere = `SELECT s.id FROM story s WHERE s.site_id = $1 AND s.section IS DISTINCT FROM $2`;
    if (table === 'story') return elsewhere;
    if (table === 'comment')
      return `SELECT id FROM comment WHERE site_id = $1 AND story_id IN (${elsewhere})`;
    return `SELECT ${table === 'bulk_item' ? 'bulk_id AS id' : 'id'} FROM ${table}
      WHERE site_id = $1 AND comment_id IN (${idsElsewhere('comment')})`;
  };

  /** Returns a valid body that names a resource of the other section. */
  const aboutHidden = ({ operationId }: Operation): string => {
    const comment = sweep.site.params('/moderation/comments/{id}')['id'];
    const replaced: Record<string, string> = { commentId: comment, site: sweep.site.conversation.siteId };
    return JSON.stringify(validBodies[operationId], (name, value: unknown) => replaced[name] ?? value);
  };

  const SINGLE_ITEM_PATH =
    /^\/api\/v1\/moderation\/(comments|decisions|stories|bulk-decisions|brigades|notices)\/\{id\}/;

  it.each(each(byRole.filter(({ operationId }) => operationId !== 'queueEventsWatch')))(
    '%s',
    async (_, operation) => {
      const { status, text } = await sweep.send(operation, {
        headers: { ...asConsole(limited), ...json(operation) },
        ...(operation.body === null ? {} : { body: aboutHidden(operation) }),
      });
      expect(hidden.filter((each) => text.includes(each))).toEqual(
        // An error may repeat the requested ID.
        operation.operationId === 'moderationDecide' ? [sweep.site.params('/comments/{id}')['id']] : [],
      );
      expect(status).toBeLessThan(500);
      if (SINGLE_ITEM_PATH.test(operation.path))
        expect([operation.path, status]).toEqual([operation.path, 404]);
      if (operation.operationId === 'moderationDecide') expect(text).toContain('"status":404');
      if (operation.operationId === 'bulkDecisionsDecide') expect(status).toBe(409);
    },
  );

  it('sees its own sections, and changed nothing in the others', async () => {
    const site = `site=${sweep.site.conversation.siteId}`;
    for (const path of [
      `queue?${site}`,
      `search?${site}`,
      `search?${site}&q=vote`,
      `comments/${ownComment}`,
    ]) {
      const { status, body } = await limited.call('GET', `/moderation/${path}`);
      expect([path, status, JSON.stringify(body).includes(ownComment)]).toEqual([path, 200, true]);
    }
    const after = await sweep.rowCounts();
    // Only data about the reader and about the moderator may have been written.
    const WRITABLE_TABLES = [
      'idempotency_record',
      'reader_note',
      'reader_message',
      'saved_queue',
      'reader_sanction',
      'outbox',
    ];
    const changed = Object.keys(after).filter(
      (name) => after[name] !== before[name] && !WRITABLE_TABLES.includes(name),
    );
    expect(changed).toEqual([]);
  });

  it('leaves the query plans of unlimited roles unchanged', async () => {
    const planOf = async (role: string): Promise<string> => {
      await sweep.rows(`SET ROLE ${role}`);
      const lines = await sweep.rows<{ 'QUERY PLAN': string }>(
        'EXPLAIN SELECT e.comment_id, v.body FROM queue_entry e JOIN revision v USING (site_id, comment_id)',
      );
      await sweep.rows('RESET ROLE');
      return lines.map((line) => line['QUERY PLAN']).join('\n');
    };
    expect(await planOf('postbag_app')).not.toMatch(/story|SubPlan/);
    expect(await planOf('postbag_sections')).toMatch(/ on story [^]*section = ANY/);
  });

  it('is enforced on every table that references a story, a comment or a text', async () => {
    const rows = await sweep.rows<{ name: string; limited: boolean; names: string }>(`
      SELECT c.relname AS name, EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'section_limit') AS limited,
        (SELECT string_agg(a.attname, ',') FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0
           AND a.attname ~ '^(story|comment|revision|decision|parent|root)(_id)?$') AS names
      FROM pg_class c WHERE c.relkind = 'r' AND c.relrowsecurity ORDER BY c.relname`);
    const unlimited = rows.filter((row) => !row.limited);
    expect(unlimited.filter(({ names }) => names !== null)).toEqual([]);
    // Tables about the whole site, readers or the team. A new table must get a policy or be added to this list.
    expect(unlimited.map(({ name }) => name)).toEqual(TABLES_WITHOUT_SECTIONS.split(/\s+/));
  });
});
