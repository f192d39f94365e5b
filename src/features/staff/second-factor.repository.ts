import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/database.js';
import type { ModeratorId, SiteId } from '../../platform/ids.js';
import { PubSub } from '../../platform/pubsub/pubsub.js';
import { publishAccessChange } from './access-changes.js';
import { sql } from '../../platform/database/sql.js';

export interface TotpRow {
  /** Null: setup was not completed. */
  secretSealed: string | null;
  since: Date | null;
  pendingSealed: string | null;
  pendingUntil: Date | null;
}

/** The second factors of accounts. They are not site-scoped, so these methods take no site. */
@Injectable()
export class SecondFactorRepository {
  constructor(private readonly pubsub: PubSub) {}

  /** Until the transaction ends, nobody else can change or use the factors of this account. */
  async lock(tx: Tx, id: ModeratorId): Promise<void> {
    await tx.query(sql`SELECT FROM moderator WHERE id = $1 FOR NO KEY UPDATE`, [id]);
  }

  async totp(tx: Tx, id: ModeratorId): Promise<TotpRow | null> {
    const [row] = await tx.query<TotpRow>(
      sql`SELECT secret_sealed AS "secretSealed", since, pending_sealed AS "pendingSealed",
         pending_until AS "pendingUntil"
       FROM moderator_totp WHERE moderator_id = $1`,
      [id],
    );
    return row ?? null;
  }

  async setPending(tx: Tx, id: ModeratorId, sealed: string, until: Date): Promise<void> {
    await tx.query(
      sql`INSERT INTO moderator_totp (moderator_id, pending_sealed, pending_until) VALUES ($1, $2, $3)
       ON CONFLICT (moderator_id) DO UPDATE SET pending_sealed = $2, pending_until = $3`,
      [id, sealed, until],
    );
  }

  /** Activates the app being set up. The code that confirmed it counts as used. */
  async activate(tx: Tx, id: ModeratorId, at: Date, step: number): Promise<void> {
    await tx.query(
      sql`UPDATE moderator_totp SET secret_sealed = pending_sealed, since = $2, last_step = $3,
         pending_sealed = NULL, pending_until = NULL
       WHERE moderator_id = $1`,
      [id, at, step],
    );
  }

  /** @returns false if this code, or a later one, was used before */
  async useStep(tx: Tx, id: ModeratorId, step: number): Promise<boolean> {
    const rows = await tx.query(
      sql`UPDATE moderator_totp SET last_step = $2 WHERE moderator_id = $1 AND last_step < $2 RETURNING 1`,
      [id, step],
    );
    return rows.length === 1;
  }

  async dropTotp(tx: Tx, id: ModeratorId): Promise<boolean> {
    const rows = await tx.query<{ since: Date | null }>(
      sql`DELETE FROM moderator_totp WHERE moderator_id = $1 RETURNING since`,
      [id],
    );
    return rows[0]?.since != null;
  }

  async replaceRecoveryCodes(tx: Tx, id: ModeratorId, hashes: readonly string[]): Promise<void> {
    await this.dropRecoveryCodes(tx, id);
    await tx.query(sql`INSERT INTO recovery_code (moderator_id, code_hash) SELECT $1, unnest($2::text[])`, [
      id,
      hashes,
    ]);
  }

  async dropRecoveryCodes(tx: Tx, id: ModeratorId): Promise<void> {
    await tx.query(sql`DELETE FROM recovery_code WHERE moderator_id = $1`, [id]);
  }

  /** Uses up a code. If two requests use the same code at the same moment, one gets false. */
  async useRecoveryCode(tx: Tx, id: ModeratorId, hash: string, at: Date): Promise<boolean> {
    const rows = await tx.query(
      sql`UPDATE recovery_code SET used_at = $3
       WHERE moderator_id = $1 AND code_hash = $2 AND used_at IS NULL RETURNING 1`,
      [id, hash, at],
    );
    return rows.length === 1;
  }

  async recoveryCodesLeft(tx: Tx, id: ModeratorId): Promise<number> {
    const [row] = await tx.query<{ left: number }>(
      sql`SELECT count(*)::int AS left FROM recovery_code WHERE moderator_id = $1 AND used_at IS NULL`,
      [id],
    );
    return row.left;
  }

  /** Whether any site where the account has a role requires a second factor. */
  async isRequired(tx: Tx, id: ModeratorId): Promise<boolean> {
    const [row] = await tx.query<{ asked: boolean }>(
      sql`SELECT EXISTS (SELECT FROM roles_and_sections_of_moderator($1) r WHERE r.second_factor)
           OR EXISTS (SELECT FROM moderator m, sites_requiring_second_factor()
                      WHERE m.id = $1 AND m.role_everywhere IS NOT NULL) AS asked`,
      [id],
    );
    return row.asked;
  }

  async rule(tx: Tx, siteId: SiteId): Promise<boolean> {
    const [row] = await tx.query<{ secondFactor: boolean }>(
      sql`SELECT second_factor AS "secondFactor" FROM team_rule WHERE site_id = $1`,
      [siteId],
    );
    return row?.secondFactor ?? false;
  }

  async setRule(tx: Tx, siteId: SiteId, secondFactor: boolean): Promise<void> {
    await tx.query(
      sql`INSERT INTO team_rule (site_id, second_factor) VALUES ($1, $2)
       ON CONFLICT (site_id) DO UPDATE SET second_factor = $2`,
      [siteId, secondFactor],
    );
    await publishAccessChange(this.pubsub, tx, { siteId });
  }
}
