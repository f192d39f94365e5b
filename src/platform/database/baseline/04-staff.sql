-- A person with a console account.
CREATE TABLE moderator (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  email text UNIQUE,                                 -- lower case
  password_hash text,                                -- argon2id
  role_everywhere text CHECK (role_everywhere IN ('viewer', 'moderator', 'admin', 'owner')), -- role on all sites; null: only the roles in moderator_role
  created_at timestamptz NOT NULL,
  joined_at timestamptz,
  console_settings jsonb NOT NULL DEFAULT '{}'
);

-- A person's role on a site, and the sections that it is limited to.
CREATE TABLE moderator_role (
  site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
  moderator_id uuid NOT NULL REFERENCES moderator ON DELETE CASCADE,
  role text NOT NULL CHECK (role IN ('viewer', 'moderator', 'admin', 'owner')),
  since timestamptz NOT NULL DEFAULT now(),
  sections text[],
  PRIMARY KEY (site_id, moderator_id),
  CONSTRAINT moderator_role_sections CHECK ((sections IS NULL) OR (role IN ('viewer', 'moderator') AND ((cardinality(sections) >= 1) AND (cardinality(sections) <= 50))))
);
SELECT isolate_by_site('moderator_role');

-- Signed-in console sessions.
CREATE TABLE moderator_session (
  token_hash text PRIMARY KEY,                       -- SHA-256, hex
  moderator_id uuid NOT NULL REFERENCES moderator ON DELETE CASCADE,
  created_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  agent text,
  confirmed_at timestamptz,
  proven_at timestamptz
);
CREATE INDEX moderator_session_age ON moderator_session (expires_at);
CREATE UNIQUE INDEX moderator_session_by_id ON moderator_session (id);
CREATE INDEX moderator_session_of ON moderator_session (moderator_id);

-- Links accounts of the staff identity provider to console accounts.
CREATE TABLE moderator_identity (
  issuer text NOT NULL,
  subject text NOT NULL,
  moderator_id uuid NOT NULL REFERENCES moderator ON DELETE CASCADE,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (issuer, subject),
  UNIQUE (moderator_id, issuer)
);

-- Single-use links by which a person sets a password or signs in.
CREATE TABLE sign_in_link (
  token_hash text PRIMARY KEY,
  moderator_id uuid NOT NULL REFERENCES moderator ON DELETE CASCADE,
  expires_at timestamptz NOT NULL,
  printed_at_start boolean NOT NULL DEFAULT false,   -- each start replaces the link of the previous start
  used_at timestamptz,
  proven boolean NOT NULL DEFAULT false
);

-- Authenticator apps: the secret in use and one that awaits confirmation.
CREATE TABLE moderator_totp (
  moderator_id uuid PRIMARY KEY REFERENCES moderator ON DELETE CASCADE,
  secret_sealed text,                                -- null: setup never finished
  since timestamptz,
  last_step bigint NOT NULL DEFAULT 0,               -- time step (RFC 6238) of the newest accepted code; no code is accepted twice
  pending_sealed text,                               -- secret being set up; the old one stays valid until it is confirmed
  pending_until timestamptz
);

-- Single-use codes for people who have lost their second factor.
CREATE TABLE recovery_code (
  moderator_id uuid NOT NULL REFERENCES moderator ON DELETE CASCADE,
  code_hash text NOT NULL,                           -- HMAC-SHA256 under a key derived from SECRET_KEY, hex
  used_at timestamptz,
  PRIMARY KEY (moderator_id, code_hash)
);

-- Passkeys of console accounts.
CREATE TABLE moderator_passkey (
  id uuid PRIMARY KEY,
  moderator_id uuid NOT NULL REFERENCES moderator ON DELETE CASCADE,
  credential_id text NOT NULL UNIQUE,                -- base64url
  public_key bytea NOT NULL,                         -- COSE
  counter bigint NOT NULL,
  transports text[] NOT NULL,
  name text NOT NULL,
  created_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX moderator_passkey_of ON moderator_passkey (moderator_id);

-- Open WebAuthn challenges.
CREATE TABLE passkey_challenge (
  challenge text PRIMARY KEY,
  moderator_id uuid REFERENCES moderator ON DELETE CASCADE, -- the moderator who registers a passkey; null: a sign-in
  expires_at timestamptz NOT NULL
);
CREATE INDEX passkey_challenge_age ON passkey_challenge (expires_at);

-- Whether a site requires a second factor from its team.
CREATE TABLE team_rule (
  site_id uuid PRIMARY KEY REFERENCES site ON DELETE CASCADE,
  second_factor boolean NOT NULL
);
SELECT isolate_by_site('team_rule');

-- A moderator's roles on all sites, with their sections and whether the site requires a second factor.
CREATE FUNCTION roles_and_sections_of_moderator(p_moderator_id uuid) RETURNS TABLE(site_id uuid, role text, sections text[], second_factor boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT r.site_id, r.role, r.sections, coalesce(t.second_factor, false)
  FROM moderator_role r LEFT JOIN team_rule t ON t.site_id = r.site_id WHERE r.moderator_id = p_moderator_id
$$;

CREATE FUNCTION sites_requiring_second_factor() RETURNS TABLE(site_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT t.site_id FROM team_rule t WHERE t.second_factor
$$;

SELECT audit_table('moderator', 'account', 'id', 'name,email,role_everywhere', 'password_hash', 'INSERT OR DELETE OR UPDATE OF name, email, role_everywhere, password_hash');
SELECT audit_table('moderator_role', 'role', 'moderator_id', 'role,sections');
SELECT audit_table('moderator_session', 'session', 'moderator_id', 'agent', events => 'INSERT');
SELECT audit_table('moderator_identity', 'identity', 'moderator_id', 'issuer,subject');
SELECT audit_table('sign_in_link', 'sign-in-link', 'moderator_id', 'printed_at_start', events => 'INSERT');
SELECT audit_table('moderator_totp', 'second-factor', 'moderator_id', 'since', 'secret_sealed', 'INSERT OR DELETE OR UPDATE OF since, secret_sealed');
SELECT audit_table('recovery_code', 'recovery-code', 'moderator_id', 'used_at', events => 'UPDATE OF used_at');
SELECT audit_table('moderator_passkey', 'passkey', 'moderator_id', 'name', events => 'INSERT OR DELETE OR UPDATE OF name');
SELECT audit_table('team_rule', 'team-rule', 'site_id', 'second_factor');
