import type { MigrationInterface, QueryRunner } from 'typeorm';

/** `store_comment` of version `1764000000000`, and with what the event says of the page. */
const storeSql = (column: string, value: string): string => `
  CREATE OR REPLACE FUNCTION store_comment(
    the_site uuid, expected jsonb, author_key text, author uuid, tier text, the_id uuid, the_story uuid,
    the_parent uuid, at timestamptz, the_revision uuid, the_body text, the_html text, the_fingerprint text,
    event jsonb, OUT refusal text, OUT facts jsonb)
  LANGUAGE plpgsql AS $$
  DECLARE
    answered comment%ROWTYPE;
  BEGIN
    PERFORM set_config('app.site_id', the_site::text, true);
    IF expected IS NOT NULL THEN
      facts := reader_gate_facts(the_site, author_key, author);
      IF facts IS DISTINCT FROM expected THEN
        refusal := 'facts-changed';
        RETURN;
      END IF;
      facts := NULL;
    END IF;
    IF the_parent IS NOT NULL THEN
      SELECT * INTO answered FROM comment p
      WHERE p.site_id = the_site AND p.id = the_parent AND p.story_id = the_story FOR KEY SHARE;
      IF answered.visible IS NOT TRUE THEN
        refusal := CASE WHEN answered.reply_count > 0 OR answered.author_id = author
          THEN 'parent-not-published' ELSE 'parent-not-found' END;
        RETURN;
      END IF;
    END IF;
    INSERT INTO comment (site_id, id, story_id, parent_id, root_id, author_id, author_tier, created_at, pending_since${column})
    VALUES (the_site, the_id, the_story, the_parent, coalesce(answered.root_id, answered.id), author, tier, at, at${value});
    INSERT INTO revision (site_id, id, comment_id, number, body, html, fingerprint, created_at)
    VALUES (the_site, the_revision, the_id, 1, the_body, the_html, the_fingerprint, at);
    INSERT INTO outbox (site_id, type, subject, payload, occurred_at)
    VALUES (the_site, 'comment.submitted', 'comment:' || the_id, event, at);
  END $$;`;

/** @param more members of the entry's details */
export const auditDecisionSql = (more: string): string => `
  CREATE OR REPLACE FUNCTION audit_decision() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  BEGIN
    PERFORM add_audit_entry(NEW.site_id, NEW.created_at, 'comment.' || NEW.action, 'comment', NEW.comment_id::text,
      NEW.reason, NEW.policy_version, jsonb_build_object('decision', NEW.id, 'revision', NEW.revision,
        'from', NEW.from_status, 'to', NEW.to_status, 'reverses', NEW.reverses${more}));
    RETURN NULL;
  END $$;`;

/** A refusal keeps the words that its author was told, in the language of the page they wrote on. */
export class TellReasonsInReadersLanguages1764119401000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE comment
        ADD COLUMN page_language text, -- of the page it was written on: ISO 639-1; null: nobody said
        ADD COLUMN reason_text text;   -- with a refusal: what its author reads of the reason, as it was said then
      ALTER TABLE decision
        ADD COLUMN reason_text text,
        ADD COLUMN was_reason_text text;
      ${storeSql(', page_language', `, event ->> 'pageLanguage'`)}
      ${auditDecisionSql(`, 'said', NEW.reason_text`)}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${storeSql('', '')}
      ${auditDecisionSql('')}
      ALTER TABLE decision DROP COLUMN was_reason_text, DROP COLUMN reason_text;
      ALTER TABLE comment DROP COLUMN reason_text, DROP COLUMN page_language;
    `);
  }
}
