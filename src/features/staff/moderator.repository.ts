import { Injectable } from '@nestjs/common';
import type { ModeratorRole } from '../../platform/auth/principal.js';
import type { Tx } from '../../platform/database/database.js';
import type { ModeratorId, SiteId } from '../../platform/ids.js';
import { PubSub } from '../../platform/pubsub/pubsub.js';
import { publishAccessChange } from './access-changes.js';

export interface Moderator {
  id: ModeratorId;
  name: string;
  /** Lower case. */
  email: string | null;
  passwordHash: string | null;
  roleEverywhere: ModeratorRole | null;
  /** When somebody first signed in to it; null: an invitation that nobody has taken up. */
  joinedAt: Date | null;
}

export interface SessionRow extends Moderator {
  roles: { siteId: SiteId; role: ModeratorRole; sections: string[] | null; secondFactor: boolean }[];
  /** Sites that ask for a second factor, for an account whose role holds everywhere. */
  requiringSecondFactor: SiteId[];
  seenAt: Date;
  expiresAt: Date;
  confirmedAt: Date | null;
  /** When the second factor was given in this session. */
  provenAt: Date | null;
}

const COLUMNS = `m.id, m.name, m.email, m.password_hash AS "passwordHash", m.role_everywhere AS "roleEverywhere",
  m.joined_at AS "joinedAt"`;

/** Accounts, one-time links and sessions. They stand above the sites, so these methods take no site. */
@Injectable()
export class ModeratorRepository {
  constructor(private readonly pubsub: PubSub) {}

