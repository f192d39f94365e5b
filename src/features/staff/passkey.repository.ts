import { Injectable } from '@nestjs/common';
import { IsNull, LessThanOrEqual, MoreThan } from 'typeorm';
import { sql } from '../../platform/database/sql.js';
import type { Tx } from '../../platform/database/database.js';
import type { ModeratorId } from '../../platform/ids.js';
import { ModeratorPasskeyEntity } from './moderator-passkey.entity.js';
import { PasskeyChallengeEntity } from './passkey-challenge.entity.js';

const passkeys = (tx: Tx) => tx.manager.getRepository(ModeratorPasskeyEntity);
const challenges = (tx: Tx) => tx.manager.getRepository(PasskeyChallengeEntity);

/** Passkeys and open challenges. They are not site-scoped, so these methods take no site. */
@Injectable()
export class PasskeyRepository {
  /** Oldest first. */
  list(tx: Tx, moderatorId: ModeratorId): Promise<ModeratorPasskeyEntity[]> {
    return passkeys(tx).find({ where: { moderatorId }, order: { createdAt: 'ASC', id: 'ASC' } });
  }

  /** Locks the passkey until the transaction ends. */
  byCredential(tx: Tx, credentialId: string): Promise<ModeratorPasskeyEntity | null> {
    return passkeys(tx).findOne({ where: { credentialId }, lock: { mode: 'pessimistic_write' } });
  }

  /** @returns false if the passkey is already registered */
  async add(tx: Tx, row: ModeratorPasskeyEntity): Promise<boolean> {
    const rows = await tx.query(
      sql`INSERT INTO moderator_passkey
         (id, moderator_id, credential_id, public_key, counter, transports, name, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING 1`,
      [
        row.id,
        row.moderatorId,
        row.credentialId,
        row.publicKey,
        row.counter,
        row.transports,
        row.name,
        row.createdAt,
      ],
    );
    return rows.length === 1;
  }

  async use(tx: Tx, id: string, counter: number, usedAt: Date): Promise<void> {
    await passkeys(tx).update({ id }, { counter: String(counter), usedAt });
  }

  async rename(
    tx: Tx,
    moderatorId: ModeratorId,
    id: string,
    name: string,
  ): Promise<ModeratorPasskeyEntity | null> {
    await passkeys(tx).update({ moderatorId, id }, { name });
    return passkeys(tx).findOneBy({ moderatorId, id });
  }

  async drop(tx: Tx, moderatorId: ModeratorId, id: string): Promise<boolean> {
    const { affected } = await passkeys(tx).delete({ moderatorId, id });
    return affected === 1;
  }

  async dropAll(tx: Tx, moderatorId: ModeratorId): Promise<void> {
    await passkeys(tx).delete({ moderatorId });
  }

  async addChallenge(
    tx: Tx,
    challenge: string,
    moderatorId: ModeratorId | null,
    expiresAt: Date,
  ): Promise<void> {
    await challenges(tx).insert({ challenge, moderatorId, expiresAt });
  }

  /**
   * Deletes a challenge, so that it can be used only once.
   * @param owner the account that registers a passkey; null: a sign-in
   * @returns false if the challenge is unknown, expired or already used
   */
  async takeChallenge(tx: Tx, challenge: string, owner: ModeratorId | null, at: Date): Promise<boolean> {
    const moderatorId = owner ?? IsNull();
    const { affected } = await challenges(tx).delete({ challenge, moderatorId, expiresAt: MoreThan(at) });
    return affected === 1;
  }

  async dropEndedChallenges(tx: Tx, at: Date): Promise<void> {
    await challenges(tx).delete({ expiresAt: LessThanOrEqual(at) });
  }
}
