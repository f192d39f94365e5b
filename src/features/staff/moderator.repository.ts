import { Injectable } from '@nestjs/common';
import { IsNull, LessThanOrEqual, MoreThan, Not } from 'typeorm';
import type { Tx } from '../../platform/database/database.js';
import type { ModeratorId, SiteId } from '../../platform/ids.js';
import { PubSub } from '../../platform/pubsub/pubsub.js';
import { publishAccessChange } from './access-changes.js';
import { ModeratorEntity } from './moderator.entity.js';
import { ModeratorIdentityEntity } from './moderator-identity.entity.js';
import type { ModeratorRoleEntity } from './moderator-role.entity.js';
import { ModeratorSessionEntity } from './moderator-session.entity.js';
import { SignInLinkEntity } from './sign-in-link.entity.js';
import { composeSql, sql } from '../../platform/database/sql.js';

export type Moderator = Omit<ModeratorEntity, 'createdAt' | 'consoleSettings'>;

export interface SessionRow
  extends Moderator, Pick<ModeratorSessionEntity, 'seenAt' | 'expiresAt' | 'confirmedAt' | 'provenAt'> {
  roles: (Pick<ModeratorRoleEntity, 'siteId' | 'role' | 'sections'> & { secondFactor: boolean })[];
  /** Sites that require a second factor, for an account whose role applies to all sites. */
  requiringSecondFactor: SiteId[];
}

const COLUMNS = composeSql`m.id, m.name, m.email, m.password_hash AS "passwordHash", m.role_everywhere AS "roleEverywhere",
  m.joined_at AS "joinedAt"`;

export const USE_SIGN_IN_LINK = composeSql`WITH used AS (
     UPDATE sign_in_link SET used_at = $2
     WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2 RETURNING moderator_id, proven)
   SELECT ${COLUMNS}, used.proven FROM used JOIN moderator m ON m.id = used.moderator_id`;

export const FIND_SESSION = composeSql`SELECT ${COLUMNS}, s.seen_at AS "seenAt", s.expires_at AS "expiresAt", s.confirmed_at AS "confirmedAt",
     s.proven_at AS "provenAt",
     coalesce((SELECT json_agg(json_build_object('siteId', r.site_id, 'role', r.role, 'sections', r.sections,
                                                 'secondFactor', r.second_factor))
               FROM roles_and_sections_of_moderator(m.id) r), '[]') AS roles,
     CASE WHEN m.role_everywhere IS NULL THEN '[]'
          ELSE coalesce((SELECT json_agg(a.site_id) FROM sites_requiring_second_factor() a), '[]') END AS "requiringSecondFactor"
   FROM moderator_session s JOIN moderator m ON m.id = s.moderator_id WHERE s.token_hash = $1`;

const moderators = (tx: Tx) => tx.manager.getRepository(ModeratorEntity);
const identities = (tx: Tx) => tx.manager.getRepository(ModeratorIdentityEntity);
const sessions = (tx: Tx) => tx.manager.getRepository(ModeratorSessionEntity);
const links = (tx: Tx) => tx.manager.getRepository(SignInLinkEntity);

/** Accounts, one-time links and sessions. They are not site-scoped, so these methods take no site. */
@Injectable()
export class ModeratorRepository {
  constructor(private readonly pubsub: PubSub) {}

  /** Finds the oldest account that is an owner of all sites. Creates one if there is none. */
  async firstOwner(
    tx: Tx,
    fallback: Pick<ModeratorEntity, 'id' | 'name' | 'createdAt'>,
  ): Promise<ModeratorId> {
    // Prevents two processes that start at the same time from creating two owners.
    await tx.query(sql`SELECT pg_advisory_xact_lock(hashtextextended('first-owner', 7342))`);
    const roleEverywhere = 'owner';
    const owner = await moderators(tx).findOne({
      where: { roleEverywhere },
      order: { createdAt: 'ASC', id: 'ASC' },
    });
    if (!owner) await moderators(tx).insert({ ...fallback, roleEverywhere });
    return (owner ?? fallback).id;
  }

  byId(tx: Tx, id: ModeratorId): Promise<Moderator | null> {
    return moderators(tx).findOneBy({ id });
  }

  byEmail(tx: Tx, email: string): Promise<Moderator | null> {
    return moderators(tx).findOneBy({ email });
  }

  async byIdentity(tx: Tx, issuer: string, subject: string): Promise<ModeratorId | null> {
    return (await identities(tx).findOneBy({ issuer, subject }))?.moderatorId ?? null;
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

  async dropIdentity(tx: Tx, issuer: string, moderatorId: ModeratorId): Promise<void> {
    await identities(tx).delete({ issuer, moderatorId });
  }

  /** When the account was last linked to an identity at the single sign-on server; null: not linked. */
  async identitySince(tx: Tx, moderatorId: ModeratorId): Promise<Date | null> {
    const newest = await identities(tx).findOne({ where: { moderatorId }, order: { createdAt: 'DESC' } });
    return newest?.createdAt ?? null;
  }

  /** Whether the account has a role on any site, or on all sites. */
  async hasRole(tx: Tx, id: ModeratorId): Promise<boolean> {
    const [row] = await tx.query<{ hasRole: boolean }>(
      sql`SELECT EXISTS (SELECT FROM roles_and_sections_of_moderator($1))
           OR EXISTS (SELECT FROM moderator WHERE id = $1 AND role_everywhere IS NOT NULL) AS "hasRole"`,
      [id],
    );
    return row.hasRole;
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
    link: Omit<SignInLinkEntity, 'usedAt' | 'proven'> & { proven?: boolean },
  ): Promise<void> {
    await links(tx).insert(link);
  }

  /** Deletes the account's unused sign-in links. */
  async dropLinks(tx: Tx, moderatorId: ModeratorId): Promise<void> {
    await links(tx).delete({ moderatorId, usedAt: IsNull() });
  }

  /** Deletes the unused sign-in links that a process printed at its start. */
  async dropPrintedLinks(tx: Tx): Promise<void> {
    await links(tx).delete({ printedAtStart: true, usedAt: IsNull() });
  }

  /** Marks a link as used. If two requests use the same link at the same time, one gets null. */
  async useLink(tx: Tx, tokenHash: string, at: Date): Promise<(Moderator & { proven: boolean }) | null> {
    const [row] = await tx.query<Moderator & { proven: boolean }>(USE_SIGN_IN_LINK, [tokenHash, at]);
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
      /** Whether the second factor was verified. */
      proven: boolean;
    },
  ): Promise<void> {
    const { tokenHash, moderatorId, at, expiresAt, agent, proven } = session;
    await sessions(tx).insert({
      tokenHash,
      moderatorId,
      createdAt: at,
      seenAt: at,
      confirmedAt: at,
      expiresAt,
      agent,
      provenAt: proven ? at : null,
    });
  }