  /** The account that has been owner of everything for the longest; made when there is none. */
  async firstOwner(tx: Tx, fallback: { id: ModeratorId; name: string; at: Date }): Promise<ModeratorId> {
    // Two processes that start at once must not make two owners.
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('first-owner', 7342))`);
    const [owner] = await tx.query<{ id: ModeratorId }>(
      `SELECT id FROM moderator WHERE role_everywhere = 'owner' ORDER BY created_at, id LIMIT 1`,
    );
    if (owner) return owner.id;
    await tx.query(
      `INSERT INTO moderator (id, name, role_everywhere, created_at) VALUES ($1, $2, 'owner', $3)`,
      [fallback.id, fallback.name, fallback.at],
    );
    return fallback.id;
  }

  async byId(tx: Tx, id: ModeratorId): Promise<Moderator | null> {
    const [row] = await tx.query<Moderator>(`SELECT ${COLUMNS} FROM moderator m WHERE m.id = $1`, [id]);
    return row ?? null;
  }

  async byEmail(tx: Tx, email: string): Promise<Moderator | null> {
    const [row] = await tx.query<Moderator>(`SELECT ${COLUMNS} FROM moderator m WHERE m.email = $1`, [email]);
    return row ?? null;
  }

  async byIdentity(tx: Tx, issuer: string, subject: string): Promise<ModeratorId | null> {
    const [row] = await tx.query<{ id: ModeratorId }>(
      `SELECT moderator_id AS id FROM moderator_identity WHERE issuer = $1 AND subject = $2`,
      [issuer, subject],
    );
    return row?.id ?? null;
  }

  /** @returns false when the account goes with somebody else there */
  async bindIdentity(
    tx: Tx,
    { issuer, subject, id, at }: { issuer: string; subject: string; id: ModeratorId; at: Date },
  ): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO moderator_identity (issuer, subject, moderator_id, created_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING RETURNING 1`,
      [issuer, subject, id, at],
    );
    return rows.length === 1;
  }

  async dropIdentity(tx: Tx, issuer: string, id: ModeratorId): Promise<void> {
    await tx.query(`DELETE FROM moderator_identity WHERE issuer = $1 AND moderator_id = $2`, [issuer, id]);
  }

  /** Since when the account goes with somebody at the newsroom's server; null: it does not. */
  async identitySince(tx: Tx, id: ModeratorId): Promise<Date | null> {
    const [row] = await tx.query<{ since: Date | null }>(
      `SELECT max(created_at) AS since FROM moderator_identity WHERE moderator_id = $1`,
      [id],
    );
    return row?.since ?? null;
  }

  /** On any site, or on all. */
  async hasRole(tx: Tx, id: ModeratorId): Promise<boolean> {
    const [row] = await tx.query<{ has: boolean }>(
      `SELECT EXISTS (SELECT FROM roles_and_sections_of_moderator($1))
           OR EXISTS (SELECT FROM moderator WHERE id = $1 AND role_everywhere IS NOT NULL) AS has`,
      [id],
    );
    return row.has;
  }

  /** @returns false when the address belongs to another account */
  async setAccount(
    tx: Tx,
    account: { id: ModeratorId; name: string; email: string; passwordHash: string },
  ): Promise<boolean> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 7343))`, [account.email]);
    const rows = await tx.query(
      `UPDATE moderator SET name = $2, email = $3, password_hash = $4
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
      /** A second factor was given to whoever vouches for the link. */
      proven?: boolean;
    },
  ): Promise<void> {
    await tx.query(
      `INSERT INTO sign_in_link (token_hash, moderator_id, expires_at, printed_at_start, proven)
       VALUES ($1, $2, $3, $4, $5)`,
      [link.tokenHash, link.moderatorId, link.expiresAt, link.printedAtStart, link.proven ?? false],
    );
  }

  /** Those that were not used: into the account of one. */
  async dropLinks(tx: Tx, id: ModeratorId): Promise<void> {
    await tx.query(`DELETE FROM sign_in_link WHERE moderator_id = $1 AND used_at IS NULL`, [id]);
  }

  async dropPrintedLinks(tx: Tx): Promise<void> {
    await tx.query(`DELETE FROM sign_in_link WHERE printed_at_start AND used_at IS NULL`);
  }

  /** Takes a link once: of two that come at the same moment one gets null. */
  async useLink(tx: Tx, tokenHash: string, at: Date): Promise<(Moderator & { proven: boolean }) | null> {
    const [row] = await tx.query<Moderator & { proven: boolean }>(
      `WITH used AS (
         UPDATE sign_in_link SET used_at = $2
         WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2 RETURNING moderator_id, proven)
       SELECT ${COLUMNS}, used.proven FROM used JOIN moderator m ON m.id = used.moderator_id`,
      [tokenHash, at],
    );
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
      /** The second factor was given. */
      proven: boolean;
    },
  ): Promise<void> {
    const { tokenHash, moderatorId, at, expiresAt, agent, proven } = session;
    await tx.query(
      `INSERT INTO moderator_session
         (token_hash, moderator_id, created_at, seen_at, confirmed_at, expires_at, agent, proven_at)
       VALUES ($1, $2, $3, $3, $3, $4, $5, $6)`,
      [tokenHash, moderatorId, at, expiresAt, agent, proven ? at : null],
    );
  }

  /** Who was invited has come; of somebody who was here already nothing changes. */
  async noteJoined(tx: Tx, id: ModeratorId, at: Date): Promise<void> {
    await tx.query(`UPDATE moderator SET joined_at = $2 WHERE id = $1 AND joined_at IS NULL`, [id, at]);
  }

  sessionsOf(
    tx: Tx,
    id: ModeratorId,
    at: Date,
    idleSince: Date,
  ): Promise<{ id: string; tokenHash: string; createdAt: Date; seenAt: Date; agent: string | null }[]> {
    return tx.query(
      `SELECT id, token_hash AS "tokenHash", created_at AS "createdAt", seen_at AS "seenAt", agent
       FROM moderator_session WHERE moderator_id = $1 AND expires_at > $2 AND seen_at > $3
       ORDER BY created_at DESC, id`,
      [id, at, idleSince],
    );
  }

  async endSessionOf(tx: Tx, id: ModeratorId, sessionId: string): Promise<boolean> {
    const rows = await tx.query(
      `DELETE FROM moderator_session WHERE moderator_id = $1 AND id = $2 RETURNING id`,
      [id, sessionId],
    );
    await publishAccessChange(this.pubsub, tx, { moderatorId: id });
    return rows.length === 1;
  }

  async session(tx: Tx, tokenHash: string): Promise<SessionRow | null> {
    const [row] = await tx.prepared<SessionRow>(
      'moderator-session',
      `SELECT ${COLUMNS}, s.seen_at AS "seenAt", s.expires_at AS "expiresAt", s.confirmed_at AS "confirmedAt",
         s.proven_at AS "provenAt",
         coalesce((SELECT json_agg(json_build_object('siteId', r.site_id, 'role', r.role, 'sections', r.sections,
                                                     'secondFactor', r.second_factor))
                   FROM roles_and_sections_of_moderator(m.id) r), '[]') AS roles,
         CASE WHEN m.role_everywhere IS NULL THEN '[]'
              ELSE coalesce((SELECT json_agg(a.site_id) FROM sites_requiring_second_factor() a), '[]') END AS "requiringSecondFactor"
       FROM moderator_session s JOIN moderator m ON m.id = s.moderator_id WHERE s.token_hash = $1`,
      [tokenHash],
    );
    return row ?? null;
  }

  async touchSession(tx: Tx, tokenHash: string, at: Date): Promise<void> {
    await tx.query(`UPDATE moderator_session SET seen_at = $2 WHERE token_hash = $1`, [tokenHash, at]);
  }

  /** The same session by another token. @returns when it ends; null when nothing goes by the one before any more */
  async renewSession(tx: Tx, before: string, after: string): Promise<Date | null> {
    const [row] = await tx.query<{ expiresAt: Date }>(
      `UPDATE moderator_session SET token_hash = $2 WHERE token_hash = $1 RETURNING expires_at AS "expiresAt"`,
      [before, after],
    );
    return row?.expiresAt ?? null;
  }

  /** The second factor was given in this session, or has just been set up in it. */
  async proveSession(tx: Tx, tokenHash: string, at: Date): Promise<void> {
    await tx.query(`UPDATE moderator_session SET proven_at = $2 WHERE token_hash = $1`, [tokenHash, at]);
  }

  /** There is no second factor any more. */
  async unproveSessions(tx: Tx, id: ModeratorId): Promise<void> {
    await tx.query(`UPDATE moderator_session SET proven_at = NULL WHERE moderator_id = $1`, [id]);
  }

  /** The password was given once more. */
  async confirmSession(tx: Tx, tokenHash: string, at: Date): Promise<void> {
    await tx.query(`UPDATE moderator_session SET confirmed_at = $2 WHERE token_hash = $1`, [tokenHash, at]);
  }

  async endSession(tx: Tx, tokenHash: string): Promise<void> {
    const [row] = await tx.query<{ id: ModeratorId }>(
      `DELETE FROM moderator_session WHERE token_hash = $1 RETURNING moderator_id AS id`,
      [tokenHash],
    );
    if (row) await publishAccessChange(this.pubsub, tx, { moderatorId: row.id });
  }

  async endOtherSessions(tx: Tx, id: ModeratorId, keptTokenHash: string): Promise<void> {
    await tx.query(`DELETE FROM moderator_session WHERE moderator_id = $1 AND token_hash <> $2`, [
      id,
      keptTokenHash,
    ]);
    await publishAccessChange(this.pubsub, tx, { moderatorId: id });
  }

  /** Of one account, or of everybody. @returns how many there were */
  async endSessions(tx: Tx, id: ModeratorId | null): Promise<number> {
    const ended = await tx.query<{ id: ModeratorId }>(
      `DELETE FROM moderator_session WHERE $1::uuid IS NULL OR moderator_id = $1 RETURNING moderator_id AS id`,
      [id],
    );
    for (const moderatorId of new Set(ended.map((row) => row.id)))
      await publishAccessChange(this.pubsub, tx, { moderatorId });
    return ended.length;
  }

  async dropEnded(tx: Tx, at: Date, idleSince: Date): Promise<void> {
    await tx.query(`DELETE FROM moderator_session WHERE expires_at <= $1 OR seen_at <= $2`, [at, idleSince]);
    await tx.query(`DELETE FROM sign_in_link WHERE expires_at <= $1`, [at]);
  }

  /** What differs from the defaults of a desk. */
  async consoleSettings(tx: Tx, id: ModeratorId): Promise<Record<string, unknown>> {
    const [row] = await tx.query<{ settings: Record<string, unknown> }>(
      `SELECT console_settings AS settings FROM moderator WHERE id = $1`,
      [id],
    );
    return row?.settings ?? {};
  }

  async setConsoleSettings(tx: Tx, id: ModeratorId, settings: object): Promise<void> {
    await tx.query(`UPDATE moderator SET console_settings = $2 WHERE id = $1`, [
      id,
      JSON.stringify(settings),
    ]);
  }

  /** Every site, or those named, by name; at most 1,000. */
  async sites(tx: Tx, only: readonly SiteId[] | null): Promise<{ id: SiteId; name: string }[]> {
    return tx.query(`SELECT id, name FROM list_sites(NULL, 1000, $1::uuid[]) ORDER BY name, id`, [only]);
  }
}
