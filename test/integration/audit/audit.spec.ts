import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verifyAudit } from '../../../src/cli/verify-audit.js';
import { hashOfEntry, NO_ENTRY } from '../../../src/features/audit/audit-chain.js';
import type { CommandOutcome } from '../../../src/cli/command.js';
import type { OpenRuntime } from '../../../src/runtime.js';
import { startApp, type TestApp } from '../../support/app.js';
import { packCoral } from '../../support/coral-export.js';
import { signInModerator, type ModeratorSession } from '../../support/moderator-session.js';
import {
  createSiteFixture,
  expectStatus,
  connectAsOwner,
  type Json,
  type SiteFixture,
  type OwnerConnection,
} from '../../support/site-fixture.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { until } from '../../support/processes.js';

let database: FreshDatabase;
let app: TestApp;
let db: OwnerConnection;
let fixture: SiteFixture;
let owner: ModeratorSession;

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { limits: false } });
  db = await connectAsOwner(database.url);
  fixture = await createSiteFixture(app, { moderation: { mode: 'hold-all' } });
  owner = await signInModerator(app, db, "Olga O'Neill", fixture.site, 'owner');
});
afterAll(async () => {
  await db?.end();
  await app?.close();
  await database?.drop();
});

const submitHeld = async (sub: string, text = 'Something to read.'): Promise<string> => {
  const { id } = await fixture.submit(sub, text);
  await until(async () => (await fixture.readOwnComment(sub, id))['status'] === 'held');
  return id;
};

const listEntries = async (query = ''): Promise<Json[]> =>
  (await owner.call<Json>('GET', `/sites/${fixture.site}/audit?limit=100${query}`)).body.items;

const verifyByCommand = () =>
  verifyAudit.run({ runtime: { databaseUrl: database.url } } as OpenRuntime, []) as Promise<CommandOutcome>;

