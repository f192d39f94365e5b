import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import type { ModeratorRole } from '../../platform/auth/principal.js';
import type { Tx } from '../../platform/database/database.js';
import type { ModeratorId, SiteId } from '../../platform/ids.js';
import { PubSub } from '../../platform/pubsub/pubsub.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { publishAccessChange } from './access-changes.js';
import { ModeratorEntity } from './moderator.entity.js';
import { ModeratorRoleEntity } from './moderator-role.entity.js';
import { ModeratorSessionEntity } from './moderator-session.entity.js';
import { sql } from '../../platform/database/sql.js';

export interface MemberRow
  extends
    Pick<ModeratorEntity, 'id' | 'name' | 'email' | 'joinedAt'>,
    Omit<ModeratorRoleEntity, 'siteId' | 'moderatorId'> {
  everywhere: boolean;
  invitedUntil: Date | null;
  seenAt: Date | null;
  hasSecondFactor: boolean;
}

/** A role, for the whole site or limited to some of its sections. */
export type Grant = Pick<ModeratorRoleEntity, 'role' | 'sections'>;

/** The members of a site ($1), or one of them ($2). Accounts are not site-scoped, but each role belongs to one site. */
const MEMBERS = sql`
  SELECT m.id, m.name, m.email, coalesce(r.role, m.role_everywhere) AS role, r.sections, r.role IS NULL AS everywhere,
    m.joined_at AS "joinedAt",
    (SELECT max(l.expires_at) FROM sign_in_link l WHERE l.moderator_id = m.id AND l.used_at IS NULL) AS "invitedUntil",
    coalesce(r.since, m.created_at) AS since,
    (SELECT max(s.seen_at) FROM moderator_session s WHERE s.moderator_id = m.id) AS "seenAt",
    EXISTS (SELECT FROM moderator_totp t WHERE t.moderator_id = m.id AND t.secret_sealed IS NOT NULL)
      OR EXISTS (SELECT FROM moderator_passkey p WHERE p.moderator_id = m.id) AS "hasSecondFactor"
  FROM moderator m
  LEFT JOIN moderator_role r ON r.site_id = $1 AND r.moderator_id = m.id AND m.role_everywhere IS NULL
  WHERE (r.role IS NOT NULL OR m.role_everywhere IS NOT NULL) AND ($2::uuid IS NULL OR m.id = $2)
  ORDER BY array_position('{owner,admin,moderator,viewer}', coalesce(r.role, m.role_everywhere)), m.name, m.id`;

@Injectable()
export class TeamRepository {
  constructor(private readonly pubsub: PubSub) {}

  /** Locks the site's team: until the transaction ends, no other request can change it. */
  async lock(tx: Tx, { siteId }: SiteContext): Promise<void> {
    await tx.query(sql`SELECT pg_advisory_xact_lock(hashtextextended($1, 7344))`, [siteId]);
  }

  /** Highest role first. */
  list(tx: Tx, { siteId }: SiteContext): Promise<MemberRow[]> {
    return tx.query(MEMBERS, [siteId, null]);
  }

  async find(tx: Tx, { siteId }: SiteContext, id: ModeratorId): Promise<MemberRow | null> {
    const [row] = await tx.query<MemberRow>(MEMBERS, [siteId, id]);
    return row ?? null;
  }

  /** @returns null if no account has this address */
  async idByEmail(tx: Tx, email: string): Promise<ModeratorId | null> {
    return (await tx.manager.getRepository(ModeratorEntity).findOneBy({ email }))?.id ?? null;
  }

  /** The account's roles on individual sites. A role that applies to all sites is not included. */
  rolesOf(tx: Tx, id: ModeratorId): Promise<{ siteId: SiteId; role: ModeratorRole }[]> {
    return tx.query(sql`SELECT site_id AS "siteId", role FROM roles_and_sections_of_moderator($1)`, [id]);
  }

  async addAccount(
    tx: Tx,
    account: Pick<ModeratorEntity, 'id' | 'name' | 'email' | 'createdAt'>,
  ): Promise<void> {
    await tx.manager.getRepository(ModeratorEntity).insert(account);
  }

  async setRole(
    tx: Tx,
    { siteId }: SiteContext,
    id: ModeratorId,
    { role, sections }: Grant,
    at: Date,
  ): Promise<void> {
    await tx.query(
      sql`INSERT INTO moderator_role (site_id, moderator_id, role, sections, since) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (site_id, moderator_id) DO UPDATE SET role = excluded.role, sections = excluded.sections`,
      [siteId, id, role, sections, at],
    );
    await publishAccessChange(this.pubsub, tx, { moderatorId: id });
  }

  /** Sections of the site's stories, in alphabetical order; at most 1,000. */
  async sections(tx: Tx, { siteId }: SiteContext): Promise<string[]> {
    // Skips from one section to the next in the index: a site has many stories but few sections.
    const rows = await tx.query<{ section: string }>(
      sql`WITH RECURSIVE found (section) AS (
         (SELECT s.section FROM story s WHERE s.site_id = $1 AND s.section IS NOT NULL ORDER BY s.section LIMIT 1)
         UNION ALL
         SELECT (SELECT s.section FROM story s WHERE s.site_id = $1 AND s.section > f.section ORDER BY s.section LIMIT 1)
         FROM found f WHERE f.section IS NOT NULL)
       SELECT section FROM found WHERE section IS NOT NULL LIMIT 1000`,
      [siteId],
    );
    return rows.map(({ section }) => section);
  }

  async dropRole(tx: Tx, { siteId }: SiteContext, moderatorId: ModeratorId): Promise<void> {
    await tx.manager.getRepository(ModeratorRoleEntity).delete({ siteId, moderatorId });
    await publishAccessChange(this.pubsub, tx, { moderatorId });
  }

  async dropSessions(tx: Tx, moderatorId: ModeratorId): Promise<void> {
    await tx.manager.getRepository(ModeratorSessionEntity).delete({ moderatorId });
    await publishAccessChange(this.pubsub, tx, { moderatorId });
  }

  /**
   * Deletes an account that has never joined. Other accounts stay, so that decisions keep the name of the person who
   * made them.
   */
  async dropAccount(tx: Tx, id: ModeratorId): Promise<void> {
    await tx.manager.getRepository(ModeratorEntity).delete({ id, joinedAt: IsNull() });
  }
}
