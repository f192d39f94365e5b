import { Injectable } from '@nestjs/common';
import type { ModeratorRole } from '../../platform/auth/principal.js';
import type { Tx } from '../../platform/database/database.js';
import type { ModeratorId, SiteId } from '../../platform/ids.js';
import { PubSub } from '../../platform/pubsub/pubsub.js';
import { publishAccessChange } from './access-changes.js';
import { composeSql, sql } from '../../platform/database/sql.js';

export interface Moderator {
  id: ModeratorId;
  name: string;
  /** Lower case. */
  email: string | null;
  passwordHash: string | null;
  roleEverywhere: ModeratorRole | null;
  /** When the account was first used to sign in; null: a pending invitation. */
  joinedAt: Date | null;
}

export interface SessionRow extends Moderator {
  roles: { siteId: SiteId; role: ModeratorRole; sections: string[] | null; secondFactor: boolean }[];
  /** Sites that require a second factor, for an account whose role applies to all sites. */
  requiringSecondFactor: SiteId[];
  seenAt: Date;
  expiresAt: Date;
  confirmedAt: Date | null;
  /** When the second factor was verified in this session. */
  provenAt: Date | null;
}

const COLUMNS = composeSql`m.id, m.name, m.email, m.password_hash AS "passwordHash", m.role_everywhere AS "roleEverywhere",
  m.joined_at AS "joinedAt"`;

export const BY_ID_MODERATOR = composeSql`SELECT ${COLUMNS} FROM moderator m WHERE m.id = $1`;

export const BY_EMAIL_MODERATOR = composeSql`SELECT ${COLUMNS} FROM moderator m WHERE m.email = $1`;

export const USE_LINK_SIGN_IN_LINK = composeSql`WITH used AS (
     UPDATE sign_in_link SET used_at = $2
     WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2 RETURNING moderator_id, proven)
   SELECT ${COLUMNS}, used.proven FROM used JOIN moderator m ON m.id = used.moderator_id`;

export const SESSION_ROLES_AND_SECTIONS_OF_MODERATOR = composeSql`SELECT ${COLUMNS}, s.seen_at AS "seenAt", s.expires_at AS "expiresAt", s.confirmed_at AS "confirmedAt",
     s.proven_at AS "provenAt",
     coalesce((SELECT json_agg(json_build_object('siteId', r.site_id, 'role', r.role, 'sections', r.sections,
                                                 'secondFactor', r.second_factor))
               FROM roles_and_sections_of_moderator(m.id) r), '[]') AS roles,
     CASE WHEN m.role_everywhere IS NULL THEN '[]'
          ELSE coalesce((SELECT json_agg(a.site_id) FROM sites_requiring_second_factor() a), '[]') END AS "requiringSecondFactor"
   FROM moderator_session s JOIN moderator m ON m.id = s.moderator_id WHERE s.token_hash = $1`;

/** Accounts, one-time links and sessions. They are not site-scoped, so these methods take no site. */
@Injectable()
export class ModeratorRepository {
  constructor(private readonly pubsub: PubSub) {}

  /** The account that has been owner of all sites for the longest. Created if there is none. */
  async firstOwner(tx: Tx, fallback: { id: ModeratorId; name: string; at: Date }): Promise<ModeratorId> {
    // Prevents two processes that start at the same time from creating two owners.
    await tx.query(sql`SELECT pg_advisory_xact_lock(hashtextextended('first-owner', 7342))`);
    const [owner] = await tx.query<{ id: ModeratorId }>(
      sql`SELECT id FROM moderator WHERE role_everywhere = 'owner' ORDER BY created_at, id LIMIT 1`,
    );
    if (owner) return owner.id;
    await tx.query(
      sql`INSERT INTO moderator (id, name, role_everywhere, created_at) VALUES ($1, $2, 'owner', $3)`,
      [fallback.id, fallback.name, fallback.at],
    );
    return fallback.id;
  }

  async byId(tx: Tx, id: ModeratorId): Promise<Moderator | null> {
    const [row] = await tx.query<Moderator>(BY_ID_MODERATOR, [id]);
    return row ?? null;
  }

  async byEmail(tx: Tx, email: string): Promise<Moderator | null> {
    const [row] = await tx.query<Moderator>(BY_EMAIL_MODERATOR, [email]);
    return row ?? null;
  }

  async byIdentity(tx: Tx, issuer: string, subject: string): Promise<ModeratorId | null> {
    const [row] = await tx.query<{ id: ModeratorId }>(
      sql`SELECT moderator_id AS id FROM moderator_identity WHERE issuer = $1 AND subject = $2`,
      [issuer, subject],
    );
    return row?.id ?? null;
  }

  /** @returns false if the identity or the account is already linked to another one */
  async bindIdentity(
    tx: Tx,
    { issuer, subject, id, at }: { issuer: string; subject: string; id: ModeratorId; at: Date },
  ): Promise<boolean> {
    const rows = await tx.query(
      sql`INSERT INTO moderator_identity (issuer, subject, moderator_id, created_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING RETURNING 1`,
      [issuer, subject, id, at],
    );
    return rows.length === 1;
  }

