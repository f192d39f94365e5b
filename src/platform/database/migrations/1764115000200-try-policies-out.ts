import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Drafts of a policy, run over past comments or beside the live one. */
export class TryPoliciesOut1764115000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE policy_replay (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        id uuid NOT NULL,
        draft jsonb NOT NULL,                          -- what it changes of the policy that counted
        live jsonb NOT NULL,                           -- that policy, complete, so that a later change mixes nothing
        policy_version int NOT NULL,
        wanted int NOT NULL CHECK (wanted > 0),        -- comments
        state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'cancelled', 'failed')),
        reached uuid,                                  -- the last comment that was looked at; the next is older
        seen int NOT NULL DEFAULT 0,
        tally jsonb NOT NULL DEFAULT '{}',             -- of 'live/draft/people', how often
        runs int NOT NULL DEFAULT 0,                   -- how often it was begun or gone on with
        actor jsonb,
        created_at timestamptz NOT NULL,
        ended_at timestamptz,
        PRIMARY KEY (site_id, id)
      );
      SELECT isolate_by_site('policy_replay');
      SELECT audit_table('policy_replay', 'policy-replay', 'id', 'policy_version,wanted', '', 'INSERT');

      -- The newest that the draft decides otherwise.
      CREATE TABLE policy_replay_difference (
        site_id uuid NOT NULL,
        replay_id uuid NOT NULL,
        comment_id uuid NOT NULL,
        revision int NOT NULL,
        live text NOT NULL CHECK (live IN ('publish', 'hold', 'reject')),
        draft text NOT NULL CHECK (draft IN ('publish', 'hold', 'reject')),
        live_rule text NOT NULL,
        draft_rule text NOT NULL,
        people text CHECK (people IN ('publish', 'refuse')),
        PRIMARY KEY (site_id, replay_id, comment_id),
        FOREIGN KEY (site_id, replay_id) REFERENCES policy_replay ON DELETE CASCADE,
        FOREIGN KEY (site_id, comment_id) REFERENCES comment ON DELETE CASCADE
      );
      CREATE INDEX policy_replay_difference_of_comment ON policy_replay_difference (site_id, comment_id);
      SELECT isolate_by_site('policy_replay_difference');

      CREATE TABLE policy_shadow (
        site_id uuid PRIMARY KEY REFERENCES site ON DELETE CASCADE,
        id uuid NOT NULL,
        draft jsonb NOT NULL,
        actor jsonb,
        since timestamptz NOT NULL
      );
      SELECT isolate_by_site('policy_shadow');
      SELECT audit_table('policy_shadow', 'policy-shadow', 'id', 'draft');

      CREATE TABLE policy_shadow_verdict (
        site_id uuid NOT NULL,
        shadow_id uuid NOT NULL,
        comment_id uuid NOT NULL,
        revision int NOT NULL,
        live text NOT NULL,
        draft text NOT NULL,
        draft_rule text NOT NULL,
        PRIMARY KEY (site_id, shadow_id, comment_id, revision),
        FOREIGN KEY (site_id, comment_id) REFERENCES comment ON DELETE CASCADE
      );
      CREATE INDEX policy_shadow_verdict_of_comment ON policy_shadow_verdict (site_id, comment_id);
      SELECT isolate_by_site('policy_shadow_verdict');

      -- The last word of people on one text that still stands.
      CREATE FUNCTION word_of_people(site uuid, comment uuid, text_number int) RETURNS text
      LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
        SELECT CASE WHEN d.action IN ('approve', 'restore') THEN 'publish' ELSE 'refuse' END FROM decision d
        WHERE d.site_id = site AND d.comment_id = comment AND d.revision = text_number AND d.decided_by = 'moderator'
          AND d.action IN ('approve', 'restore', 'reject', 'remove')
          AND NOT EXISTS (SELECT FROM decision u WHERE u.site_id = d.site_id AND u.reverses = d.id)
        ORDER BY d.id DESC LIMIT 1
      $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION word_of_people;
      DROP TABLE policy_shadow_verdict, policy_shadow, policy_replay_difference, policy_replay;
    `);
  }
}