  /** Marks an invited account as joined. Does nothing if it already is. */
  async markJoined(tx: Tx, id: ModeratorId, at: Date): Promise<void> {
    await moderators(tx).update({ id, joinedAt: IsNull() }, { joinedAt: at });
  }

  /** The sessions that have neither expired nor been idle since `idleSince`, newest first. */
  sessionsOf(tx: Tx, moderatorId: ModeratorId, at: Date, idleSince: Date): Promise<ModeratorSessionEntity[]> {
    return sessions(tx).find({
      where: { moderatorId, expiresAt: MoreThan(at), seenAt: MoreThan(idleSince) },
      order: { createdAt: 'DESC', id: 'ASC' },
    });
  }

  async endSessionOf(tx: Tx, moderatorId: ModeratorId, id: string): Promise<boolean> {
    const { affected } = await sessions(tx).delete({ moderatorId, id });
    await publishAccessChange(this.pubsub, tx, { moderatorId });
    return affected === 1;
  }

  async session(tx: Tx, tokenHash: string): Promise<SessionRow | null> {
    const [row] = await tx.prepared<SessionRow>('moderator-session', FIND_SESSION, [tokenHash]);
    return row ?? null;
  }

  async touchSession(tx: Tx, tokenHash: string, at: Date): Promise<void> {
    await sessions(tx).update({ tokenHash }, { seenAt: at });
  }

  /**
   * Gives the session a new token.
   * @returns when the session ends; null if the old token is no longer valid
   */
  async renewSession(tx: Tx, oldTokenHash: string, newTokenHash: string): Promise<Date | null> {
    const [row] = await tx.query<{ expiresAt: Date }>(
      sql`UPDATE moderator_session SET token_hash = $2 WHERE token_hash = $1 RETURNING expires_at AS "expiresAt"`,
      [oldTokenHash, newTokenHash],
    );
    return row?.expiresAt ?? null;
  }

  /** Marks the second factor as verified in this session. Also used when it has just been set up. */
  async proveSession(tx: Tx, tokenHash: string, at: Date): Promise<void> {
    await sessions(tx).update({ tokenHash }, { provenAt: at });
  }

  /** Clears the second-factor verification of all sessions because the account no longer has a second factor. */
  async clearSessionProofs(tx: Tx, moderatorId: ModeratorId): Promise<void> {
    await sessions(tx).update({ moderatorId }, { provenAt: null });
  }

  /** Records when the person last confirmed their identity in this session. */
  async confirmSession(tx: Tx, tokenHash: string, at: Date): Promise<void> {
    await sessions(tx).update({ tokenHash }, { confirmedAt: at });
  }

  async endSession(tx: Tx, tokenHash: string): Promise<void> {
    const [row] = await tx.query<{ id: ModeratorId }>(
      sql`DELETE FROM moderator_session WHERE token_hash = $1 RETURNING moderator_id AS id`,
      [tokenHash],
    );
    if (row) await publishAccessChange(this.pubsub, tx, { moderatorId: row.id });
  }

  async endOtherSessions(tx: Tx, moderatorId: ModeratorId, currentTokenHash: string): Promise<void> {
    await sessions(tx).delete({ moderatorId, tokenHash: Not(currentTokenHash) });
    await publishAccessChange(this.pubsub, tx, { moderatorId });
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

  /** Deletes the sessions that have expired or been idle since `idleSince`, and expired sign-in links. */
  async dropEnded(tx: Tx, at: Date, idleSince: Date): Promise<void> {
    await sessions(tx).delete({ expiresAt: LessThanOrEqual(at) });
    await sessions(tx).delete({ seenAt: LessThanOrEqual(idleSince) });
    await links(tx).delete({ expiresAt: LessThanOrEqual(at) });
  }

  /** Only the settings that differ from the console's defaults. */
  async consoleSettings(tx: Tx, id: ModeratorId): Promise<Record<string, unknown>> {
    return (await moderators(tx).findOneBy({ id }))?.consoleSettings ?? {};
  }

  async setConsoleSettings(tx: Tx, id: ModeratorId, settings: object): Promise<void> {
    await moderators(tx).update({ id }, { consoleSettings: settings });
  }

  /** All sites, or the given ones, sorted by name; at most 1,000. */
  async sites(tx: Tx, only: readonly SiteId[] | null): Promise<{ id: SiteId; name: string }[]> {
    return tx.query(sql`SELECT id, name FROM list_sites(NULL, 1000, $1::uuid[]) ORDER BY name, id`, [only]);
  }
}