  async dropIdentity(tx: Tx, issuer: string, id: ModeratorId): Promise<void> {
    await tx.query(sql`DELETE FROM moderator_identity WHERE issuer = $1 AND moderator_id = $2`, [issuer, id]);
  }

  /** When the account was linked to an identity at the single sign-on server; null: not linked. */
  async identitySince(tx: Tx, id: ModeratorId): Promise<Date | null> {
    const [row] = await tx.query<{ since: Date | null }>(
      sql`SELECT max(created_at) AS since FROM moderator_identity WHERE moderator_id = $1`,
      [id],
    );
    return row?.since ?? null;
  }

  /** On any site, or on all sites. */
  async hasRole(tx: Tx, id: ModeratorId): Promise<boolean> {
    const [row] = await tx.query<{ has: boolean }>(
      sql`SELECT EXISTS (SELECT FROM roles_and_sections_of_moderator($1))
           OR EXISTS (SELECT FROM moderator WHERE id = $1 AND role_everywhere IS NOT NULL) AS has`,
      [id],
    );
    return row.has;
  }

  /** @returns false if the address belongs to another account */
  async setAccount(
    tx: Tx,
    account: { id: ModeratorId; name: string; email: string; passwordHash: string },
  ): Promise<boolean> {
    await tx.query(sql`SELECT pg_advisory_xact_lock(hashtextextended($1, 7343))`, [account.email]);
    const rows = await tx.query(
      sql`UPDATE moderator SET name = $2, email = $3, password_hash = $4
       WHERE id = $1 AND NOT EXISTS (SELECT FROM moderator other WHERE other.email = $3 AND other.id <> $1)
       RETURNING id`,
      [account.id, account.name, account.email, account.passwordHash],
    );
    return rows.length === 1;
  }

  async addLink(
    tx: Tx,
    link: {
      tokenHash: string;
      moderatorId: ModeratorId;
      expiresAt: Date;
      printedAtStart: boolean;
      /** The second factor was already verified by the party that vouches for the link. */
      proven?: boolean;
    },
  ): Promise<void> {
    await tx.query(
      sql`INSERT INTO sign_in_link (token_hash, moderator_id, expires_at, printed_at_start, proven)
       VALUES ($1, $2, $3, $4, $5)`,
      [link.tokenHash, link.moderatorId, link.expiresAt, link.printedAtStart, link.proven ?? false],
    );
  }

  /** Deletes the account's unused sign-in links. */
  async dropLinks(tx: Tx, id: ModeratorId): Promise<void> {
    await tx.query(sql`DELETE FROM sign_in_link WHERE moderator_id = $1 AND used_at IS NULL`, [id]);
  }

  async dropPrintedLinks(tx: Tx): Promise<void> {
    await tx.query(sql`DELETE FROM sign_in_link WHERE printed_at_start AND used_at IS NULL`);
  }

  /** Uses up a link. If two requests use the same link at the same moment, one gets null. */
  async useLink(tx: Tx, tokenHash: string, at: Date): Promise<(Moderator & { proven: boolean }) | null> {
    const [row] = await tx.query<Moderator & { proven: boolean }>(USE_LINK_SIGN_IN_LINK, [tokenHash, at]);
    return row ?? null;
  }

  async addSession(
    tx: Tx,
    session: {
      tokenHash: string;
      moderatorId: ModeratorId;
      at: Date;
      expiresAt: Date;
      agent: string | null;
      /** The second factor was verified. */
      proven: boolean;
    },
  ): Promise<void> {
    const { tokenHash, moderatorId, at, expiresAt, agent, proven } = session;
    await tx.query(
      sql`INSERT INTO moderator_session
         (token_hash, moderator_id, created_at, seen_at, confirmed_at, expires_at, agent, proven_at)
       VALUES ($1, $2, $3, $3, $3, $4, $5, $6)`,
      [tokenHash, moderatorId, at, expiresAt, agent, proven ? at : null],
    );
  }

  /** Marks an invited account as joined. Does nothing if it has joined already. */
  async noteJoined(tx: Tx, id: ModeratorId, at: Date): Promise<void> {
    await tx.query(sql`UPDATE moderator SET joined_at = $2 WHERE id = $1 AND joined_at IS NULL`, [id, at]);
  }

  sessionsOf(
    tx: Tx,
    id: ModeratorId,
    at: Date,
    idleSince: Date,
  ): Promise<{ id: string; tokenHash: string; createdAt: Date; seenAt: Date; agent: string | null }[]> {
    return tx.query(
      sql`SELECT id, token_hash AS "tokenHash", created_at AS "createdAt", seen_at AS "seenAt", agent
       FROM moderator_session WHERE moderator_id = $1 AND expires_at > $2 AND seen_at > $3
       ORDER BY created_at DESC, id`,
      [id, at, idleSince],
    );
  }