describe('the audit log', () => {
  it('records a decision with its actor, its reason and its policy', async () => {
    const id = await submitHeld('ann');
    const decisions = [{ commentId: id, revision: 1, action: 'reject', reason: 'abuse', note: 'Again.' }];
    const { body } = await owner.call<Json>('POST', '/moderation/decisions', { decisions });
    const [entry] = await listEntries('&action=comment.reject');
    expect(entry).toMatchObject({
      action: 'comment.reject',
      actor: { kind: 'moderator', id: owner.id, name: owner.name },
      subject: { kind: 'comment', id },
      reason: 'abuse',
      policyVersion: 2,
      details: {
        decision: body.results[0].decisionId,
        from: 'held',
        to: 'rejected',
        revision: 1,
        said: expect.stringContaining('attacks a person'),
      },
    });
    expect(typeof entry.actor.request).toBe('string');
    // Notes are about a person and may have to be erased, so the audit log, which cannot be changed, omits them.
    expect(JSON.stringify(entry)).not.toContain('Again.');
  });

  it('records actions on readers, the team, settings and API keys', async () => {
    const reader = (await fixture.readOwnComment('ann', await submitHeld('ann')))['author'].id;
    await expectStatus(
      200,
      owner.call('POST', `/moderation/readers/${reader}/standing`, {
        standing: 'warned',
        reason: 'Be kind.',
      }),
    );
    await expectStatus(
      201,
      owner.call('POST', `/sites/${fixture.site}/moderators`, { name: 'Ida', role: 'viewer' }),
    );
    await expectStatus(
      200,
      owner.call('PUT', `/sites/${fixture.site}/tiers`, [{ key: 'gold', name: 'Gold', rank: 1 }]),
    );
    const made = await owner.call<Json>('POST', `/sites/${fixture.site}/webhooks`, {
      url: 'http://127.0.0.1:9/',
      events: ['*'],
    });
    await expectStatus(200, owner.call('POST', `/sites/${fixture.site}/webhooks/${made.body.id}/rotate`));
    const entries = await listEntries();
    const entryWith = (action: string) => entries.find((entry) => entry.action === action);
    expect(entryWith('reader.standing')).toMatchObject({
      reason: 'Be kind.',
      details: { standing: 'warned' },
    });
    expect(entryWith('role.made')).toMatchObject({ actor: { id: owner.id }, details: { role: 'viewer' } });
    expect(entryWith('sign-in-link.made')).toMatchObject({ actor: { id: owner.id } });
    expect(entryWith('tiers.replaced')).toMatchObject({ details: { tiers: [{ key: 'gold' }] } });
    expect(entryWith('webhook.made')).toMatchObject({ subject: { id: made.body.id } });
    expect(entryWith('webhook.changed')).toMatchObject({ details: { secrets: 'replaced' } });
    expect(JSON.stringify(entries)).not.toContain('whsec_');

    const response = await expectStatus(
      202,
      owner.call<Json>('POST', `/sites/${fixture.site}/sampling/draws`),
    );
    expect((await listEntries('&action=sample-draw.made'))[0]).toMatchObject({
      actor: { id: owner.id },
      subject: { id: response.body.id },
    });

    await fixture.admin('POST', '/keys', { name: 'a key', scopes: ['score'] });
    const [key] = await db.rows<{ body: string }>(`SELECT body FROM audit_entry WHERE action = 'key.made'`);
    expect(JSON.parse(key.body)).toMatchObject({ actor: { kind: 'admin' }, details: { name: 'a key' } });

    // A key that is limited to this site also appears in the site's audit log.
    const draft = { name: 'the archive', scopes: ['publisher'], sites: [fixture.site] };
    const own = await expectStatus(201, owner.call<Json>('POST', '/keys', draft));
    await expectStatus(204, owner.call('DELETE', `/keys/${own.body.id}`));
    const byOwner = { actor: { id: owner.id }, subject: { kind: 'key', id: own.body.id } };
    expect(await listEntries(`&subject=${own.body.id}`)).toMatchObject([
      { action: 'key.revoked', ...byOwner },
      { action: 'key.made', ...byOwner, details: { name: 'the archive', scopes: ['publisher'] } },
    ]);
  });

  it('records who started an import, and its format', async () => {
    const file = await packCoral({ 'stories.json': '' });
    for (const query of ['&dryRun', '']) {
      const sent = await fetch(`${app.url}/api/v1/sites/${fixture.site}/imports?format=coral${query}`, {
        method: 'POST',
        headers: { cookie: owner.cookie, 'x-postbag-console': '1' },
        body: new Uint8Array(file),
      });
      expect(sent.status).toBe(202);
      const { id } = (await sent.json()) as { id: string };
      await until(async () => (await listEntries(`&subject=${id}`)).length === 2);
      expect(await listEntries(`&subject=${id}`)).toMatchObject([
        { action: 'import.finished', actor: { id: owner.id } },
        {
          action: 'import.started',
          actor: { kind: 'moderator', id: owner.id, name: owner.name },
          subject: { kind: 'import', id },
          details: { format: 'coral', bytes: expect.any(Number), dryRun: query !== '' },
        },
      ]);
    }
  });

  it('records neither refused requests nor decisions by rules', async () => {
    const before = (await listEntries()).length;
    const id = await submitHeld('ben');
    const decisions = [{ commentId: id, revision: 7, action: 'reject', reason: 'abuse' }];
    await owner.call('POST', '/moderation/decisions', { decisions });
    expect(await listEntries()).toHaveLength(before);
  });

  it('names the actor even when an idempotency key opened the transaction', async () => {
    const id = await submitHeld('cat');
    const decisions = [{ commentId: id, revision: 1, action: 'approve' }];
    await owner.call('POST', '/moderation/decisions', { decisions }, { 'idempotency-key': 'a-key-of-mine' });
    expect((await listEntries(`&subject=${id}`))[0]).toMatchObject({ actor: { id: owner.id } });
  });

  it('can be filtered and paged', async () => {
    const all = await listEntries();
    const first = await owner.call<Json>('GET', `/sites/${fixture.site}/audit?limit=2`);
    const second = await owner.call<Json>(
      'GET',
      `/sites/${fixture.site}/audit?limit=2&cursor=${first.body.next}`,
    );
    expect([...first.body.items, ...second.body.items]).toEqual(all.slice(0, 4));
    expect((await listEntries('&action=comment.')).every(({ action }) => action.startsWith('comment.'))).toBe(
      true,
    );
    expect(await listEntries(`&actor=${owner.id}&action=role.made`)).toHaveLength(1);
    expect(await listEntries(`&until=${all.at(-1).at}`)).toHaveLength(0);
    expect((await owner.call('GET', `/sites/${fixture.site}/audit?action=A`)).status).toBe(400);
  });

  it('is not found for another site, and is closed to moderators', async () => {
    const other = await createSiteFixture(app);
    const moderator = await signInModerator(app, db, 'Mo', fixture.site);
    for (const path of ['', '/verification', '/export']) {
      expect((await owner.call('GET', `/sites/${other.site}/audit${path}`)).status).toBe(404);
      expect((await moderator.call('GET', `/sites/${fixture.site}/audit${path}`)).status).toBe(403);
    }
  });

  it('can be exported in a form that anyone can verify, and records the export', async () => {
    const answer = await app.call<string>('GET', `/api/v1/sites/${fixture.site}/audit/export`, {
      headers: { cookie: owner.cookie },
    });
    const lines = answer.body.trim().split('\n');
    let previous = NO_ENTRY;
    for (const [index, line] of lines.entries()) {
      const { position, hash } = JSON.parse(line);
      const body = line.slice(line.indexOf('"entry":') + '"entry":'.length, -1);
      expect([position, hash]).toEqual([index + 1, hashOfEntry({ previous, position, body })]);
      previous = hash;
    }
    expect(JSON.parse(lines.at(-1)!).entry).toMatchObject({
      action: 'audit.exported',
      actor: { id: owner.id },
    });
  });
});

