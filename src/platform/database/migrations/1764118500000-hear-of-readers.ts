import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a publisher's own system told of a reader last: who they are, and that they are gone. */
export class HearOfReaders1764118500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE reader_told (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        reader_key text NOT NULL,                      -- of nobody that is stored, where they are gone
        what text NOT NULL CHECK (what IN ('profile', 'deletion')),
        source text NOT NULL,
        told_at timestamptz NOT NULL,
        sequence bigint,
        message_id text,
        recorded_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, reader_key, what)
      );
      CREATE INDEX reader_told_age ON reader_told (site_id, recorded_at);
      SELECT isolate_by_site('reader_told');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE reader_told');
  }
}
