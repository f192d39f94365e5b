import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OverdueRevisions, HOLD_AFTER_MS } from '../../../src/features/scoring/overdue-revisions.js';
import { RevisionScoringService } from '../../../src/features/scoring/revision-scoring.service.js';
import { LABELS, QUALITY_LABELS } from '../../../src/features/scoring/scores.js';
import { Clock } from '../../../src/platform/clock.js';
import type { CommentId, SiteId } from '../../../src/platform/ids.js';
import { startApp, type TestApp } from '../../support/app.js';
import { describeOnBothBackends } from '../../support/backends.js';
import {
  createSiteFixture,
  expectStatus,
  connectAsOwner,
  type SiteFixture,
  type OwnerConnection,
} from '../../support/site-fixture.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { until } from '../../support/processes.js';

describeOnBothBackends('a new comment', (backend) => {
  let app: TestApp;
  let db: OwnerConnection;
  let fixture: SiteFixture;

  beforeAll(async () => {
    app = await startApp({ databaseUrl: backend.databaseUrl, redisUrl: backend.redisUrl });
    db = await connectAsOwner(backend.databaseUrl);
    fixture = await createSiteFixture(app, {
      moderation: { wordLists: { banned: ['zorblax'], suspect: ['quibbleton'] } },
    });
  });
  afterAll(async () => {
    await app?.close();
    await db?.end();
  });

  const expectStatusOf = async (sub: string, id: string, status: string): Promise<void> =>
    until(async () => (await fixture.readOwnComment(sub, id))['status'] === status);

  it('is scored, decided once and published', async () => {
    const { id, status } = await fixture.submit('ann', 'The table of premiums by month would help.');
    expect(status).toBe('pending');
    await expectStatusOf('ann', id, 'published');

    const decisions = await db.rows('SELECT * FROM decision WHERE comment_id = $1', [id]);
    expect(decisions).toMatchObject([
      {
        action: 'publish',
        decided_by: 'rule',
        rule_key: 'all-clear',
        from_status: 'pending',
        to_status: 'published',
      },
    ]);
    const scores = await db.rows<{ label: string }>(
      'SELECT s.label FROM score s JOIN revision r ON r.id = s.revision_id WHERE r.comment_id = $1',
      [id],
    );
    const labels = scores.map(({ label }) => label);
    expect(labels.filter((label) => !(QUALITY_LABELS as readonly string[]).includes(label)).sort()).toEqual(
      [...LABELS].sort(),
    );
  });

  it('is held for a suspect word and rejected for a banned one', async () => {
    const held = await fixture.submit('ben', 'Well, quibbleton to you.');
    await expectStatusOf('ben', held.id, 'held');
    const rejected = await fixture.submit('ben', 'You utter zorblax, truly.');
    await expectStatusOf('ben', rejected.id, 'rejected');
    const rules = await db.rows('SELECT rule_key FROM decision WHERE comment_id = ANY ($1) ORDER BY id', [
      [held.id, rejected.id],
    ]);
    expect(rules).toEqual([{ rule_key: 'suspect-word' }, { rule_key: 'banned-word' }]);
    const [risk] = await db.rows('SELECT risk, waiting_since FROM comment WHERE id = $1', [held.id]);
    expect(risk['risk']).toBeGreaterThanOrEqual(1);
    expect(risk['waiting_since']).not.toBeNull();
  });

  it('is scored again when its text changes', async () => {
    const { id } = await fixture.submit('cat', 'A calm remark about the talks.');
    await expectStatusOf('cat', id, 'published');
    await expectStatus(
      200,
      app.call('PATCH', `/api/v1/comments/${id}`, {
        token: await fixture.token('cat'),
        body: { body: 'On second thought: quibbleton.' },
      }),
    );
    await expectStatusOf('cat', id, 'held');
    const decisions = await db.rows(
      'SELECT revision, action FROM decision WHERE comment_id = $1 ORDER BY id',
      [id],
    );
    expect(decisions).toEqual([
      { revision: 1, action: 'publish' },
      { revision: 2, action: 'hold' },
    ]);
  });

  it('is held as scoring-failed if scores cannot be stored', async () => {
    await db.rows('ALTER TABLE score ADD CONSTRAINT broken CHECK (value < 0) NOT VALID');
    try {
      const { id } = await fixture.submit('dan', 'Nothing wrong with this one.');
      await expectStatusOf('dan', id, 'held');
      const decisions = await db.rows('SELECT rule_key FROM decision WHERE comment_id = $1', [id]);
      expect(decisions).toEqual([{ rule_key: 'scoring-failed' }]);
    } finally {
      await db.rows('ALTER TABLE score DROP CONSTRAINT broken');
    }
  });

  it('is found by the periodic check if its job was lost', async () => {
    const { id } = await fixture.submit('eve', 'Was it the annex or the footnote?');
    await expectStatusOf('eve', id, 'published');
    // Create the state that a lost job leaves behind.
    await db.rows(
      `WITH gone AS (DELETE FROM decision WHERE comment_id = $1)
       UPDATE comment SET status = 'pending', visible = false, pending_since = now() - interval '40 seconds' WHERE id = $1`,
      [id],
    );
    await app.app.get(OverdueRevisions, { strict: false }).sweep();
    await expectStatusOf('eve', id, 'published');
  });
});

