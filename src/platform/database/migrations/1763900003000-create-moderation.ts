import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Moderators with their sessions, decisions, appeals, and who is looking at what. */
export class CreateModeration1763900003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE moderator (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        email text UNIQUE,                             -- lower case
        password_hash text,                            -- argon2id
        role_everywhere text CHECK (role_everywhere IN ('viewer', 'moderator', 'admin', 'owner')),
        created_at timestamptz NOT NULL
      );

      CREATE TABLE moderator_role (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        moderator_id uuid NOT NULL REFERENCES moderator ON DELETE CASCADE,
        role text NOT NULL CHECK (role IN ('viewer', 'moderator', 'admin', 'owner')),
        PRIMARY KEY (site_id, moderator_id)
      );
      SELECT isolate_by_site('moderator_role');
      CREATE FUNCTION roles_of_moderator(wanted uuid) RETURNS TABLE (site_id uuid, role text)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        SELECT site_id, role FROM moderator_role WHERE moderator_id = wanted
      $$;

      CREATE TABLE moderator_session (
        token_hash text PRIMARY KEY,                   -- SHA-256, hex
        moderator_id uuid NOT NULL REFERENCES moderator ON DELETE CASCADE,
        created_at timestamptz NOT NULL,
        seen_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL
      );
      CREATE INDEX moderator_session_age ON moderator_session (expires_at);

      CREATE TABLE sign_in_link (
        token_hash text PRIMARY KEY,
        moderator_id uuid NOT NULL REFERENCES moderator ON DELETE CASCADE,
        expires_at timestamptz NOT NULL,
        printed_at_start boolean NOT NULL DEFAULT false, -- each start replaces the one before
        used_at timestamptz
      );

      -- One recorded verdict on one revision; never updated.
      CREATE TABLE decision (
        site_id uuid NOT NULL,
        id uuid NOT NULL,
        comment_id uuid NOT NULL,
        revision int NOT NULL,
        action text NOT NULL
          CHECK (action IN ('publish', 'hold', 'approve', 'reject', 'remove', 'restore', 'escalate', 'undo')),
        decided_by text NOT NULL CHECK (decided_by IN ('rule', 'moderator')),
        rule_key text,
        rule_text text,
        moderator_id uuid REFERENCES moderator,
        api_caller text,                               -- a key that decided through the API
        reason text,
        note text,
        from_status text NOT NULL,
        to_status text NOT NULL,
        was_escalated boolean NOT NULL DEFAULT false,  -- with the next: what the comment was before, for undo
        was_waiting_since timestamptz,
        was_reason text,
        reverses uuid,
        policy_version int NOT NULL,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, id),
        UNIQUE (site_id, reverses),                    -- a decision is undone once
        FOREIGN KEY (site_id, comment_id) REFERENCES comment ON DELETE CASCADE,
        CHECK ((decided_by = 'rule') = (rule_key IS NOT NULL))
      );
      CREATE INDEX decision_of_comment ON decision (site_id, comment_id, id);
      CREATE INDEX decision_recent ON decision (site_id, to_status, id);
      CREATE INDEX decision_by_id ON decision (id);
      -- A job that runs twice decides once.
      CREATE UNIQUE INDEX decision_scored_once ON decision (site_id, comment_id, revision)
        WHERE decided_by = 'rule' AND from_status = 'pending';
      SELECT isolate_by_site('decision');
      CREATE FUNCTION site_of_decision(decision_id uuid) RETURNS uuid
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        SELECT site_id FROM decision WHERE id = decision_id
      $$;

      CREATE TABLE appeal (
        site_id uuid NOT NULL,
        id uuid NOT NULL,
        comment_id uuid NOT NULL,
        revision int NOT NULL,
        text text NOT NULL,
        state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'upheld', 'overturned')),
        created_at timestamptz NOT NULL,
        decided_at timestamptz,
        decided_by uuid,                               -- the decision that closed it
        PRIMARY KEY (site_id, id),
        UNIQUE (site_id, comment_id, revision),
        FOREIGN KEY (site_id, comment_id) REFERENCES comment ON DELETE CASCADE
      );
      CREATE INDEX appeal_open ON appeal (site_id, comment_id) WHERE state = 'open';
      SELECT isolate_by_site('appeal');

      -- What moderators decided about readers; the reader holds the one that counts.
      CREATE TABLE standing_change (
        site_id uuid NOT NULL,
        id uuid NOT NULL,
        reader_id uuid NOT NULL,
        standing text NOT NULL,
        until timestamptz,
        reason text NOT NULL,
        note text,
        moderator_id uuid REFERENCES moderator,
        api_caller text,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, id),
        FOREIGN KEY (site_id, reader_id) REFERENCES reader ON DELETE CASCADE
      );
      CREATE INDEX standing_change_of_reader ON standing_change (site_id, reader_id, id);
      SELECT isolate_by_site('standing_change');

      CREATE UNLOGGED TABLE looking (
        site_id uuid NOT NULL,
        comment_id uuid NOT NULL,
        moderator_id uuid NOT NULL,
        until timestamptz NOT NULL,
        PRIMARY KEY (site_id, comment_id, moderator_id)
      );
      SELECT isolate_by_site('looking');

      -- The queue's lists of what is decided, newest first.
      CREATE INDEX comment_queue_published ON comment (site_id, id) WHERE status = 'published';
      CREATE INDEX comment_queue_refused ON comment (site_id, id) WHERE status IN ('rejected', 'removed');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX comment_queue_published, comment_queue_refused;
      DROP TABLE looking, standing_change, appeal;
      DROP FUNCTION site_of_decision;
      DROP TABLE decision, sign_in_link, moderator_session;
      DROP FUNCTION roles_of_moderator;
      DROP TABLE moderator_role, moderator;
    `);
  }
}
