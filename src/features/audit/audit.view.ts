import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { Cursors, type Page } from '../../platform/http/cursor.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { ChainVerification, NO_ENTRY, type ChainHead, type ChainedEntry } from './audit-chain.js';
import type { AuditEntryAnswer, AuditQuery, AuditVerification } from './audit.dto.js';
import { sql } from '../../platform/database/sql.js';

const CURSOR_SCOPE = 'audit';
const BATCH_ROWS = 1_000;

type StoredBody = Omit<AuditEntryAnswer, 'position' | 'hash' | 'reason' | 'policyVersion' | 'details'> &
  Partial<Pick<AuditEntryAnswer, 'reason' | 'policyVersion' | 'details'>>;

/** Lists, exports and verifies the audit log of one site. The only entry written here records an export. */
@Injectable()
export class AuditView {
  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
    private readonly clock: Clock,
  ) {}

  /**
   * Newest first.
   * @throws Problem 400 for a cursor that this list did not issue
   */
  async list(ctx: SiteContext, query: AuditQuery): Promise<Page<AuditEntryAnswer>> {
    const { action, actor, subject, from, until, cursor, limit } = query;
    const [before = null] = this.cursors.read(CURSOR_SCOPE, cursor) ?? [];
    const isPrefix = action?.endsWith('.') === true;
    // ISO timestamps have the same length, so they sort correctly as text.
    const iso = (instant: string | undefined): string | null =>
      instant === undefined ? null : new Date(instant).toISOString();
    const rows = await this.database.inSite(ctx, (tx) =>
      tx.query<ChainedEntry>(
        sql`SELECT position::float8 AS position, previous, hash, body FROM audit_entry
         WHERE site_id = $1 AND position IS NOT NULL AND ($2::bigint IS NULL OR position < $2)
           AND ($3::text IS NULL OR action = $3) AND ($4::text IS NULL OR action >= $4 AND action < $5)
           AND ($6::text IS NULL OR actor = $6) AND ($7::text IS NULL OR subject = $7)
           AND ($8::text IS NULL OR at >= $8) AND ($9::text IS NULL OR at < $9)
         ORDER BY position DESC LIMIT $10`,
        [
          ctx.siteId,
          before,
          isPrefix ? null : (action ?? null),
          isPrefix ? action : null,
          // The end of the prefix range: in ASCII, the slash follows the dot.
          isPrefix ? `${action.slice(0, -1)}/` : null,
          actor ?? null,
          subject ?? null,
          iso(from),
          iso(until),
          limit + 1,
        ],
      ),
    );
    return this.cursors.page(rows, limit, CURSOR_SCOPE, ({ position }) => [position], toAnswer);
  }

  /**
   * Yields the chain from its first entry, one JSON object per line. The export itself is recorded in the audit log.
   */
  async *lines(ctx: SiteContext): AsyncGenerator<string> {
    await this.database.inSite(ctx, (tx) =>
      tx.query(sql`SELECT record_audit_event($1, 'audit.exported', 'site', $2, '{}')`, [
        this.clock.now(),
        ctx.siteId,
      ]),
    );
    for await (const { position, previous, hash, body } of this.entries(ctx)) {
      yield `{"position":${position},"previous":"${previous}","hash":"${hash}","entry":${body}}\n`;
    }
  }

  async verify(ctx: SiteContext): Promise<AuditVerification> {
    const chain = new ChainVerification();
    // Read the head first: entries that are added during the check come after it and are not read.
    const head = await this.database.inSite(ctx, (tx) => readHead(tx, ctx));
    for await (const entry of this.entries(ctx, head.length)) {
      const broken = chain.add(entry);
      if (broken) return { intact: false, ...chain.progress, broken };
    }
    const broken = chain.finish(head);
    return { intact: broken === null, ...chain.progress, broken };
  }

  private async *entries(ctx: SiteContext, lastPosition?: number): AsyncGenerator<ChainedEntry> {
    let after = 0;
    for (;;) {
      const rows = await this.database.inSite(ctx, (tx) =>
        tx.query<ChainedEntry>(
          sql`SELECT position::float8 AS position, previous, hash, body FROM audit_entry
           WHERE site_id = $1 AND position > $2 AND ($3::bigint IS NULL OR position <= $3)
           ORDER BY position LIMIT $4`,
          [ctx.siteId, after, lastPosition ?? null, BATCH_ROWS],
        ),
      );
      yield* rows;
      if (rows.length < BATCH_ROWS) return;
      after = rows[rows.length - 1].position;
    }
  }
}

async function readHead(tx: Tx, ctx: SiteContext): Promise<ChainHead> {
  const [row] = await tx.query<ChainHead>(
    sql`SELECT length::float8 AS length, head FROM audit_chain WHERE site_id = $1`,
    [ctx.siteId],
  );
  return row ?? { length: 0, head: NO_ENTRY };
}

function toAnswer({ position, hash, body }: ChainedEntry): AuditEntryAnswer {
  const { reason = null, policyVersion = null, details = {}, ...rest } = JSON.parse(body) as StoredBody;
  return { position, ...rest, reason, policyVersion, details, hash };
}