describe('scoring a revision', () => {
  let database: FreshDatabase;
  let app: TestApp;
  let db: OwnerConnection;
  let fixture: SiteFixture;
  let scoring: RevisionScoringService;

  // No worker runs, so only the spec scores comments.
  beforeAll(async () => {
    database = await freshDatabase();
    app = await startApp({ databaseUrl: database.url, settings: { role: 'api' } });
    db = await connectAsOwner(database.url);
    fixture = await createSiteFixture(app);
    scoring = app.app.get(RevisionScoringService, { strict: false });
  });
  afterAll(async () => {
    await app?.close();
    await db?.end();
    await database?.drop();
  });

  const payload = (id: string, revision = 1) => ({
    siteId: fixture.site as SiteId,
    commentId: id as CommentId,
    revision,
  });

  it('decides once, even if several jobs run at the same time', async () => {
    const { id } = await fixture.submit('ann', 'Once is enough.');
    await Promise.all([1, 2, 3, 4].map(() => scoring.score(payload(id))));
    await scoring.score(payload(id));
    const decisions = await db.rows('SELECT action FROM decision WHERE comment_id = $1', [id]);
    expect(decisions).toEqual([{ action: 'publish' }]);
    const events = await db.rows(`SELECT type FROM outbox WHERE subject = $1 ORDER BY id`, [`comment:${id}`]);
    expect(events).toEqual([{ type: 'comment.submitted' }, { type: 'comment.published' }]);
  });

  it('changes nothing for an outdated revision', async () => {
    const { id } = await fixture.submit('ben', 'First words.');
    await expectStatus(
      200,
      app.call('PATCH', `/api/v1/comments/${id}`, {
        token: await fixture.token('ben'),
        body: { body: 'Second words.' },
      }),
    );
    await scoring.score(payload(id, 1));
    await scoring.markFailed(payload(id, 1));
    expect((await fixture.readOwnComment('ben', id))['status']).toBe('pending');
    await scoring.score(payload(id, 2));
    expect((await fixture.readOwnComment('ben', id))['status']).toBe('published');
  });

  it('holds the comment once if it fails permanently, and a late job changes nothing', async () => {
    const { id } = await fixture.submit('cat', 'Never scored.');
    await Promise.all([scoring.markFailed(payload(id)), scoring.markFailed(payload(id))]);
    await scoring.score(payload(id));
    const decisions = await db.rows('SELECT action, rule_key FROM decision WHERE comment_id = $1', [id]);
    expect(decisions).toEqual([{ action: 'hold', rule_key: 'scoring-failed' }]);
  });

  it('holds the comment after the periodic check if no job scores it in time', async () => {
    const { id } = await fixture.submit('dan', 'Waiting for somebody.');
    const sweeper = app.app.get(OverdueRevisions, { strict: false });
    const clock = app.app.get(Clock, { strict: false });
    const realNow = clock.now.bind(clock);
    try {
      clock.now = () => new Date(realNow().getTime() + 60_000);
      await sweeper.sweep();
      expect((await fixture.readOwnComment('dan', id))['status']).toBe('pending');
      clock.now = () => new Date(realNow().getTime() + 60_000 + HOLD_AFTER_MS);
      await sweeper.sweep();
      expect((await fixture.readOwnComment('dan', id))['status']).toBe('held');
    } finally {
      clock.now = realNow;
    }
  });

  it('does nothing for another site’s comment', async () => {
    const other = await createSiteFixture(app);
    const { id } = await fixture.submit('eve', 'Here and nowhere else.');
    await scoring.score({ ...payload(id), siteId: other.site as SiteId });
    expect((await fixture.readOwnComment('eve', id))['status']).toBe('pending');
  });
});
