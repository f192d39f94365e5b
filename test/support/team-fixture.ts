import { randomUUID } from 'node:crypto';
import { connectAsOwner } from './site-fixture.js';

/**
 * Inserts moderators of every kind that the team page shows: with and without a second factor, invited, with an expired
 * invitation, with long names.
 */
export async function fillTeam(databaseUrl: string): Promise<void> {
  const db = await connectAsOwner(databaseUrl);
  const [{ id: site }] = await db.rows<{ id: string }>(`SELECT id FROM site ORDER BY id LIMIT 1`);
  const people = [
    ['Vera Vogel', 'vera.vogel@meridian.example', 'owner', 'joined', 'factor'],
    ['Walt', 'walt@meridian.example', 'moderator', 'joined', 'factor'],
    [
      'Bartholomew Featherstonehaugh-Cholmondeley',
      'bartholomew.featherstonehaugh@meridian.example',
      'admin',
      'joined',
      '',
    ],
    ['Ida', null, 'viewer', 'invited', ''],
    ['Ned', null, 'moderator', 'ended', ''],
  ] as const;
  for (const [name, email, role, state, factor] of people) {
    const id = randomUUID();
    await db.rows(
      `INSERT INTO moderator (id, name, email, created_at, joined_at) VALUES ($1, $2, $3, now(), $4)`,
      [id, name, email, state === 'joined' ? new Date() : null],
    );
    await db.rows(`INSERT INTO moderator_role (site_id, moderator_id, role) VALUES ($1, $2, $3)`, [
      site,
      id,
      role,
    ]);
    if (factor)
      await db.rows(
        `INSERT INTO moderator_totp (moderator_id, secret_sealed, since) VALUES ($1, 'not a real secret', now())`,
        [id],
      );
    if (state !== 'joined')
      await db.rows(
        `INSERT INTO sign_in_link (token_hash, moderator_id, expires_at) VALUES ($1, $2, now() + $3::interval)`,
        [`link of ${name}`, id, state === 'invited' ? '5 days' : '-1 minute'],
      );
  }
  await db.end();
}
