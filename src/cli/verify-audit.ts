import pg from 'pg';
import { ChainVerification, NO_ENTRY, type ChainedEntry } from '../features/audit/audit-chain.js';
import { ownerClientConfig } from '../platform/database/data-source.js';
import type { Command, CommandOutcome } from './command.js';

const BATCH = 1_000;

/** The installation's own chain: accounts, keys, sessions. */
const INSTALLATION = '00000000-0000-0000-0000-000000000000';

interface Chain {
  site: string;
  length: number;
  head: string;
}

/**
 * Verifies every chain, including those of deleted sites. It connects as the database's owner, because the service's
 * role sees only one site at a time.
 */
export const verifyAudit: Command = {
  name: 'verify-audit',
  help: 'verifies the audit log of staff actions; exits with 1 and prints the first broken entry',
  async run({ runtime }): Promise<CommandOutcome> {
    const client = new pg.Client(ownerClientConfig(runtime.databaseUrl));
    await client.connect();
    try {
      // One snapshot of everything, regardless of concurrent writes.
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      const lines: string[] = [];
      let exitCode = 0;
      for (const chain of await chainsOf(client)) {
        const { intact, line } = await verify(client, chain);
        lines.push(`${chain.site === INSTALLATION ? 'installation' : `site ${chain.site}`}: ${line}`);
        if (!intact) exitCode = 1;
      }
      if (lines.length === 0) lines.push('The audit log is still empty.');
      return { text: lines.join('\n'), exitCode };
    } finally {
      await client.end();
    }
  },
};

async function chainsOf(client: pg.Client): Promise<Chain[]> {
  // Includes entries whose chain row was removed.
  const { rows } = await client.query<Chain>(
    `SELECT site_id AS site, coalesce(c.length, 0)::float8 AS length, coalesce(c.head, $1) AS head
     FROM (SELECT DISTINCT site_id FROM audit_entry UNION SELECT site_id FROM audit_chain) s
     LEFT JOIN audit_chain c USING (site_id) ORDER BY site_id`,
    [NO_ENTRY],
  );
  return rows;
}

async function verify(client: pg.Client, stored: Chain): Promise<{ intact: boolean; line: string }> {
  const chain = new ChainVerification();
  for (let after = 0; ;) {
    const { rows } = await client.query<ChainedEntry>(
      `SELECT position::float8 AS position, previous, hash, body FROM audit_entry
       WHERE site_id = $1 AND position > $2 ORDER BY position LIMIT ${BATCH}`,
      [stored.site, after],
    );
    for (const entry of rows) {
      const broken = chain.add(entry);
      if (broken) return { intact: false, line: `BROKEN: entry ${broken.position} ${broken.why}` };
    }
    if (rows.length < BATCH) break;
    after = rows[rows.length - 1].position;
  }
  const broken = chain.finish(stored);
  if (broken) return { intact: false, line: `BROKEN: entry ${broken.position} ${broken.why}` };
  const { length, head } = chain.progress;
  return {
    intact: true,
    line: `${length} ${length === 1 ? 'entry' : 'entries'}, intact; the last hash is ${head}`,
  };
}
