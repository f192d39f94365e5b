-- A publisher's site: its name, origins, policy and single sign-on.
CREATE TABLE site (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  origins text[] NOT NULL,
  sign_in_url text,
  policy jsonb NOT NULL DEFAULT '{}',                -- only what differs from the defaults
  policy_version int NOT NULL DEFAULT 1,
  sso_family text NOT NULL DEFAULT 'hmac' CHECK (sso_family IN ('hmac', 'public-key')),
  sso_secret_sealed text NOT NULL,
  sso_issuer text,
  jwks_url text,
  jwks jsonb,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
ALTER TABLE site ENABLE ROW LEVEL SECURITY;
ALTER TABLE site FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_sees_all ON site TO CURRENT_USER
  USING (true)
  WITH CHECK (true);
CREATE POLICY site_isolation ON site TO postbag_app
  USING (id = nullif(current_setting('app.site_id', true), '')::uuid)
  WITH CHECK (id = nullif(current_setting('app.site_id', true), '')::uuid);

ALTER TABLE mail ADD FOREIGN KEY (site_id) REFERENCES site(id) ON DELETE CASCADE;

-- Every version of a site's policy, with its overrides, as it was stored.
CREATE TABLE policy_version (
  site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
  version int NOT NULL,
  policy jsonb NOT NULL,                             -- only what differs from the defaults
  overrides jsonb NOT NULL,                          -- [{key, section, storyKey, from, until, policy}] at that time
  actor jsonb,                                       -- {kind, id, name}
  note text,
  restores int,                                      -- the version that was restored
  created_at timestamptz NOT NULL,
  PRIMARY KEY (site_id, version)
);
SELECT isolate_by_site('policy_version');
REVOKE UPDATE, DELETE ON policy_version FROM postbag_app;

-- Changes to the policy for a section or a story, temporary or permanent.
CREATE TABLE policy_override (
  site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
  key text NOT NULL,
  section text,
  story_key text,
  starts_at timestamptz,                             -- null: immediately
  ends_at timestamptz,                               -- exclusive; null: until it is deleted
  note text,
  policy jsonb NOT NULL,
  PRIMARY KEY (site_id, key),
  CHECK ((section IS NULL) OR (story_key IS NULL))
);
SELECT isolate_by_site('policy_override');

-- Subscription tiers of a site; a higher rank includes the lower ones.
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

-- API keys of publishers and of the operator.
CREATE TABLE publisher_key (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  prefix text NOT NULL,
  hash text NOT NULL UNIQUE,                         -- SHA-256 of the key, hex
  scopes text[] NOT NULL,
  sites uuid[],                                      -- null: every site
  created_at timestamptz NOT NULL,
  revoked_at timestamptz,
  last_used_at timestamptz,
  unread_score float8 CHECK ((unread_score >= 0) AND (unread_score <= 1)) -- score that the analyze API returns for an unsupported language; null: an error
);

-- Stores a version of the policy whenever its number changes, and audits it.
CREATE FUNCTION record_policy_version() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  BEGIN
    INSERT INTO policy_version (site_id, version, policy, overrides, actor, note, restores, created_at)
    VALUES (NEW.id, NEW.policy_version, NEW.policy, overrides_of_site(NEW.id),
      coalesce(nullif(current_setting('app.actor', true), '')::jsonb, '{"kind": "system"}'),
      nullif(current_setting('app.policy_note', true), ''),
      nullif(current_setting('app.policy_restores', true), '')::int, NEW.updated_at);
    IF TG_OP = 'UPDATE' THEN
      PERFORM add_audit_entry(NEW.id, NEW.updated_at, 'policy.changed', 'policy', NEW.policy_version::text,
        nullif(current_setting('app.policy_note', true), ''), NEW.policy_version,
        jsonb_build_object('version', jsonb_build_array(OLD.policy_version, NEW.policy_version),
          'restores', nullif(current_setting('app.policy_restores', true), '')::int));
    END IF;
    RETURN NULL;
  END
$$;

-- Sites ordered by id, one page at a time.
CREATE FUNCTION list_sites(after uuid, max_rows integer, only_ids uuid[]) RETURNS SETOF site
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT * FROM site
  WHERE (after IS NULL OR id > after) AND (only_ids IS NULL OR id = ANY (only_ids))
  ORDER BY id LIMIT max_rows
$$;

-- Sites that a page of this origin may belong to; sites with imported stories first.
CREATE FUNCTION sites_with_origin(origin text) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT s.id FROM site s WHERE origin = ANY (s.origins)
  ORDER BY NOT EXISTS (SELECT FROM external_id e WHERE e.site_id = s.id AND e.kind = 'story'), s.id LIMIT 10
$$;

-- The overrides of a site as JSON, in the form that a policy version stores.
CREATE FUNCTION overrides_of_site(p_site_id uuid) RETURNS jsonb
LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object('key', o.key, 'section', o.section, 'storyKey', o.story_key,
    'from', o.starts_at, 'until', o.ends_at, 'policy', o.policy) ORDER BY o.key), '[]')
  FROM policy_override o WHERE o.site_id = p_site_id
$$;

SELECT audit_table('site', 'site', 'id', 'name,origins,sign_in_url,sso_family,sso_issuer,jwks_url', 'sso_secret_sealed,jwks');
CREATE TRIGGER policy_version_audited AFTER INSERT ON site
  FOR EACH ROW EXECUTE FUNCTION record_policy_version();
CREATE TRIGGER policy_version_recorded AFTER UPDATE OF policy_version ON site
  FOR EACH ROW
  WHEN (OLD.policy_version <> NEW.policy_version) EXECUTE FUNCTION record_policy_version();
SELECT audit_table('policy_override', 'override', 'key', 'section,story_key,starts_at,ends_at,note,policy');
SELECT audit_table('publisher_key', 'key', 'id', 'name,scopes,sites,revoked_at');
CREATE TRIGGER audited_for_sites AFTER INSERT OR UPDATE OF revoked_at ON publisher_key
  FOR EACH ROW
  WHEN (NEW.sites IS NOT NULL) EXECUTE FUNCTION audit_key_of_sites();