  async endSessionOf(tx: Tx, id: ModeratorId, sessionId: string): Promise<boolean> {
    const rows = await tx.query(
      sql`DELETE FROM moderator_session WHERE moderator_id = $1 AND id = $2 RETURNING id`,
      [id, sessionId],
    );
    await publishAccessChange(this.pubsub, tx, { moderatorId: id });
    return rows.length === 1;
  }

  async session(tx: Tx, tokenHash: string): Promise<SessionRow | null> {
    const [row] = await tx.prepared<SessionRow>(
      'moderator-session',
      SESSION_ROLES_AND_SECTIONS_OF_MODERATOR,
      [tokenHash],
    );
    return row ?? null;
  }

  async touchSession(tx: Tx, tokenHash: string, at: Date): Promise<void> {
    await tx.query(sql`UPDATE moderator_session SET seen_at = $2 WHERE token_hash = $1`, [tokenHash, at]);
  }

  /**
   * Gives the session a new token.
   * @returns when the session ends; null if the old token is no longer valid
   */
  async renewSession(tx: Tx, before: string, after: string): Promise<Date | null> {
    const [row] = await tx.query<{ expiresAt: Date }>(
      sql`UPDATE moderator_session SET token_hash = $2 WHERE token_hash = $1 RETURNING expires_at AS "expiresAt"`,
      [before, after],
    );
    return row?.expiresAt ?? null;
  }

  /** Marks the second factor as verified in this session, or as just set up in it. */
  async proveSession(tx: Tx, tokenHash: string, at: Date): Promise<void> {
    await tx.query(sql`UPDATE moderator_session SET proven_at = $2 WHERE token_hash = $1`, [tokenHash, at]);
  }

  /** Clears the second-factor verification of all sessions because the account no longer has a second factor. */
  async clearSessionProofs(tx: Tx, id: ModeratorId): Promise<void> {
    await tx.query(sql`UPDATE moderator_session SET proven_at = NULL WHERE moderator_id = $1`, [id]);
  }

  /** Records that the password was confirmed again. */
  async confirmSession(tx: Tx, tokenHash: string, at: Date): Promise<void> {
    await tx.query(sql`UPDATE moderator_session SET confirmed_at = $2 WHERE token_hash = $1`, [
      tokenHash,
      at,
    ]);
  }

  async endSession(tx: Tx, tokenHash: string): Promise<void> {
    const [row] = await tx.query<{ id: ModeratorId }>(
      sql`DELETE FROM moderator_session WHERE token_hash = $1 RETURNING moderator_id AS id`,
      [tokenHash],
    );
    if (row) await publishAccessChange(this.pubsub, tx, { moderatorId: row.id });
  }

  async endOtherSessions(tx: Tx, id: ModeratorId, keptTokenHash: string): Promise<void> {
    await tx.query(sql`DELETE FROM moderator_session WHERE moderator_id = $1 AND token_hash <> $2`, [
      id,
      keptTokenHash,
    ]);
    await publishAccessChange(this.pubsub, tx, { moderatorId: id });
  }

  /**
   * Ends the sessions of one account, or of all accounts.
   * @returns the number of sessions ended
   */
  async endSessions(tx: Tx, id: ModeratorId | null): Promise<number> {
    const ended = await tx.query<{ id: ModeratorId }>(
      sql`DELETE FROM moderator_session WHERE $1::uuid IS NULL OR moderator_id = $1 RETURNING moderator_id AS id`,
      [id],
    );
    for (const moderatorId of new Set(ended.map((row) => row.id)))
      await publishAccessChange(this.pubsub, tx, { moderatorId });
    return ended.length;
  }

  async dropEnded(tx: Tx, at: Date, idleSince: Date): Promise<void> {
    await tx.query(sql`DELETE FROM moderator_session WHERE expires_at <= $1 OR seen_at <= $2`, [
      at,
      idleSince,
    ]);
    await tx.query(sql`DELETE FROM sign_in_link WHERE expires_at <= $1`, [at]);
  }

  /** Only the settings that differ from the console's defaults. */
  async consoleSettings(tx: Tx, id: ModeratorId): Promise<Record<string, unknown>> {
    const [row] = await tx.query<{ settings: Record<string, unknown> }>(
      sql`SELECT console_settings AS settings FROM moderator WHERE id = $1`,
      [id],
    );
    return row?.settings ?? {};
  }

  async setConsoleSettings(tx: Tx, id: ModeratorId, settings: object): Promise<void> {
    await tx.query(sql`UPDATE moderator SET console_settings = $2 WHERE id = $1`, [
      id,
      JSON.stringify(settings),
    ]);
  }

  /** All sites, or the given ones, sorted by name; at most 1,000. */
  async sites(tx: Tx, only: readonly SiteId[] | null): Promise<{ id: SiteId; name: string }[]> {
    return tx.query(sql`SELECT id, name FROM list_sites(NULL, 1000, $1::uuid[]) ORDER BY name, id`, [only]);
  }
}
