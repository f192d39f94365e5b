import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/database.js';
import type { ModeratorId } from '../../platform/ids.js';
import { composeSql, sql } from '../../platform/database/sql.js';

export interface PasskeyRow {
  id: string;
  moderatorId: ModeratorId;
  /** Base64url, as browsers format it. */
  credentialId: string;
  publicKey: Buffer;
  counter: number;
  transports: string[];
  name: string;
  createdAt: Date;
  usedAt: Date | null;
}

const COLUMNS = composeSql`id, moderator_id AS "moderatorId", credential_id AS "credentialId", public_key AS "publicKey",
  counter::float8 AS counter, transports, name, created_at AS "createdAt", used_at AS "usedAt"`;

export const LIST_MODERATOR_PASSKEY = composeSql`SELECT ${COLUMNS} FROM moderator_passkey WHERE moderator_id = $1 ORDER BY created_at, id`;

export const BY_CREDENTIAL_MODERATOR_PASSKEY = composeSql`SELECT ${COLUMNS} FROM moderator_passkey WHERE credential_id = $1 FOR UPDATE`;

export const RENAME_MODERATOR_PASSKEY = composeSql`UPDATE moderator_passkey SET name = $3 WHERE moderator_id = $1 AND id = $2 RETURNING ${COLUMNS}`;

/** Passkeys and open challenges. They are not site-scoped, so these methods take no site. */
@Injectable()
export class PasskeyRepository {
  /** Oldest first. */
  list(tx: Tx, id: ModeratorId): Promise<PasskeyRow[]> {
    return tx.query(LIST_MODERATOR_PASSKEY, [id]);
  }

  async byCredential(tx: Tx, credentialId: string): Promise<PasskeyRow | null> {
    const [row] = await tx.query<PasskeyRow>(BY_CREDENTIAL_MODERATOR_PASSKEY, [credentialId]);
    return row ?? null;
  }

  /** @returns false if the passkey is already registered */
  async add(tx: Tx, row: PasskeyRow): Promise<boolean> {
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

  async use(tx: Tx, id: string, counter: number, at: Date): Promise<void> {
    await tx.query(sql`UPDATE moderator_passkey SET counter = $2, used_at = $3 WHERE id = $1`, [
      id,
      counter,
      at,
    ]);
  }

  async rename(tx: Tx, owner: ModeratorId, id: string, name: string): Promise<PasskeyRow | null> {
    const [row] = await tx.query<PasskeyRow>(RENAME_MODERATOR_PASSKEY, [owner, id, name]);
    return row ?? null;
  }

  async drop(tx: Tx, owner: ModeratorId, id: string): Promise<boolean> {
    const rows = await tx.query(
      sql`DELETE FROM moderator_passkey WHERE moderator_id = $1 AND id = $2 RETURNING 1`,
      [owner, id],
    );
    return rows.length === 1;
  }

  async dropAll(tx: Tx, owner: ModeratorId): Promise<void> {
    await tx.query(sql`DELETE FROM moderator_passkey WHERE moderator_id = $1`, [owner]);
  }

  async addChallenge(tx: Tx, challenge: string, owner: ModeratorId | null, expiresAt: Date): Promise<void> {
    await tx.query(
      sql`INSERT INTO passkey_challenge (challenge, moderator_id, expires_at) VALUES ($1, $2, $3)`,
      [challenge, owner, expiresAt],
    );
  }

  /**
   * Uses up a challenge.
   * @param owner the account that registers a passkey; null: a sign-in
   */
  async takeChallenge(tx: Tx, challenge: string, owner: ModeratorId | null, at: Date): Promise<boolean> {
    const rows = await tx.query(
      sql`DELETE FROM passkey_challenge
       WHERE challenge = $1 AND moderator_id IS NOT DISTINCT FROM $2::uuid AND expires_at > $3 RETURNING 1`,
      [challenge, owner, at],
    );
    return rows.length === 1;
  }

  async dropEndedChallenges(tx: Tx, at: Date): Promise<void> {
    await tx.query(sql`DELETE FROM passkey_challenge WHERE expires_at <= $1`, [at]);
  }
}
