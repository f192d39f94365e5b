import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Scorers of a publisher's own beside the local model: settings, circuit, what they cost, and what became of each call. */
export class CreateExternalScorers1764103000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE external_scorer (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        key text NOT NULL,
        kind text NOT NULL,
        name text NOT NULL,
        url text NOT NULL,
        secrets_sealed text NOT NULL,
        options jsonb NOT NULL DEFAULT '{}',
        labels jsonb,                                  -- null: those of the kind
        languages text[] NOT NULL DEFAULT '{}',
        timeout_ms int NOT NULL,
        calls_per_day int,                             -- null: no limit
        when_absent text NOT NULL,
        enabled boolean NOT NULL,
        failures int NOT NULL DEFAULT 0,               -- in a row
        open_until timestamptz,                        -- its circuit is open; afterwards one call tries
        last_success_at timestamptz,                   -- to the minute
        last_failure_at timestamptz,
        last_failure text,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, key)
      );
      SELECT isolate_by_site('external_scorer');

      CREATE TABLE external_scorer_day (
        site_id uuid NOT NULL,
        scorer text NOT NULL,
        day date NOT NULL,                             -- of UTC
        calls int NOT NULL,
        PRIMARY KEY (site_id, scorer, day),
        FOREIGN KEY (site_id, scorer) REFERENCES external_scorer ON DELETE CASCADE
      );
      SELECT isolate_by_site('external_scorer_day');

      CREATE TABLE external_answer (
        site_id uuid NOT NULL,
        revision_id uuid NOT NULL,
        scorer text NOT NULL,
        name text NOT NULL,                            -- the scorer's at that time: it may be gone by now
        outcome text NOT NULL,
        duration_ms int NOT NULL,
        answered_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, revision_id, scorer),
        FOREIGN KEY (site_id, revision_id) REFERENCES revision ON DELETE CASCADE
      );
      SELECT isolate_by_site('external_answer');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE external_answer, external_scorer_day, external_scorer');
  }
}
