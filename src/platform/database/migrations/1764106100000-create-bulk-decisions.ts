import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One decision about many comments, which nobody hears of until it can be taken back no more (ADR 0008). */
export class CreateBulkDecisions1764106100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE bulk_decision (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        id uuid NOT NULL,
        moderator_id uuid REFERENCES moderator,
        api_caller text,                               -- a key that decided through the API
        action text NOT NULL CHECK (action IN ('approve', 'reject', 'remove', 'restore', 'escalate')),
        reason text,
        note text,
        state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'applying', 'done', 'undone')),
        created_at timestamptz NOT NULL,
        due_at timestamptz NOT NULL,                   -- until then it can be undone
        ended_at timestamptz,
        PRIMARY KEY (site_id, id),
        CHECK ((moderator_id IS NULL) <> (api_caller IS NULL))
      );
      CREATE INDEX bulk_decision_due ON bulk_decision (due_at) WHERE state IN ('waiting', 'applying');
      CREATE INDEX bulk_decision_by_id ON bulk_decision (id);
      SELECT isolate_by_site('bulk_decision');

      CREATE TABLE bulk_item (
        site_id uuid NOT NULL,
        bulk_id uuid NOT NULL,
        comment_id uuid NOT NULL,
        revision int NOT NULL,                         -- the text that was there when it was decided
        outcome text,                                  -- null: to come; else decided, undone, or why it was passed over
        decision_id uuid,
        PRIMARY KEY (site_id, bulk_id, comment_id),
        FOREIGN KEY (site_id, bulk_id) REFERENCES bulk_decision ON DELETE CASCADE,
        FOREIGN KEY (site_id, comment_id) REFERENCES comment ON DELETE CASCADE
      );
      -- A comment is in one bulk decision at a time.
      CREATE UNIQUE INDEX bulk_item_to_come ON bulk_item (site_id, comment_id) WHERE outcome IS NULL;
      CREATE INDEX bulk_item_of_comment ON bulk_item (site_id, comment_id);
      SELECT isolate_by_site('bulk_item');

      CREATE FUNCTION site_of_bulk_decision(wanted uuid) RETURNS uuid
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        SELECT site_id FROM bulk_decision WHERE id = wanted
      $$;
      CREATE FUNCTION due_bulk_decisions(due_before timestamptz, max_rows int) RETURNS TABLE (site_id uuid, id uuid)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        SELECT b.site_id, b.id FROM bulk_decision b
        WHERE b.state IN ('waiting', 'applying') AND b.due_at <= due_before ORDER BY b.due_at LIMIT max_rows
      $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION due_bulk_decisions, site_of_bulk_decision;
      DROP TABLE bulk_item, bulk_decision;
    `);
  }
}
