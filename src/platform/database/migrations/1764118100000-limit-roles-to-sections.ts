import type { MigrationInterface, QueryRunner } from 'typeorm';
import { searchCommentsSql } from './1764115000300-search-comments.js';
import { AMONG_THE_NEWEST, RARE } from './1764117600000-find-common-words-among-the-newest.js';

/** `isolate_by_site` as it was made, and with what a table's columns say of sections besides. */
const isolateSql = (more: string): string => `
  CREATE OR REPLACE FUNCTION isolate_by_site(table_name regclass, site_column text DEFAULT 'site_id') RETURNS void
  LANGUAGE plpgsql AS $$
  BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', table_name);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', table_name);
    EXECUTE format(
      'CREATE POLICY site_isolation ON %s TO postbag_app
         USING (%I = nullif(current_setting(''app.site_id'', true), '''')::uuid)
         WITH CHECK (%I = nullif(current_setting(''app.site_id'', true), '''')::uuid)',
      table_name, site_column, site_column);
    EXECUTE format('CREATE POLICY owner_sees_all ON %s TO CURRENT_USER USING (true) WITH CHECK (true)', table_name);
    ${more}
  END $$;`;

/** The owner's function must itself look at the sections that row security would look at. */
const OF_SECTIONS = `
    IF nullif(current_setting('app.sections', true), '') IS NOT NULL THEN
      conditions := conditions || ' AND EXISTS (SELECT FROM story s WHERE s.site_id = c.site_id AND s.id = c.story_id
        AND s.section = ANY (current_setting(''app.sections'')::text[]))';
    END IF;`;

/**
 * The function that gives a table its limit.
 *
 * @param beginning of the condition about a comment or a text: a subquery up to its FROM
 */
export const limitToSectionsSql = (beginning: string): string => `
  -- A further policy for that role alone, by what the table's columns name: a story, a comment or a text.
  CREATE OR REPLACE FUNCTION limit_to_sections(table_name regclass) RETURNS void
  LANGUAGE plpgsql AS $$
  DECLARE
    col record;
    conditions text[] := '{}';
    is_enough boolean := false;
  BEGIN
    FOR col IN
      SELECT a.attname AS name, a.attnotnull AS is_sure,
        CASE a.attname WHEN 'story_id' THEN 'story' WHEN 'comment_id' THEN 'comment' ELSE 'revision' END AS target
      FROM pg_attribute a
      WHERE a.attrelid = table_name AND NOT a.attisdropped AND a.attname IN ('story_id', 'comment_id', 'revision_id')
      ORDER BY array_position('{story_id,comment_id,revision_id}'::text[], a.attname::text)
    LOOP
      -- The first that is never null is enough.
      CONTINUE WHEN is_enough;
      is_enough := col.is_sure;
      conditions := conditions
        || (CASE WHEN col.is_sure THEN '' ELSE format('%s.%I IS NULL OR ', table_name, col.name) END
        || format('%s %I x WHERE x.site_id = %s.site_id AND x.id = %s.%I)',
          CASE col.target WHEN 'story' THEN 'EXISTS (SELECT FROM' ELSE '${beginning}' END, col.target, table_name, table_name, col.name));
    END LOOP;
    IF cardinality(conditions) > 0 THEN
      EXECUTE format('CREATE POLICY section_limit ON %s AS RESTRICTIVE TO postbag_sections USING ((%s))',
        table_name, array_to_string(conditions, ') AND ('));
    END IF;
  END $$;`;

/** As a process of the version before asks: it knows no limit, and so it is told of no role that has one. */
const rolesSql = (which: string): string => `
  CREATE OR REPLACE FUNCTION roles_of_moderator(wanted uuid) RETURNS TABLE (site_id uuid, role text, second_factor boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
    SELECT r.site_id, r.role, coalesce(t.second_factor, false)
    FROM moderator_role r LEFT JOIN team_rule t ON t.site_id = r.site_id WHERE r.moderator_id = wanted ${which}
  $$;`;

/** Roles that are limited to sections of a site; in the database they act as `postbag_sections`, which sees these alone. */
export class LimitRolesToSections1764118100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${limitToSectionsSql('EXISTS (SELECT FROM')}
      REVOKE ALL ON FUNCTION limit_to_sections FROM PUBLIC;

      CREATE POLICY section_limit ON story AS RESTRICTIVE TO postbag_sections
        USING (section = ANY ((SELECT nullif(current_setting('app.sections', true), '')::text[])::text[]));
      SELECT limit_to_sections(c.oid::regclass) FROM pg_class c
      WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relrowsecurity;
      -- Of decisions about many, one's own: of others' one would learn how many they were about.
      CREATE POLICY section_limit ON bulk_decision AS RESTRICTIVE TO postbag_sections
        USING (moderator_id = ((SELECT nullif(current_setting('app.actor', true), '')::jsonb) ->> 'id')::uuid);
    `);
    await runner.query(isolateSql('PERFORM limit_to_sections(table_name);'));
    await runner.query(searchCommentsSql(AMONG_THE_NEWEST, RARE, OF_SECTIONS));
    await runner.query(`
      ALTER TABLE moderator_role ADD COLUMN sections text[]; -- null: the whole site
      ALTER TABLE moderator_role ADD CONSTRAINT moderator_role_sections CHECK (
        sections IS NULL OR (role IN ('viewer', 'moderator') AND cardinality(sections) BETWEEN 1 AND 50));
      ${rolesSql('AND r.sections IS NULL')}
      CREATE FUNCTION roles_and_sections_of_moderator(wanted uuid)
        RETURNS TABLE (site_id uuid, role text, sections text[], second_factor boolean)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        SELECT r.site_id, r.role, r.sections, coalesce(t.second_factor, false)
        FROM moderator_role r LEFT JOIN team_rule t ON t.site_id = r.site_id WHERE r.moderator_id = wanted
      $$;
      DROP TRIGGER audited ON moderator_role;
      SELECT audit_table('moderator_role', 'role', 'moderator_id', 'role,sections');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Nobody may see more than before: who was limited has no role until it is given again.
      DELETE FROM moderator_role WHERE sections IS NOT NULL;
    `);
    await runner.query(`
      DROP TRIGGER audited ON moderator_role;
      SELECT audit_table('moderator_role', 'role', 'moderator_id', 'role');
      DROP FUNCTION roles_and_sections_of_moderator;
      ${rolesSql('')}
      ALTER TABLE moderator_role DROP COLUMN sections;
    `);
    await runner.query(searchCommentsSql(AMONG_THE_NEWEST, RARE));
    await runner.query(isolateSql(''));
    await runner.query(`
      DO $$
      DECLARE
        limited record;
      BEGIN
        FOR limited IN SELECT polrelid::regclass AS name FROM pg_policy WHERE polname = 'section_limit'
          AND polrelid IN (SELECT oid FROM pg_class WHERE relnamespace = current_schema()::regnamespace) LOOP
          EXECUTE format('DROP POLICY section_limit ON %s', limited.name);
        END LOOP;
      END $$;
      DROP FUNCTION limit_to_sections;
    `);
  }
}
