import type { MigrationInterface, QueryRunner } from 'typeorm';
import { placeInQueueSql } from './1764106000000-create-queue-entries.js';
import { limitToSectionsSql } from './1764118100000-limit-roles-to-sections.js';

/** Gives the limit anew to tables that name a comment or a text; stories, and what is one's own, keep theirs. */
const GIVE_LIMITS_ANEW = `
  DO $$
  DECLARE
    limited record;
  BEGIN
    FOR limited IN SELECT polrelid::regclass AS name FROM pg_policy WHERE polname = 'section_limit'
      AND polrelid IN (SELECT oid FROM pg_class WHERE relnamespace = current_schema()::regnamespace)
      AND polrelid NOT IN ('story'::regclass, 'bulk_decision'::regclass) LOOP
      EXECUTE format('DROP POLICY section_limit ON %s', limited.name);
      PERFORM limit_to_sections(limited.name);
    END LOOP;
  END $$;`;

/** What a role that is limited to sections needs to find its part of long lists without looking through all of them. */
export class FindSectionsInLongLists1764119300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // A comment or a text is looked up by its id. Of an EXISTS PostgreSQL may think that reading all there are into a
    // table of its own would be cheaper; of stories, which are few, that is so.
    await runner.query(`
      ${limitToSectionsSql('(SELECT true FROM')}
      ${GIVE_LIMITS_ANEW}

      -- What waits says itself which section it is of: a list of hundreds of thousands is narrowed without its stories.
      ALTER TABLE queue_entry ADD COLUMN section text;
      UPDATE queue_entry e SET section = s.section FROM story s
      WHERE s.site_id = e.site_id AND s.id = e.story_id AND s.section IS NOT NULL;
      ${placeInQueueSql('s.section')}
      CREATE FUNCTION follow_section_in_queue() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
      BEGIN
        UPDATE queue_entry SET section = NEW.section WHERE site_id = NEW.site_id AND story_id = NEW.id;
        RETURN NULL;
      END $$;
      CREATE TRIGGER section_queued AFTER UPDATE OF section ON story FOR EACH ROW
        WHEN (OLD.section IS DISTINCT FROM NEW.section)
        EXECUTE FUNCTION follow_section_in_queue();
      CREATE INDEX queue_entry_by_section ON queue_entry (site_id, state, section);
      CREATE INDEX queue_entry_by_story ON queue_entry (site_id, story_id);
      DROP POLICY section_limit ON queue_entry;
      CREATE POLICY section_limit ON queue_entry AS RESTRICTIVE TO postbag_sections
        USING (section = ANY ((SELECT nullif(current_setting('app.sections', true), '')::text[])::text[]));

      -- Where the latest so many of the site begin, whichever of them the caller sees; before all where there are fewer. The
      -- texts of the conditions are those of the partial indexes.
      CREATE FUNCTION first_of_latest(list text, how_many int) RETURNS uuid
      LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
      DECLARE
        site uuid := nullif(current_setting('app.site_id', true), '')::uuid;
        first uuid;
      BEGIN
        IF list = 'published' THEN
          SELECT c.id INTO first FROM comment c WHERE c.site_id = site AND c.status = 'published'
          ORDER BY c.id DESC OFFSET how_many - 1 LIMIT 1;
        ELSE
          SELECT c.id INTO first FROM comment c WHERE c.site_id = site AND c.status IN ('rejected', 'removed')
          ORDER BY c.id DESC OFFSET how_many - 1 LIMIT 1;
        END IF;
        RETURN coalesce(first, '00000000-0000-0000-0000-000000000000');
      END $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION first_of_latest;
      DROP TRIGGER section_queued ON story;
      DROP FUNCTION follow_section_in_queue;
      ${placeInQueueSql('')}
      DROP POLICY section_limit ON queue_entry;
      DROP INDEX queue_entry_by_story;
      ALTER TABLE queue_entry DROP COLUMN section;
      ${limitToSectionsSql('EXISTS (SELECT FROM')}
      ${GIVE_LIMITS_ANEW}
      SELECT limit_to_sections('queue_entry');
    `);
  }
}
