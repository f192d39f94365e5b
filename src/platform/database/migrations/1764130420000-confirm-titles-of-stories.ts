import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A title counts when the publisher said it, or the story's page. Until then the path of the address stands in its
 * place, and what a visitor said is kept as a hint.
 *
 * Nothing tells who said the title of a story from before: those that nobody but their first visitor seems to have
 * described get their title from their page, as new ones do.
 */
export class ConfirmTitlesOfStories1764130420000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE story
        ADD COLUMN title_source text NOT NULL DEFAULT 'publisher' CHECK (title_source IN ('path', 'page', 'publisher')),
        ADD COLUMN title_hint text,               -- what a visitor's page said; shown to the publisher alone
        ADD COLUMN title_read_at timestamptz;     -- when the page was read for its title; null: it was not
      UPDATE story SET title_source = 'path', title_hint = title, title = left(coalesce(nullif(
          regexp_replace(regexp_replace(url, '^https?://[^/?#]*', ''), '[?#].*$', ''), ''), '/'), 300)
        WHERE created_at = updated_at AND section IS NULL AND published_at IS NULL AND topics = '[]' AND policy IS NULL;
      CREATE INDEX story_title_due ON story (created_at) WHERE title_source = 'path' AND title_read_at IS NULL;
      -- The newest first: those are read now.
      CREATE FUNCTION due_story_titles(max_per_site int, max_rows int) RETURNS TABLE (site_id uuid, story_id uuid)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        SELECT d.site_id, d.id FROM (
          SELECT s.site_id, s.id, s.created_at, row_number() OVER (PARTITION BY s.site_id ORDER BY s.created_at DESC) AS place
          FROM story s WHERE s.title_source = 'path' AND s.title_read_at IS NULL
        ) d WHERE d.place <= max_per_site ORDER BY d.created_at DESC LIMIT max_rows
      $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION due_story_titles;
      UPDATE story SET title = title_hint WHERE title_source = 'path' AND title_hint IS NOT NULL;
      ALTER TABLE story DROP COLUMN title_source, DROP COLUMN title_hint, DROP COLUMN title_read_at;
    `);
  }
}
