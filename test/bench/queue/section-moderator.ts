import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { ROOT, type Server } from '../servers.js';
import type { QueueDataset } from './dataset.js';

interface Tokens {
  newToken(): string;
  hashToken(token: string): string;
}

export interface SectionModerator {
  /** Headers of the moderator's session. */
  readonly headers: Record<string, string>;
  /** The first held comment of the section when sorted by risk. */
  readonly heldId: string;
}

/** Creates a moderator limited to one section and signs them in through an invitation link. */
export async function signInSectionModerator(
  product: Server,
  databaseUrl: string,
  { siteId }: QueueDataset,
  section: string,
): Promise<SectionModerator> {
  const file = join(ROOT, 'dist/features/staff/session-token.js');
  const { newToken, hashToken } = (await import(file)) as Tokens;
  const [id, link] = [randomUUID(), newToken()];
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(`INSERT INTO moderator (id, name, created_at) VALUES ($1, $2, now())`, [
    id,
    `Moderator of ${section}`,
  ]);
  await client.query(
    `INSERT INTO moderator_role (site_id, moderator_id, role, sections) VALUES ($1, $2, 'moderator', $3)`,
    [siteId, id, [section]],
  );
  await client.query(
    `INSERT INTO sign_in_link (token_hash, moderator_id, expires_at) VALUES ($1, $2, now() + interval '1 day')`,
    [hashToken(link), id],
  );
  const { rows } = await client.query<{ id: string }>(
    `SELECT e.comment_id AS id FROM queue_entry e JOIN story s ON s.site_id = e.site_id AND s.id = e.story_id
     WHERE e.site_id = $1 AND e.state = 'held' AND s.section = $2 ORDER BY e.priority DESC LIMIT 1`,
    [siteId, section],
  );
  await client.end();
  const answer = await fetch(`${product.url}/api/v1/console/session`, {
    method: 'POST',
    headers: { 'x-postbag-console': '1', 'content-type': 'application/json' },
    body: JSON.stringify({ link }),
  });
  if (answer.status !== 201) throw new Error(`signing in: ${answer.status} ${await answer.text()}`);
  const cookie = answer.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  return { headers: { cookie, 'x-postbag-console': '1' }, heldId: rows[0].id };
}
