import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { Cursors, type Page } from '../../platform/http/cursor.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { ChainVerification, NO_ENTRY, type ChainHead, type ChainedEntry } from './audit-chain.js';
import type { AuditEntryAnswer, AuditQuery, AuditVerification } from './audit.dto.js';
import { type Sql, composeSql, sql, joinSql } from '../../platform/database/sql.js';

const LIST = 'audit';
const BATCH = 1_000;

type Body = Omit<AuditEntryAnswer, 'position' | 'hash' | 'reason' | 'policyVersion' | 'details'> &
  Partial<Pick<AuditEntryAnswer, 'reason' | 'policyVersion' | 'details'>>;

const ENTRY = composeSql`position::float8 AS position, previous, hash, body`;

export const ENTRIES_AUDIT_ENTRY = composeSql`SELECT ${ENTRY} FROM audit_entry
       WHERE site_id = $1 AND position > $2 AND ($3::bigint IS NULL OR position <= $3)
       ORDER BY position LIMIT ${BATCH}`;

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
    const [before = null] = this.cursors.read(LIST, cursor) ?? [];
    const values: unknown[] = [ctx.siteId];
    const param = (value: unknown): Sql => composeSql`$${values.push(value)}`;
    // ISO timestamps have the same length, so they sort correctly as text.
    const iso = (instant: string): Sql => param(new Date(instant).toISOString());
    const conditions: Sql[] = [
      ...(action === undefined
        ? []
        : action.endsWith('.')
          ? [composeSql`action >= ${param(action)} AND action < ${param(`${action.slice(0, -1)}/`)}`]
          : [composeSql`action = ${param(action)}`]),
      ...(actor === undefined ? [] : [composeSql`actor = ${param(actor)}`]),
      ...(subject === undefined ? [] : [composeSql`subject = ${param(subject)}`]),
      ...(from === undefined ? [] : [composeSql`at >= ${iso(from)}`]),
      ...(until === undefined ? [] : [composeSql`at < ${iso(until)}`]),
      ...(before === null ? [] : [composeSql`position < ${param(before)}`]),
    ];
    const rows = await this.database.inSite(ctx, (tx) =>
      tx.query<ChainedEntry>(
        composeSql`SELECT ${ENTRY} FROM audit_entry WHERE site_id = $1 AND position IS NOT NULL
           ${joinSql(
             conditions.map((each) => composeSql`AND ${each}`),
             ' ',
           )}
         ORDER BY position DESC LIMIT ${param(limit + 1)}`,
        values,
      ),
    );
    return this.cursors.page(rows, limit, LIST, ({ position }) => [position], answerOf);
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
    // Read the head first. Entries added in the meantime come after it.
    const head = await this.database.inSite(ctx, (tx) => headOf(tx, ctx));
    for await (const entry of this.entries(ctx, head.length)) {
      const broken = chain.add(entry);
      if (broken) return { intact: false, ...chain.progress, broken };
    }
    const broken = chain.finish(head);
    return { intact: broken === null, ...chain.progress, broken };
  }

  private async *entries(ctx: SiteContext, upTo?: number): AsyncGenerator<ChainedEntry> {
    let after = 0;
    for (;;) {
      const rows = await this.database.inSite(ctx, (tx) =>
        tx.query<ChainedEntry>(ENTRIES_AUDIT_ENTRY, [ctx.siteId, after, upTo ?? null]),
      );
      yield* rows;
      if (rows.length < BATCH) return;
      after = rows[rows.length - 1].position;
    }
  }
}

async function headOf(tx: Tx, ctx: SiteContext): Promise<ChainHead> {
  const [row] = await tx.query<ChainHead>(
    sql`SELECT length::float8 AS length, head FROM audit_chain WHERE site_id = $1`,
    [ctx.siteId],
  );
  return row ?? { length: 0, head: NO_ENTRY };
}

function answerOf({ position, hash, body }: ChainedEntry): AuditEntryAnswer {
  const { reason = null, policyVersion = null, details = {}, ...rest } = JSON.parse(body) as Body;
  return { position, ...rest, reason, policyVersion, details, hash };
}
