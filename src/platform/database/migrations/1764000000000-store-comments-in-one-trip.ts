import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The two statements of every post as functions, so that each is a whole transaction in one round trip. They set the
 * site before they read, and run with their caller's rights: row security holds in them as anywhere.
 */
export class StoreCommentsInOneTrip1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What is stored of a reader that a gate depends on. Ordered, so that the same facts are the same value.
      CREATE FUNCTION reader_gate_facts(the_site uuid, the_key text, the_reader uuid) RETURNS jsonb
      LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM set_config('app.site_id', the_site::text, true);
        RETURN (
          SELECT jsonb_build_object(
            'standing', r.standing, 'standingUntil', r.standing_until, 'standingReason', r.standing_reason,
            'entitlements', (
              SELECT coalesce(jsonb_agg(jsonb_build_object(
                'tier', e.tier, 'status', e.status, 'validUntil', e.valid_until, 'graceUntil', e.grace_until,
                'endedAt', e.ended_at, 'toldAt', e.told_at) ORDER BY e.key), '[]')
              FROM entitlement e WHERE e.site_id = the_site AND e.reader_key = the_key),
            'endings', (
              SELECT coalesce(jsonb_agg(jsonb_build_object('tier', x.tier, 'endedAt', x.ended_at) ORDER BY x.tier), '[]')
              FROM entitlement_ending x WHERE x.site_id = the_site AND x.reader_key = the_key))
          FROM (SELECT) one LEFT JOIN reader r ON r.site_id = the_site AND r.id = the_reader);
      END $$;

      -- Stores a pending comment with its first text and the event that tells of it (as the outbox writes it), unless
      -- it says why not. Where expected facts are given, only if they still are the author's: otherwise they come back.
      CREATE FUNCTION store_comment(
        the_site uuid, expected jsonb, author_key text, author uuid, tier text, the_id uuid, the_story uuid,
        the_parent uuid, at timestamptz, the_revision uuid, the_body text, the_html text, the_fingerprint text,
        event jsonb, OUT refusal text, OUT facts jsonb)
      LANGUAGE plpgsql AS $$
      DECLARE
        answered comment%ROWTYPE;
      BEGIN
        PERFORM set_config('app.site_id', the_site::text, true);
        IF expected IS NOT NULL THEN
          facts := reader_gate_facts(the_site, author_key, author);
          IF facts IS DISTINCT FROM expected THEN
            refusal := 'facts-changed';
            RETURN;
          END IF;
          facts := NULL;
        END IF;
        IF the_parent IS NOT NULL THEN
          SELECT * INTO answered FROM comment p
          WHERE p.site_id = the_site AND p.id = the_parent AND p.story_id = the_story FOR KEY SHARE;
          IF answered.visible IS NOT TRUE THEN
            refusal := CASE WHEN answered.reply_count > 0 OR answered.author_id = author
              THEN 'parent-not-published' ELSE 'parent-not-found' END;
            RETURN;
          END IF;
        END IF;
        INSERT INTO comment (site_id, id, story_id, parent_id, root_id, author_id, author_tier, created_at, pending_since)
        VALUES (the_site, the_id, the_story, the_parent, coalesce(answered.root_id, answered.id), author, tier, at, at);
        INSERT INTO revision (site_id, id, comment_id, number, body, html, fingerprint, created_at)
        VALUES (the_site, the_revision, the_id, 1, the_body, the_html, the_fingerprint, at);
        INSERT INTO outbox (site_id, type, subject, payload, occurred_at)
        VALUES (the_site, 'comment.submitted', 'comment:' || the_id, event, at);
      END $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION store_comment, reader_gate_facts');
  }
}