describe('the hash chain', () => {
  it('stays a single chain when many decisions are made concurrently', async () => {
    const sessions: ModeratorSession[] = [];
    for (const name of 'ABCDEF') sessions.push(await signInModerator(app, db, name, fixture.site));
    const ids = await Promise.all(sessions.map((_, index) => submitHeld(`many-${index}`)));
    const [{ length }] = await db.rows<{ length: number }>(
      'SELECT length::int FROM audit_chain WHERE site_id = $1',
      [fixture.site],
    );
    const answers = await Promise.all(
      sessions.flatMap((session, index) => [
        session.call('POST', '/moderation/decisions', {
          decisions: [{ commentId: ids[index], revision: 1, action: 'approve' }],
        }),
        session.call('POST', '/moderation/saved-queues', {
          site: fixture.site,
          name: session.name,
          state: 'held',
        }),
      ]),
    );
    expect(answers.map(({ status }) => status)).toEqual(sessions.flatMap(() => [200, 201]));
    const { body } = await owner.call<Json>('GET', `/sites/${fixture.site}/audit/verification`);
    expect(body).toMatchObject({ intact: true, length: length + 12, broken: null });
    const outcome = await verifyByCommand();
    expect([outcome.exitCode, outcome.text]).toEqual([
      0,
      expect.stringContaining(`site ${fixture.site}: ${length + 12} entries, intact`),
    ]);
    expect(outcome.text).toMatch(/^installation: \d+ entries, intact/);
  });

  it('cannot be changed by the service, nor by a mistake of the database owner', async () => {
    for (const change of [
      `UPDATE audit_entry SET body = '{}'`,
      'DELETE FROM audit_entry',
      'TRUNCATE audit_entry',
      `INSERT INTO audit_entry (site_id, body) VALUES (gen_random_uuid(), '{"at": "now", "action": "x"}')`,
      'UPDATE audit_chain SET length = 0',
      `SELECT add_audit_entry(NULL, now(), 'x', 'x', 'x', NULL, NULL, NULL)`,
    ]) {
      await expect(db.rows(`SET ROLE postbag_app; ${change}`)).rejects.toThrow('permission denied');
      await db.rows('RESET ROLE');
    }
    for (const change of [
      `UPDATE audit_entry SET body = '{}'`,
      'DELETE FROM audit_entry',
      'TRUNCATE audit_entry',
    ]) {
      await expect(db.rows(change)).rejects.toThrow('append-only');
    }
  });

  it('reveals tampering: the command names the first broken entry and exits with 1', async () => {
    await db.rows(`ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_stays`);
    await db.rows(`UPDATE audit_entry SET body = replace(body, 'Be kind.', 'Nothing.') WHERE site_id = $1`, [
      fixture.site,
    ]);
    const [{ position }] = await db.rows<{ position: string }>(
      `SELECT position FROM audit_entry WHERE site_id = $1 AND body LIKE '%Nothing.%'`,
      [fixture.site],
    );
    const outcome = await verifyByCommand();
    expect(outcome.exitCode).toBe(1);
    expect(outcome.text).toContain(`site ${fixture.site}: BROKEN: entry ${position} does not match its hash`);
    const { body } = await owner.call<Json>('GET', `/sites/${fixture.site}/audit/verification`);
    expect(body).toMatchObject({ intact: false, broken: { position: Number(position) } });
  });

  it('survives the deletion of its site', async () => {
    const other = await createSiteFixture(app);
    await expectStatus(204, fixture.admin('DELETE', `/sites/${other.site}`));
    const entries = await db.rows<{ action: string }>(
      'SELECT action FROM audit_entry WHERE site_id = $1 ORDER BY position',
      [other.site],
    );
    expect(entries.at(-1)).toEqual({ action: 'site.deleted' });
    expect(entries.filter(({ action }) => action.endsWith('.deleted'))).toHaveLength(1);
  });
});

/* Tables that staff do not write to. A new table must be audited or listed here. */
const NOT_WRITTEN_BY_STAFF = new Set(
  `appeal attempt audit_chain audit_entry author_email_opt_out brigade_comment bulk_item calibration_score comment_minute decision_hour delivery embedding entitlement entitlement_ending
   entitlement_import entitlement_import_row entitlement_ledger_entry erased_reader event event_counter external_answer external_id external_scorer_day external_verdict flag
   followed_story idempotency_record ignored_author import_chunk import_comment import_fault import_lane import_reader import_record import_story billing_webhook_log billing_message human_decision_hour sanction_tombstone limit_counter queue_claim mail migrations
   notification notification_settings organisation organisation_seat outbox outbox_job passkey_challenge picks_model_training policy_replay_difference policy_shadow_verdict policy_version portfolio portfolio_topic
   queue_entry reaction reader_deletion reader_email reader_fact reader_search_word refusal revision roll_up sample score site_model_shadow_score site_model_training story_topic
   author_email_schedule author_email_comment suggested_score tier topic waiting_hour`.split(/\s+/),
);

it('the audit log covers every table that staff write to', async () => {
  const tables = await db.rows<{ name: string }>(
    `SELECT relname AS name FROM pg_class c
     WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND NOT EXISTS (
       SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname IN ('audited', relname || '_audited'))
     ORDER BY relname`,
  );
  expect(tables.map(({ name }) => name).filter((name) => !NOT_WRITTEN_BY_STAFF.has(name))).toEqual([]);
});
