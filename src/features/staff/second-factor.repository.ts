import { Injectable } from '@nestjs/common';
import { IsNull, LessThan } from 'typeorm';
import type { Tx } from '../../platform/database/database.js';
import type { ModeratorId, SiteId } from '../../platform/ids.js';
import { PubSub } from '../../platform/pubsub/pubsub.js';
import { publishAccessChange } from './access-changes.js';
import { ModeratorTotpEntity } from './moderator-totp.entity.js';
import { RecoveryCodeEntity } from './recovery-code.entity.js';
import { TeamRuleEntity } from './team-rule.entity.js';
import { sql } from '../../platform/database/sql.js';

const totps = (tx: Tx) => tx.manager.getRepository(ModeratorTotpEntity);
const recoveryCodes = (tx: Tx) => tx.manager.getRepository(RecoveryCodeEntity);
const teamRules = (tx: Tx) => tx.manager.getRepository(TeamRuleEntity);

/** The second factors of accounts. They are not site-scoped, so these methods take no site. */
@Injectable()
export class SecondFactorRepository {
  constructor(private readonly pubsub: PubSub) {}

  /** Locks the account's factors: until the transaction ends, no other request can change or use them. */
  async lock(tx: Tx, id: ModeratorId): Promise<void> {
    await tx.query(sql`SELECT FROM moderator WHERE id = $1 FOR NO KEY UPDATE`, [id]);
  }

  totp(tx: Tx, moderatorId: ModeratorId): Promise<ModeratorTotpEntity | null> {
    return totps(tx).findOneBy({ moderatorId });
  }

  async setPending(
    tx: Tx,
    moderatorId: ModeratorId,
    pendingSealed: string,
    pendingUntil: Date,
  ): Promise<void> {
    await totps(tx).upsert({ moderatorId, pendingSealed, pendingUntil }, ['moderatorId']);
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
  async useStep(tx: Tx, moderatorId: ModeratorId, step: number): Promise<boolean> {
    const lastStep = String(step);
    const { affected } = await totps(tx).update({ moderatorId, lastStep: LessThan(lastStep) }, { lastStep });
    return affected === 1;
  }

  async dropTotp(tx: Tx, id: ModeratorId): Promise<boolean> {
    const rows = await tx.query<{ since: Date | null }>(
      sql`DELETE FROM moderator_totp WHERE moderator_id = $1 RETURNING since`,
      [id],
    );
    return rows[0]?.since != null;
  }

  async replaceRecoveryCodes(tx: Tx, moderatorId: ModeratorId, hashes: readonly string[]): Promise<void> {
    await this.dropRecoveryCodes(tx, moderatorId);
    await recoveryCodes(tx).insert(hashes.map((codeHash) => ({ moderatorId, codeHash })));
  }

  async dropRecoveryCodes(tx: Tx, moderatorId: ModeratorId): Promise<void> {
    await recoveryCodes(tx).delete({ moderatorId });
  }

  /** Marks a code as used. If two requests use the same code at the same time, one gets false. */
  async useRecoveryCode(tx: Tx, moderatorId: ModeratorId, codeHash: string, usedAt: Date): Promise<boolean> {
    const unused = { moderatorId, codeHash, usedAt: IsNull() };
    const { affected } = await recoveryCodes(tx).update(unused, { usedAt });
    return affected === 1;
  }

  recoveryCodesLeft(tx: Tx, moderatorId: ModeratorId): Promise<number> {
    return recoveryCodes(tx).countBy({ moderatorId, usedAt: IsNull() });
  }

  /** Whether any site where the account has a role requires a second factor. */
  async isRequired(tx: Tx, id: ModeratorId): Promise<boolean> {
    const [row] = await tx.query<{ isRequired: boolean }>(
      sql`SELECT EXISTS (SELECT FROM roles_and_sections_of_moderator($1) r WHERE r.second_factor)
           OR EXISTS (SELECT FROM moderator m, sites_requiring_second_factor()
                      WHERE m.id = $1 AND m.role_everywhere IS NOT NULL) AS "isRequired"`,
      [id],
    );
    return row.isRequired;
  }

  /** Whether the site requires a second factor from its team. */
  async requiresSecondFactor(tx: Tx, siteId: SiteId): Promise<boolean> {
    return (await teamRules(tx).findOneBy({ siteId }))?.secondFactor ?? false;
  }

  async setRequiresSecondFactor(tx: Tx, siteId: SiteId, secondFactor: boolean): Promise<void> {
    await teamRules(tx).upsert({ siteId, secondFactor }, ['siteId']);
    await publishAccessChange(this.pubsub, tx, { siteId });
  }
}
