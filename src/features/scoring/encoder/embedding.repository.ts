import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import { sql } from '../../../platform/database/sql.js';
import type { RevisionId } from '../../../platform/ids.js';
import { Ticker } from '../../../platform/jobs/ticker.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { fromBytes, toBytes } from './embedding.js';

const DAY_MS = 24 * 60 * 60 * 1000;
/** As long as other training data is kept. */
const RETENTION_DAYS = 365;
const PURGE_BATCH_ROWS = 10_000;

/**
 * The embeddings of revisions. They are deleted after a year, with their revision, and when the author is erased
 * (`CommentErasureService`).
 */
@Injectable()
export class EmbeddingRepository implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ticker: Ticker,
  ) {}

  onModuleInit(): void {
    this.ticker.every('embeddings-retention', DAY_MS, () => this.purge());
  }

  /** Replaces an earlier one of the same revision. Does nothing for a text that was erased meanwhile. */
  save(tx: Tx, ctx: SiteContext, revisionId: RevisionId, embedding: Float32Array): void {
    tx.write(
      'embedding-save',
      sql`INSERT INTO embedding (site_id, revision_id, vector, created_at)
       SELECT $1, v.id, $3, $4 FROM revision v WHERE v.site_id = $1 AND v.id = $2 AND v.body <> ''
       ON CONFLICT (site_id, revision_id) DO UPDATE SET vector = excluded.vector, created_at = excluded.created_at`,
      [ctx.siteId, revisionId, toBytes(embedding), this.clock.now()],
    );
  }

  /** @returns the stored ones; old revisions and texts that the encoder cannot read have none */
  async find(
    tx: Tx,
    ctx: SiteContext,
    revisionIds: readonly RevisionId[],
  ): Promise<Map<RevisionId, Float32Array>> {
    const rows = await tx.prepared<{ revisionId: RevisionId; vector: Buffer }>(
      'embeddings-find',
      sql`SELECT revision_id AS "revisionId", vector FROM embedding WHERE site_id = $1 AND revision_id = ANY ($2::uuid[])`,
      [ctx.siteId, revisionIds],
    );
    return new Map(rows.map(({ revisionId, vector }) => [revisionId, fromBytes(vector)]));
  }

  /** Deletes those older than a year, of all sites. */
  async purge(): Promise<void> {
    const before = new Date(this.clock.nowMs() - RETENTION_DAYS * DAY_MS);
    let deleted: number;
    do {
      deleted = await this.database.inSystem(async (tx) => {
        const [row] = await tx.query<{ deleted: number }>(sql`SELECT purge_embeddings($1, $2) AS deleted`, [
          before,
          PURGE_BATCH_ROWS,
        ]);
        return row.deleted;
      });
    } while (deleted === PURGE_BATCH_ROWS);
  }
}
