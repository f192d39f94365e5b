import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What was decided, added up by the hour, and what was written, by the minute: screens that look at months read these
 * and not the comments. An hour is counted anew as a whole, so that counting twice changes nothing.
 */
export class RollDecisionsUp1764117400100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE decision_hour (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        hour timestamptz NOT NULL,
        rule_key text NOT NULL,                        -- 'people': appeals against what a moderator refused
        published int NOT NULL,                        -- texts that the rule published, held, rejected
        held int NOT NULL,
        rejected int NOT NULL,
        held_published int NOT NULL,                   -- texts it held on which people decided in this hour
        held_refused int NOT NULL,
        appeals_upheld int NOT NULL,                   -- appeals answered in this hour against what it refused
        appeals_overturned int NOT NULL,
        PRIMARY KEY (site_id, hour, rule_key)
      );
      SELECT isolate_by_site('decision_hour');

      -- How long people were waited for, by the hour in which they decided.
      CREATE TABLE waiting_hour (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        hour timestamptz NOT NULL,
        bucket smallint NOT NULL,                      -- of b: over 2^((b-1)/4) up to 2^(b/4) seconds
        decisions int NOT NULL,
        PRIMARY KEY (site_id, hour, bucket)
      );
      SELECT isolate_by_site('waiting_hour');

      -- Texts that a rule held and people decided about, by score.
      CREATE TABLE judged_hour (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        label text NOT NULL,
        hour timestamptz NOT NULL,
        bin smallint NOT NULL,                         -- fiftieths: of b from b/50 up to (b+1)/50
        published int NOT NULL,
        refused int NOT NULL,
        PRIMARY KEY (site_id, label, hour, bin)
      );
      CREATE INDEX judged_hour_by_time ON judged_hour (site_id, hour);
      SELECT isolate_by_site('judged_hour');

      CREATE TABLE roll_up (
        site_id uuid PRIMARY KEY REFERENCES site ON DELETE CASCADE,
        reached uuid NOT NULL,                         -- the last decision that is counted
        rolled_at timestamptz NOT NULL
      );
      SELECT isolate_by_site('roll_up');

      -- Comments as they come in; kept for two days.
      CREATE TABLE comment_minute (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        minute timestamptz NOT NULL,
        story_id uuid NOT NULL,
        comments int NOT NULL,
        PRIMARY KEY (site_id, minute, story_id)
      ) WITH (autovacuum_vacuum_scale_factor = 0.05);
      CREATE INDEX comment_minute_of_story ON comment_minute (site_id, story_id, minute) INCLUDE (comments);
      SELECT isolate_by_site('comment_minute');

      CREATE INDEX opinion_by_age ON opinion (site_id, created_at);

      CREATE FUNCTION first_id_at(instant timestamptz) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
        SELECT (lpad(to_hex(floor(extract(epoch FROM instant) * 1000)::bigint), 12, '0') || '70008000000000000000')::uuid
      $$;

      CREATE FUNCTION roll_up_hour(site uuid, wanted timestamptz) RETURNS void
      LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
      DECLARE
        low uuid := first_id_at(wanted);
        high uuid := first_id_at(wanted + interval '1 hour');
      BEGIN
        DELETE FROM decision_hour h WHERE h.site_id = site AND h.hour = wanted;
        DELETE FROM waiting_hour h WHERE h.site_id = site AND h.hour = wanted;
        DELETE FROM judged_hour h WHERE h.site_id = site AND h.hour = wanted;

        -- What was taken back says nothing.
        INSERT INTO decision_hour (site_id, hour, rule_key, published, held, rejected, held_published, held_refused,
          appeals_upheld, appeals_overturned)
        SELECT site, wanted, x.rule, sum(x.published), sum(x.held), sum(x.rejected), sum(x.held_published),
          sum(x.held_refused), sum(x.upheld), sum(x.overturned)
        FROM (
          SELECT d.rule_key AS rule, (d.action = 'publish')::int AS published, (d.action = 'hold')::int AS held,
            (d.action = 'reject')::int AS rejected, 0 AS held_published, 0 AS held_refused, 0 AS upheld, 0 AS overturned
          FROM decision d
          WHERE d.site_id = site AND d.id >= low AND d.id < high AND d.decided_by = 'rule' AND d.from_status = 'pending'
          UNION ALL
          SELECT r.rule_key, 0, 0, 0, (d.action = 'approve')::int, (d.action <> 'approve')::int, 0, 0
          FROM decision d
          CROSS JOIN LATERAL (
            SELECT r.rule_key FROM decision r
            WHERE r.site_id = d.site_id AND r.comment_id = d.comment_id AND r.revision = d.revision
              AND r.decided_by = 'rule' AND r.action = 'hold' AND r.id < d.id
            ORDER BY r.id DESC LIMIT 1) r
          WHERE d.site_id = site AND d.id >= low AND d.id < high AND d.decided_by = 'moderator'
            AND d.from_status = 'held' AND d.action IN ('approve', 'reject')
            AND NOT EXISTS (SELECT FROM decision u WHERE u.site_id = d.site_id AND u.reverses = d.id)
          UNION ALL
          SELECT coalesce(r.rule_key, 'people'), 0, 0, 0, 0, 0, (a.state = 'upheld')::int, (a.state = 'overturned')::int
          FROM decision d
          JOIN appeal a ON a.site_id = d.site_id AND a.comment_id = d.comment_id AND a.revision = d.revision
            AND a.decided_by = d.id
          CROSS JOIN LATERAL (
            SELECT r.rule_key FROM decision r
            WHERE r.site_id = d.site_id AND r.comment_id = d.comment_id AND r.revision = d.revision
              AND r.action IN ('reject', 'remove') AND r.id < d.id
              AND NOT EXISTS (SELECT FROM decision u WHERE u.site_id = r.site_id AND u.reverses = r.id)
            ORDER BY r.id DESC LIMIT 1) r
          WHERE d.site_id = site AND d.id >= low AND d.id < high AND d.decided_by = 'moderator'
        ) x
        GROUP BY x.rule;

        INSERT INTO waiting_hour (site_id, hour, bucket, decisions)
        SELECT site, wanted, least(120, ceil(4 * log(2, greatest(1, extract(epoch FROM d.created_at - d.was_waiting_since))))),
          count(*)
        FROM decision d
        WHERE d.site_id = site AND d.id >= low AND d.id < high AND d.decided_by = 'moderator'
          AND d.action IN ('approve', 'reject', 'remove', 'restore') AND d.was_waiting_since IS NOT NULL
          AND NOT EXISTS (SELECT FROM decision u WHERE u.site_id = d.site_id AND u.reverses = d.id)
        GROUP BY 3;

        INSERT INTO judged_hour (site_id, label, hour, bin, published, refused)
        SELECT site, x.label, wanted, least(49, floor(x.value * 50)), count(*) FILTER (WHERE d.action = 'approve'),
          count(*) FILTER (WHERE d.action = 'reject')
        FROM decision d
        JOIN revision v ON v.site_id = d.site_id AND v.comment_id = d.comment_id AND v.number = d.revision
        JOIN score x ON x.site_id = v.site_id AND x.revision_id = v.id
        WHERE d.site_id = site AND d.id >= low AND d.id < high AND d.decided_by = 'moderator'
          AND d.from_status = 'held' AND d.action IN ('approve', 'reject')
          AND NOT EXISTS (SELECT FROM decision u WHERE u.site_id = d.site_id AND u.reverses = d.id)
          -- Flagged texts were seen by readers first: they say nothing of what the score alone lets through.
          AND EXISTS (SELECT FROM decision r WHERE r.site_id = d.site_id AND r.comment_id = d.comment_id
            AND r.revision = d.revision AND r.decided_by = 'rule' AND r.from_status = 'pending' AND r.action = 'hold')
        GROUP BY 2, 4;
      END $$;

      -- Sites where something was decided that is not counted yet.
      CREATE FUNCTION sites_to_roll_up(max_rows int) RETURNS SETOF uuid
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        SELECT s.id FROM site s LEFT JOIN roll_up r ON r.site_id = s.id
        WHERE EXISTS (SELECT FROM decision d WHERE d.site_id = s.id
          AND d.id > coalesce(r.reached, '00000000-0000-0000-0000-000000000000'))
        ORDER BY r.rolled_at NULLS FIRST, s.id LIMIT max_rows
      $$;
      CREATE FUNCTION forget_comment_minutes(until timestamptz) RETURNS void
      LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
        DELETE FROM comment_minute WHERE minute < until
      $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION forget_comment_minutes, sites_to_roll_up, roll_up_hour, first_id_at;
      DROP INDEX opinion_by_age;
      DROP TABLE comment_minute, roll_up, judged_hour, waiting_hour, decision_hour;
    `);
  }
}
