import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The function that gives a comment its row, or takes it away.
 *
 * @param section SQL of what a row says of its story's section, over the story `s`; empty: rows say nothing of it
 */
export const placeInQueueSql = (section: string): string => `
  CREATE OR REPLACE FUNCTION place_in_queue(site uuid, wanted uuid) RETURNS void
  LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
  BEGIN
    INSERT INTO queue_entry AS e (site_id, comment_id, state, priority, waiting_since, story_id, author_id, tier,
      language, rule, author_is_new${section && ', section'})
    SELECT x.site_id, x.id, x.state,
      -- A comment's weight doubles every six hours, whatever it was: the order never changes by waiting alone.
      ln(x.danger * x.reach) / ln(2) - extract(epoch FROM x.since) / 21600,
      x.since, x.story_id, x.author_id, x.author_tier, x.language,
      (SELECT d.rule_key FROM decision d
       WHERE d.site_id = x.site_id AND d.comment_id = x.id AND d.decided_by = 'rule' ORDER BY d.id DESC LIMIT 1),
      x.author_is_new${section && ', x.section'}
    FROM (
      SELECT c.*, ${section && `${section} AS section, `}coalesce(c.waiting_since, c.created_at) AS since,
        greatest(c.risk, 0.1) + c.flag_count / 3.0 AS danger,
        (1 + ln(1 + s.comment_count)) * (1 + ln(1 + c.reply_count + c.reaction_count))
          * CASE WHEN c.visible THEN 2 ELSE 1 END AS reach,
        r.published_count < 3 OR r.created_at > c.created_at - interval '1 day' AS author_is_new,
        CASE
          WHEN c.escalated AND c.status <> 'deleted' THEN 'escalated'
          WHEN c.status = 'held' THEN 'held'
          WHEN c.status = 'published' AND c.flag_count > 0 THEN 'flagged'
          WHEN c.status IN ('rejected', 'removed') AND EXISTS (
            SELECT FROM appeal a WHERE a.site_id = c.site_id AND a.comment_id = c.id AND a.state = 'open') THEN 'appealed'
        END AS state
      FROM comment c
      JOIN story s ON s.site_id = c.site_id AND s.id = c.story_id
      JOIN reader r ON r.site_id = c.site_id AND r.id = c.author_id
      WHERE c.site_id = site AND c.id = wanted
    ) x
    WHERE x.state IS NOT NULL
    ON CONFLICT (site_id, comment_id) DO UPDATE SET state = excluded.state, priority = excluded.priority,
      waiting_since = excluded.waiting_since, tier = excluded.tier, language = excluded.language,
      rule = excluded.rule, author_is_new = excluded.author_is_new${section && ', section = excluded.section'};
    IF NOT FOUND THEN
      DELETE FROM queue_entry WHERE site_id = site AND comment_id = wanted;
    END IF;
  END $$;`;

/**
 * What waits for a moderator, one narrow row per comment: the queue is filtered, ordered and counted here, and a comment
 * is opened only once it is on the page. The rows follow the comment by triggers, so that no writer can forget them.
 */
