import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The embeddings of revisions. */
export class Embeddings1764900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The sentence encoder's vector of a revision's text: 512 signed bytes. Deleted after a year.
      CREATE TABLE embedding (
        site_id uuid NOT NULL,
        revision_id uuid NOT NULL,
        vector bytea NOT NULL CHECK (octet_length(vector) = 512),
        created_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, revision_id),
        FOREIGN KEY (site_id, revision_id) REFERENCES revision (site_id, id) ON DELETE CASCADE
      );
      -- Rows are added in chronological order, so a small block-range index is enough to find the oldest.
      CREATE INDEX embedding_age ON embedding USING brin (created_at) WITH (pages_per_range = 32, autosummarize = on);
      SELECT isolate_by_site('embedding');

      CREATE FUNCTION purge_embeddings(before timestamp with time zone, max_rows integer) RETURNS integer
      LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
        WITH deleted AS (
          DELETE FROM embedding WHERE ctid = ANY (ARRAY(SELECT ctid FROM embedding WHERE created_at < before LIMIT max_rows))
          RETURNING 1)
        SELECT count(*)::int FROM deleted
      $$;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION purge_embeddings; DROP TABLE embedding');
  }
}
