import type { MigrationInterface, QueryRunner } from 'typeorm';
import { auditDecisionSql } from './1764119401000-tell-reasons-in-readers-languages.js';

/**
 * Imports of comments from other products. The uploaded file is kept in pieces until a worker has read it into
 * `import_record`; from there it is matched with what the site has, and then written in small batches.
 */
export class CreateSiteImports1764130600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE site_import (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        id uuid NOT NULL,
        format text NOT NULL,
        options jsonb NOT NULL DEFAULT '{}',
        dry_run boolean NOT NULL,
        state text NOT NULL CHECK (state IN ('receiving', 'running', 'done', 'failed')),
        step text NOT NULL DEFAULT 'read',
        cursor jsonb,                                  -- how far the step is
        step_done bigint NOT NULL DEFAULT 0,
        step_total bigint NOT NULL DEFAULT 0,
        bytes bigint NOT NULL DEFAULT 0,               -- of the file as it was sent
        counts jsonb NOT NULL DEFAULT '{}',
        faults int NOT NULL DEFAULT 0,
        failure jsonb,                                 -- why it failed: code and message
        principal jsonb NOT NULL,                      -- who started it
        created_at timestamptz NOT NULL,
        touched_at timestamptz NOT NULL,               -- when something of the file last arrived
        finished_at timestamptz,
        PRIMARY KEY (site_id, id)
      );
      -- One at a time for each site.
      CREATE UNIQUE INDEX site_import_running ON site_import (site_id) WHERE state IN ('receiving', 'running');
      SELECT isolate_by_site('site_import');

      CREATE TABLE import_chunk (
        site_id uuid NOT NULL,
        import_id uuid NOT NULL,
        number int NOT NULL,
        bytes bytea NOT NULL,
        PRIMARY KEY (site_id, import_id, number),
        FOREIGN KEY (site_id, import_id) REFERENCES site_import ON DELETE CASCADE
      );
      -- The file is compressed already.
      ALTER TABLE import_chunk ALTER COLUMN bytes SET STORAGE EXTERNAL;
      SELECT isolate_by_site('import_chunk');

      CREATE TABLE import_fault (
        site_id uuid NOT NULL,
        import_id uuid NOT NULL,
        number int NOT NULL,
        file text NOT NULL,
        line int NOT NULL,
        code text NOT NULL,
        message text NOT NULL,
        PRIMARY KEY (site_id, import_id, number),
        FOREIGN KEY (site_id, import_id) REFERENCES site_import ON DELETE CASCADE
      );
      SELECT isolate_by_site('import_fault');

      -- What the file says, a row per document. No keys to other tables: it is written fast and deleted at the end.
      CREATE TABLE import_record (
        site_id uuid NOT NULL,
        import_id uuid NOT NULL,
        kind text NOT NULL,
        ref uuid NOT NULL,                             -- of the record itself; of a reaction, flag or decision: its comment
        reader_ref uuid,                               -- the author of a comment, who reacted or flagged, who decided
        story_ref uuid,
        parent_ref uuid,
        at timestamptz,
        file text NOT NULL,
        line int NOT NULL,
        doc jsonb NOT NULL
      );
      CREATE INDEX import_record_by_ref ON import_record (site_id, import_id, kind, ref);
      SELECT isolate_by_site('import_record');

      CREATE TABLE import_story (
        site_id uuid NOT NULL,
        import_id uuid NOT NULL,
        ref uuid NOT NULL,
        story_id uuid NOT NULL,
        key text NOT NULL,
        is_new boolean NOT NULL,
        comments int NOT NULL DEFAULT 0,               -- visible ones that come with this import
        PRIMARY KEY (site_id, import_id, ref)
      );
      SELECT isolate_by_site('import_story');

      CREATE TABLE import_reader (
        site_id uuid NOT NULL,
        import_id uuid NOT NULL,
        ref uuid NOT NULL,
        reader_id uuid NOT NULL,
        key text NOT NULL COLLATE "C",
        name text,                                     -- as the source has it, for decisions of moderators
        is_new boolean NOT NULL,
        is_erased boolean NOT NULL DEFAULT false,      -- the person asked to be forgotten: no text of theirs is taken
        published int NOT NULL DEFAULT 0,
        rejected int NOT NULL DEFAULT 0,
        PRIMARY KEY (site_id, import_id, ref)
      );
      SELECT isolate_by_site('import_reader');

      CREATE TABLE import_comment (
        site_id uuid NOT NULL,
        import_id uuid NOT NULL,
        ref uuid NOT NULL,
        lane smallint NOT NULL,                        -- of its story: lanes are written side by side
        level int NOT NULL,                            -- 0 answers nothing: parents are written before their replies
        id uuid NOT NULL,
        story_ref uuid NOT NULL,
        author_ref uuid NOT NULL,
        parent_ref uuid,
        answers_id uuid,                               -- the parent, by its id here
        top_id uuid,                                   -- the top-level comment above
        status text NOT NULL,
        is_new boolean NOT NULL,
        replies int NOT NULL DEFAULT 0,                -- visible ones below it that come with this import
        PRIMARY KEY (site_id, import_id, ref)
      );
      CREATE INDEX import_comment_in_order ON import_comment (site_id, import_id, lane, level, id);
      SELECT isolate_by_site('import_comment');

      CREATE TABLE import_lane (
        site_id uuid NOT NULL,
        import_id uuid NOT NULL,
        lane smallint NOT NULL,
        cursor jsonb,                                  -- level and id of the last comment that is written
        done int NOT NULL DEFAULT 0,
        is_done boolean NOT NULL DEFAULT false,
        PRIMARY KEY (site_id, import_id, lane),
        FOREIGN KEY (site_id, import_id) REFERENCES site_import ON DELETE CASCADE
      );
      SELECT isolate_by_site('import_lane');

      -- What imported comments and stories were called where they came from, for links that lead there.
      CREATE TABLE external_id (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        kind text NOT NULL CHECK (kind IN ('comment', 'story')),
        source text NOT NULL,
        external_id text NOT NULL COLLATE "C",
        id uuid NOT NULL,
        PRIMARY KEY (site_id, kind, source, external_id)
      );
      SELECT isolate_by_site('external_id');

      CREATE INDEX story_by_url ON story (site_id, md5(url));

      -- Who decided in the product that the decision was imported from.
      ALTER TABLE decision ADD COLUMN imported_from text, ADD COLUMN imported_by text;
      ALTER TABLE standing_change ADD COLUMN imported_from text, ADD COLUMN imported_by text;

      -- A UUIDv7 of that time; the same for the same thing each time it is imported.
      CREATE FUNCTION imported_id(at timestamptz, ref uuid) RETURNS uuid LANGUAGE sql IMMUTABLE
      SET search_path FROM CURRENT AS $$
        SELECT (left(first_id_at(at)::text, 15) || substr(ref::text, 16))::uuid
      $$;

      -- Only the owner may; without it the first import is planned as if there were nothing.
      CREATE FUNCTION analyze_imports() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
      BEGIN
        ANALYZE import_record, import_story, import_reader, import_comment;
      END $$;

      -- Imports whose upload broke off, and those that no worker has in hand.
      CREATE FUNCTION unfinished_imports(silent_since timestamptz) RETURNS TABLE (site_id uuid, import_id uuid, state text)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        SELECT i.site_id, i.id, i.state FROM site_import i
        WHERE i.state IN ('receiving', 'running') AND i.touched_at < silent_since
      $$;

      -- A page that was made for another product names no site: its address tells. Those with imported stories first.
      CREATE FUNCTION sites_with_origin(wanted text) RETURNS SETOF uuid
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        SELECT s.id FROM site s WHERE wanted = ANY (s.origins)
        ORDER BY NOT EXISTS (SELECT FROM external_id e WHERE e.site_id = s.id AND e.kind = 'story'), s.id LIMIT 10
      $$;
      ${auditDecisionSql(`, 'said', NEW.reason_text, 'importedFrom', NEW.imported_from, 'importedBy', NEW.imported_by`)}

      CREATE OR REPLACE FUNCTION audit_standing() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
      BEGIN
        PERFORM add_audit_entry(NEW.site_id, NEW.created_at, 'reader.standing', 'reader', NEW.reader_id::text,
          NEW.reason, NULL, jsonb_build_object('standing', NEW.standing, 'until', NEW.until,
            'importedFrom', NEW.imported_from, 'importedBy', NEW.imported_by));
        RETURN NULL;
      END $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${auditDecisionSql(`, 'said', NEW.reason_text`)}
      CREATE OR REPLACE FUNCTION audit_standing() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
      BEGIN
        PERFORM add_audit_entry(NEW.site_id, NEW.created_at, 'reader.standing', 'reader', NEW.reader_id::text,
          NEW.reason, NULL, jsonb_build_object('standing', NEW.standing, 'until', NEW.until));
        RETURN NULL;
      END $$;
      DROP FUNCTION sites_with_origin, unfinished_imports, analyze_imports, imported_id;
      ALTER TABLE standing_change DROP COLUMN imported_by, DROP COLUMN imported_from;
      ALTER TABLE decision DROP COLUMN imported_by, DROP COLUMN imported_from;
      DROP INDEX story_by_url;
      DROP TABLE external_id, import_lane, import_comment, import_reader, import_story, import_record, import_fault, import_chunk, site_import;
    `);
  }
}