export class CreateQueueEntries1764106000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE comment ADD COLUMN language text;    -- of the current text as it was scored: ISO 639-1, or und

      CREATE TABLE queue_entry (
        site_id uuid NOT NULL,
        comment_id uuid NOT NULL,
        state text NOT NULL CHECK (state IN ('held', 'flagged', 'appealed', 'escalated')),
        -- risk × reach × age as a logarithm to the base 2, less what grows for all alike: docs/moderating.md
        priority double precision NOT NULL,
        waiting_since timestamptz NOT NULL,
        story_id uuid NOT NULL,
        author_id uuid NOT NULL,
        tier text,                                     -- the author's, when it was written
        language text,
        rule text,                                     -- the latest rule that decided
        author_is_new boolean NOT NULL,                -- as scoring has it: few published, or known for a day
        PRIMARY KEY (site_id, comment_id),
        FOREIGN KEY (site_id, comment_id) REFERENCES comment ON DELETE CASCADE
      ) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
      CREATE INDEX queue_entry_by_priority ON queue_entry (site_id, state, priority, comment_id);
      CREATE INDEX queue_entry_by_age ON queue_entry (site_id, state, waiting_since, comment_id);
      SELECT isolate_by_site('queue_entry');
      CREATE INDEX reader_standing ON reader (site_id, standing) WHERE standing <> 'normal';
      CREATE INDEX story_section ON story (site_id, section) WHERE section IS NOT NULL;

      ${placeInQueueSql('')}

      CREATE FUNCTION follow_comment_in_queue() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
      BEGIN
        PERFORM place_in_queue(NEW.site_id, NEW.id);
        RETURN NULL;
      END $$;
      CREATE TRIGGER comment_queued_new AFTER INSERT ON comment FOR EACH ROW
        WHEN (NEW.status = 'held' OR NEW.escalated OR NEW.flag_count > 0)
        EXECUTE FUNCTION follow_comment_in_queue();
      -- The way of most comments, from scoring straight to the readers, costs nothing here.
      CREATE TRIGGER comment_queued AFTER UPDATE OF status, escalated, flag_count, risk, waiting_since ON comment
        FOR EACH ROW
        WHEN (NOT (OLD.status = 'pending' AND NEW.status IN ('pending', 'published', 'rejected')
                   AND OLD.flag_count = 0 AND NEW.flag_count = 0 AND NOT OLD.escalated AND NOT NEW.escalated)
              AND (OLD.status, OLD.escalated, OLD.flag_count, OLD.risk, OLD.waiting_since)
                IS DISTINCT FROM (NEW.status, NEW.escalated, NEW.flag_count, NEW.risk, NEW.waiting_since))
        EXECUTE FUNCTION follow_comment_in_queue();

      CREATE FUNCTION follow_appeal_in_queue() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
      BEGIN
        PERFORM place_in_queue(NEW.site_id, NEW.comment_id);
        RETURN NULL;
      END $$;
      CREATE TRIGGER appeal_queued AFTER INSERT OR UPDATE OF state ON appeal FOR EACH ROW
        EXECUTE FUNCTION follow_appeal_in_queue();

      -- A rule's decision is written after the move that it made.
      CREATE FUNCTION follow_rule_in_queue() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
      BEGIN
        UPDATE queue_entry SET rule = NEW.rule_key WHERE site_id = NEW.site_id AND comment_id = NEW.comment_id;
        RETURN NULL;
      END $$;
      CREATE TRIGGER rule_queued AFTER INSERT ON decision FOR EACH ROW
        WHEN (NEW.decided_by = 'rule' AND NEW.to_status = 'held')
        EXECUTE FUNCTION follow_rule_in_queue();

      SELECT place_in_queue(site_id, id) FROM comment
      WHERE status = 'held' OR escalated OR (status = 'published' AND flag_count > 0);
      SELECT place_in_queue(site_id, comment_id) FROM appeal WHERE state = 'open';

      -- Their lists are read from queue_entry now.
      DROP INDEX comment_queue_waiting, comment_queue_risk, comment_flagged, comment_escalated;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX comment_queue_waiting ON comment (site_id, status, waiting_since, id) WHERE status = 'held';
      CREATE INDEX comment_queue_risk ON comment (site_id, status, risk, id) WHERE status = 'held';
      CREATE INDEX comment_flagged ON comment (site_id, waiting_since, id) WHERE flag_count > 0 AND status = 'published';
      CREATE INDEX comment_escalated ON comment (site_id, waiting_since, id) WHERE escalated;
      DROP TRIGGER rule_queued ON decision;
      DROP TRIGGER appeal_queued ON appeal;
      DROP TRIGGER comment_queued ON comment;
      DROP TRIGGER comment_queued_new ON comment;
      DROP FUNCTION follow_rule_in_queue, follow_appeal_in_queue, follow_comment_in_queue, place_in_queue;
      DROP INDEX story_section, reader_standing;
      DROP TABLE queue_entry;
      ALTER TABLE comment DROP COLUMN language;
    `);
  }
}
