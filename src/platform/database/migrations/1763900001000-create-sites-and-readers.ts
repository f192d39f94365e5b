import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sites, publisher keys, stories, tiers, readers, entitlements and inbound billing wires. */
export class CreateSitesAndReaders1763900001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE site (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        origins text[] NOT NULL,
        sign_in_url text,
        policy jsonb NOT NULL DEFAULT '{}',           -- what differs from the defaults
        policy_version int NOT NULL DEFAULT 1,
        sso_family text NOT NULL DEFAULT 'hmac' CHECK (sso_family IN ('hmac', 'public-key')),
        sso_secret_sealed text NOT NULL,
        sso_issuer text,
        jwks_url text,
        jwks jsonb,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL
      );
      SELECT isolate_by_site('site', 'id');

      CREATE TABLE publisher_key (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        prefix text NOT NULL,
        hash text NOT NULL UNIQUE,                     -- SHA-256 of the key, hex
        scopes text[] NOT NULL,
        sites uuid[],                                  -- null: every site
        created_at timestamptz NOT NULL,
        revoked_at timestamptz
      );

      CREATE TABLE tier (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        key text NOT NULL,
        name text NOT NULL,
        rank int NOT NULL,
        upgrade_url text,
        badge text,
        PRIMARY KEY (site_id, key)
      );
      SELECT isolate_by_site('tier');

      CREATE TABLE story (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        id uuid NOT NULL,
        key text NOT NULL,
        url text NOT NULL,
        title text NOT NULL,
        section text,
        published_at timestamptz,
        topics jsonb NOT NULL DEFAULT '[]',
        state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed')),
        policy jsonb,
        comment_count int NOT NULL DEFAULT 0 CHECK (comment_count >= 0),
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, id),
        UNIQUE (site_id, key)
      );
      SELECT isolate_by_site('story');

      CREATE TABLE reader (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        id uuid NOT NULL,
        key text NOT NULL COLLATE "C",                 -- the token's sub, byte by byte
        name text NOT NULL,                            -- as others see it
        name_skeleton text NOT NULL,
        name_given text NOT NULL DEFAULT '',                  -- as the publisher wrote it
        picture text,
        email text,
        tier text,                                     -- the tier that counted when last seen, for showing
        role text NOT NULL DEFAULT 'reader' CHECK (role IN ('reader', 'staff', 'author')),
        standing text NOT NULL DEFAULT 'normal'
          CHECK (standing IN ('normal', 'warned', 'suspended', 'banned', 'pre-moderated', 'trusted')),
        standing_until timestamptz,
        standing_reason text,
        published_count int NOT NULL DEFAULT 0,
        rejected_count int NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL,
        seen_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, id),
        UNIQUE (site_id, key)
      );
      CREATE INDEX reader_skeleton ON reader (site_id, name_skeleton);
      SELECT isolate_by_site('reader');

      CREATE TABLE entitlement (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        reader_key text NOT NULL COLLATE "C",
        key text NOT NULL,
        tier text NOT NULL,
        status text NOT NULL CHECK (status IN ('active', 'trialing', 'past_due', 'cancelled', 'expired')),
        valid_until timestamptz,
        grace_until timestamptz,
        ended_at timestamptz,                          -- when a cancelled or expired status was told to us
        source text NOT NULL DEFAULT 'api',
        sequence numeric,                              -- the provider's own order, where it has one
        told_at timestamptz NOT NULL,                  -- the provider's time of the fact
        message_id text,                               -- of the inbound message that told it
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, reader_key, key)
      );
      SELECT isolate_by_site('entitlement');

      -- Tiers that a reader lost without a row left to say so: the entitlement was deleted, or moved to another tier.
      CREATE TABLE entitlement_ending (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        reader_key text NOT NULL COLLATE "C",
        tier text NOT NULL,
        ended_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, reader_key, tier)
      );
      SELECT isolate_by_site('entitlement_ending');

      CREATE TABLE inbound_provider (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        provider text NOT NULL,
        secrets_sealed text NOT NULL,
        tiers jsonb NOT NULL DEFAULT '{}',
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, provider)
      );
      SELECT isolate_by_site('inbound_provider');

      CREATE TABLE inbound_message (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        provider text NOT NULL,
        message_id text NOT NULL,
        outcome text NOT NULL,
        received_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, provider, message_id)
      );
      CREATE INDEX inbound_message_age ON inbound_message (site_id, provider, received_at);
      SELECT isolate_by_site('inbound_message');

      CREATE FUNCTION list_sites(after uuid, max_rows int, only_ids uuid[]) RETURNS SETOF site
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        SELECT * FROM site
        WHERE (after IS NULL OR id > after) AND (only_ids IS NULL OR id = ANY (only_ids))
        ORDER BY id LIMIT max_rows
      $$;
      CREATE FUNCTION site_of_reader(reader_id uuid) RETURNS uuid
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        SELECT site_id FROM reader WHERE id = reader_id
      $$;
      CREATE INDEX reader_by_id ON reader (id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION site_of_reader, list_sites;
      DROP TABLE inbound_message, inbound_provider, entitlement_ending, entitlement, reader, story, tier, publisher_key, site;
    `);
  }
}
