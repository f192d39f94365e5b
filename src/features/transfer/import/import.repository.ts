import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import type { Tx } from '../../../platform/database/database.js';
import type { Id, SiteId } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import type { StagedRow } from './staged-rows.js';
import { type Sql, composeSql, sql } from '../../../platform/database/sql.js';

export type SiteImportId = Id<'site-import'>;

export const IMPORT_STEPS = [
  'read',
  'match',
  'stories',
  'readers',
  'entitlements',
  'replies',
  'comments',
  'recount',
  'finish',
  'learn',
  'clean',
] as const;
export type ImportStep = (typeof IMPORT_STEPS)[number];
export const IMPORT_STATES = ['receiving', 'running', 'done', 'failed', 'cancelled'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

export interface ImportOptions {
  /** The source's site to import, if the file contains several. */
  readonly group: string | null;
  /** The source's sites that are imported, set by matching; null to import every story on this site's origins. */
  readonly groups: readonly string[] | null;
}

/** Who started an import, as named in the audit log. */
export interface ImportPrincipal {
  readonly kind: 'admin' | 'key' | 'moderator';
  readonly id: string | null;
  readonly name: string;
}

/** The result of the training at the end of an import. */
export interface ImportLearned {
  /** `nothing-new`: the import contained no decisions made by people. */
  readonly outcome: 'trained' | 'too-few' | 'failed' | 'nothing-new';
  /** Number of texts with a decision made by a person, imported or not, and how many of them were rejected. */
  readonly texts: number;
  readonly refused: number;
  readonly siteModelId: string | null;
  /** Results by label, measured on held-out texts. */
  readonly labels: Readonly<Record<string, LearnedLabel>>;
}

export interface LearnedLabel {
  readonly heldOut: number;
  /** ROC-AUC of the shipped model and of the trained site model. */
  readonly before: number | null;
  readonly after: number | null;
  readonly beats: boolean;
}

export interface SiteImport {
  readonly id: SiteImportId;
  readonly format: string;
  readonly options: ImportOptions;
  readonly dryRun: boolean;
  readonly state: ImportState;
  readonly step: ImportStep;
  readonly cursor: unknown;
  readonly stepDone: number;
  readonly stepTotal: number;
  readonly bytes: number;
  readonly counts: Record<string, Record<string, number>>;
  readonly faults: number;
  /** Why the import failed, or what a running import is waiting for. */
  readonly failure: ImportFailure | null;
  /** Why the import will end as failed once its counts are corrected. */
  readonly stopReason: ImportFailure | null;
  readonly learned: ImportLearned | null;
  /** Whether cancellation was requested. */
  readonly isCancelled: boolean;
  readonly principal: ImportPrincipal;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

export interface ImportFailure {
  readonly code: string;
  readonly message: string;
}

export interface LineFault {
  readonly file: string;
  readonly line: number;
  readonly code: string;
  readonly message: string;
}

/** Number of lanes: connections that write comments in parallel, each for its own stories. */
export const IMPORT_LANES = 2;

export interface ImportLane {
  readonly lane: number;
  readonly cursor: [level: number, id: string] | null;
  readonly isDone: boolean;
}

/** Maximum number of faults stored per import; all are counted. */
export const MAX_STORED_FAULTS = 10_000;

const COLUMNS = composeSql`id, format, options, dry_run AS "dryRun", state, step, cursor, step_done::float8 AS "stepDone",
  step_total::float8 AS "stepTotal", bytes::float8 AS bytes, counts, faults, failure, stop_reason AS "stopReason", learned, principal,
  EXISTS (SELECT FROM import_cancellation x WHERE x.site_id = site_import.site_id AND x.import_id = site_import.id) AS "isCancelled",
  created_at AS "createdAt", finished_at AS "finishedAt"`;

/** Another process is running the import, or it has ended. This process must stop running it. */
export class ImportStepChanged extends Error {
  override readonly name = 'ImportStepChanged';
}

/** Cancellation of the import was requested. */
export class ImportCancelled extends Error {
  override readonly name = 'ImportCancelled';
}

/**
 * Whether a cancellation stops an import in this step. The other steps write no comments. They run to completion, except
 * that a cancellation skips training.
 */
export const isCancellable = (step: ImportStep): boolean =>
  !['recount', 'finish', 'learn', 'clean'].includes(step);

const IS_CANCELLED = composeSql`EXISTS (SELECT FROM import_cancellation x WHERE x.site_id = $1 AND x.import_id = $2) AS "isCancelled"`;

export const FIND_IMPORT = composeSql`SELECT ${COLUMNS} FROM site_import WHERE site_id = $1 AND id = $2`;

export const LIST_IMPORTS = composeSql`SELECT ${COLUMNS} FROM site_import WHERE site_id = $1 ORDER BY id DESC LIMIT 100`;

export const LOCK_IMPORT = composeSql`SELECT set_config('synchronous_commit', 'off', true), ${IS_CANCELLED} FROM site_import
   WHERE site_id = $1 AND id = $2 AND step = $3 AND state = $4 AND cursor IS NOT DISTINCT FROM $5::jsonb FOR NO KEY UPDATE`;

export const LOCK_LANE = composeSql`SELECT set_config('synchronous_commit', 'off', true), ${IS_CANCELLED} FROM import_lane
   WHERE site_id = $1 AND import_id = $2 AND lane = $3 AND NOT is_done AND cursor IS NOT DISTINCT FROM $4::jsonb FOR NO KEY UPDATE`;

type StagedTable = 'import_record' | 'import_comment' | 'import_reader' | 'import_story';

/** Deletes an import's rows from the pages `fromPage` (inclusive) to `toPage` (exclusive) of a table. */
export const deleteStagedRowsSql = (table: StagedTable, fromPage: number, toPage: number): Sql =>
  composeSql`DELETE FROM ${table}
   WHERE ctid >= '(${fromPage},0)' AND ctid < '(${toPage},0)' AND site_id = $1 AND import_id = $2`;

/** Stores imports, their uploaded files, and their staged rows. */
@Injectable()
export class ImportRepository {
  constructor(private readonly clock: Clock) {}

  /** @returns false if another import of the site is running */
  async insert(
    tx: Tx,
    ctx: SiteContext,
    row: Pick<SiteImport, 'id' | 'format' | 'options' | 'dryRun' | 'principal'>,
  ): Promise<boolean> {
    const inserted = await tx.query(
      sql`INSERT INTO site_import (site_id, id, format, options, dry_run, state, principal, created_at, touched_at)
       VALUES ($1, $2, $3, $4, $5, 'receiving', $6, $7, $7)
       ON CONFLICT (site_id) WHERE state IN ('receiving', 'running') DO NOTHING RETURNING 1`,
      [
        ctx.siteId,
        row.id,
        row.format,
        JSON.stringify(row.options),
        row.dryRun,
        JSON.stringify(row.principal),
        this.clock.now(),
      ],
    );
    return inserted.length === 1;
  }

  async find(tx: Tx, ctx: Pick<SiteContext, 'siteId'>, id: SiteImportId): Promise<SiteImport | null> {
    const [row] = await tx.query<SiteImport>(FIND_IMPORT, [ctx.siteId, id]);
    return row ?? null;
  }

  list(tx: Tx, ctx: SiteContext): Promise<SiteImport[]> {
    return tx.query<SiteImport>(LIST_IMPORTS, [ctx.siteId]);
  }

  /** @returns false if the upload was cancelled or failed in the meantime */
  async addChunk(
    tx: Tx,
    ctx: SiteContext,
    id: SiteImportId,
    number: number,
    bytes: Buffer,
  ): Promise<boolean> {
    const [row] = await tx.query(
      sql`UPDATE site_import SET touched_at = $3, bytes = bytes + $4
       WHERE site_id = $1 AND id = $2 AND state = 'receiving' RETURNING 1`,
      [ctx.siteId, id, this.clock.now(), bytes.length],
    );
    if (!row) return false;
    await tx.query(
      sql`INSERT INTO import_chunk (site_id, import_id, number, bytes) VALUES ($1, $2, $3, $4)`,
      [ctx.siteId, id, number, bytes],
    );
    return true;
  }

  async chunk(tx: Tx, ctx: SiteContext, id: SiteImportId, number: number): Promise<Buffer | null> {
    const [row] = await tx.query<{ bytes: Buffer }>(
      sql`SELECT bytes FROM import_chunk WHERE site_id = $1 AND import_id = $2 AND number = $3`,
      [ctx.siteId, id, number],
    );
    return row?.bytes ?? null;
  }

  async dropChunks(tx: Tx, ctx: Pick<SiteContext, 'siteId'>, id: SiteImportId): Promise<void> {
    await tx.query(sql`DELETE FROM import_chunk WHERE site_id = $1 AND import_id = $2`, [ctx.siteId, id]);
  }

  /**
   * Starts an import whose file has arrived completely.
   *
   * @returns false if the upload was cancelled or failed in the meantime
   */
  async start(tx: Tx, ctx: SiteContext, id: SiteImportId): Promise<boolean> {
    const [row] = await tx.query(
      sql`UPDATE site_import SET state = 'running', step_total = bytes, touched_at = $3
       WHERE site_id = $1 AND id = $2 AND state = 'receiving' RETURNING 1`,
      [ctx.siteId, id, this.clock.now()],
    );
    return row !== undefined;
  }

  /**
   * Requests the cancellation of an import, without waiting for its current batch.
   *
   * @returns false if it was already requested
   */
  async requestCancellation(tx: Tx, ctx: SiteContext, id: SiteImportId): Promise<boolean> {
    const inserted = await tx.query(
      sql`INSERT INTO import_cancellation (site_id, import_id, requested_at) VALUES ($1, $2, $3)
       ON CONFLICT DO NOTHING RETURNING 1`,
      [ctx.siteId, id, this.clock.now()],
    );
    return inserted.length === 1;
  }

  /**
   * Ends an upload and deletes the chunks received so far.
   *
   * @returns false if the upload has already completed, failed or been cancelled
   */
  async cancelUpload(tx: Tx, ctx: SiteContext, id: SiteImportId): Promise<boolean> {
    const [row] = await tx.query(
      sql`UPDATE site_import SET state = 'cancelled', finished_at = $3
       WHERE site_id = $1 AND id = $2 AND state = 'receiving' RETURNING 1`,
      [ctx.siteId, id, this.clock.now()],
    );
    if (row) await this.dropChunks(tx, ctx, id);
    return row !== undefined;
  }

  /** Waits for the running batches of all lanes and prevents further ones. */
  async closeLanes(tx: Tx, ctx: SiteContext, id: SiteImportId): Promise<void> {
    await tx.query(
      sql`WITH locked AS MATERIALIZED (
         SELECT lane FROM import_lane WHERE site_id = $1 AND import_id = $2 ORDER BY lane FOR UPDATE)
       UPDATE import_lane l SET is_done = true FROM locked WHERE l.site_id = $1 AND l.import_id = $2 AND l.lane = locked.lane`,
      [ctx.siteId, id],
    );
  }

  /**
   * Whether this import contains decisions made by people, or earlier imports contained some and did not complete
   * training.
   */
  async hasTrainingExamples(tx: Tx, ctx: SiteContext, id: SiteImportId): Promise<boolean> {
    const [{ hasExamples }] = await tx.query<{ hasExamples: boolean }>(
      sql`SELECT EXISTS (
         SELECT FROM import_record d JOIN import_comment c ON c.site_id = $1 AND c.import_id = $2 AND c.ref = d.ref AND c.is_new
         WHERE d.site_id = $1 AND d.import_id = $2 AND d.kind = 'decision' AND d.doc ->> 'by' IS NOT NULL
       ) OR EXISTS (
         SELECT FROM site_import i WHERE i.site_id = $1 AND i.id < $2 AND NOT i.dry_run AND i.state IN ('done', 'cancelled', 'failed')
           AND coalesce(i.learned ->> 'outcome', 'failed') = 'failed' AND (i.counts -> 'decisions' ->> 'created')::int > 0
           AND NOT EXISTS (SELECT FROM site_import l WHERE l.site_id = $1 AND l.id > i.id AND l.id < $2
             AND l.learned ->> 'outcome' IN ('trained', 'too-few'))
       ) AS "hasExamples"`,
      [ctx.siteId, id],
    );
    return hasExamples;
  }

  async setLearned(tx: Tx, ctx: SiteContext, id: SiteImportId, learned: ImportLearned): Promise<void> {
    await tx.query(sql`UPDATE site_import SET learned = $3 WHERE site_id = $1 AND id = $2`, [
      ctx.siteId,
      id,
      JSON.stringify(learned),
    ]);
  }

  /** @param states the import fails only if it is in one of these */
  async fail(
    tx: Tx,
    ctx: Pick<SiteContext, 'siteId'>,
    id: SiteImportId,
    failure: ImportFailure,
    states: readonly ImportState[],
  ): Promise<void> {
    await tx.query(
      sql`UPDATE site_import SET state = 'failed', failure = $3, finished_at = $4
       WHERE site_id = $1 AND id = $2 AND state = ANY ($5)`,
      [ctx.siteId, id, JSON.stringify(failure), this.clock.now(), states],
    );
  }

  /** Records what a running import is waiting for, until it next advances. */
  async recordFailedAttempt(
    tx: Tx,
    ctx: Pick<SiteContext, 'siteId'>,
    id: SiteImportId,
    failure: ImportFailure,
  ): Promise<void> {
    await tx.query(
      sql`UPDATE site_import SET failure = $3, touched_at = $4 WHERE site_id = $1 AND id = $2 AND state = 'running'`,
      [ctx.siteId, id, JSON.stringify(failure), this.clock.now()],
    );
  }

  /**
   * Locks an import until the transaction ends. The commit does not wait for the disk: work lost in a database crash
   * is done again, because the import's position is lost with it.
   *
   * @throws ImportStepChanged if the import's step, position or state differs from `from`
   * @throws ImportCancelled if cancellation was requested and the step is cancellable
   */
  async lock(
    tx: Tx,
    ctx: SiteContext,
    from: Pick<SiteImport, 'id' | 'step' | 'cursor' | 'state'>,
  ): Promise<void> {
    const [row] = await tx.query<{ isCancelled: boolean }>(LOCK_IMPORT, [
      ctx.siteId,
      from.id,
      from.step,
      from.state,
      jsonOf(from.cursor),
    ]);
    if (!row) throw new ImportStepChanged();
    if (row.isCancelled && isCancellable(from.step)) throw new ImportCancelled();
  }

  /**
   * Advances an import and locks it until the transaction ends. A new state ends it.
   *
   * @param from the step, position and state that the caller expects
   * @throws ImportStepChanged if they differ
   */
  async advance(
    tx: Tx,
    ctx: SiteContext,
    from: Pick<SiteImport, 'id' | 'step' | 'cursor' | 'state'>,
    to: {
      step?: ImportStep;
      cursor: unknown;
      done?: number;
      total?: number;
      state?: ImportState;
      stopReason?: ImportFailure;
    },
  ): Promise<void> {
    const isEnd = to.state !== undefined;
    const [row] = await tx.query(
      sql`UPDATE site_import SET step = $5, cursor = $6, step_done = coalesce($7, step_done),
         step_total = coalesce($8, step_total), state = $9, touched_at = $10,
         stop_reason = coalesce($13, stop_reason), failure = coalesce($13, stop_reason),
         finished_at = CASE WHEN $11 THEN $10 ELSE finished_at END
       WHERE site_id = $1 AND id = $2 AND step = $3 AND state = $12 AND cursor IS NOT DISTINCT FROM $4::jsonb RETURNING 1`,
      [
        ctx.siteId,
        from.id,
        from.step,
        jsonOf(from.cursor),
        to.step ?? from.step,
        jsonOf(to.cursor),
        to.done ?? null,
        to.total ?? null,
        to.state ?? from.state,
        this.clock.now(),
        isEnd,
        from.state,
        jsonOf(to.stopReason),
      ],
    );
    if (!row) throw new ImportStepChanged();
  }

  lanes(tx: Tx, ctx: SiteContext, id: SiteImportId): Promise<ImportLane[]> {
    return tx.query<ImportLane>(
      sql`SELECT lane, cursor, is_done AS "isDone" FROM import_lane WHERE site_id = $1 AND import_id = $2 ORDER BY lane`,
      [ctx.siteId, id],
    );
  }

  /** Like `lock`, but for a single lane. */
  async lockLane(tx: Tx, ctx: SiteContext, id: SiteImportId, { lane, cursor }: ImportLane): Promise<void> {
    const [row] = await tx.query<{ isCancelled: boolean }>(LOCK_LANE, [ctx.siteId, id, lane, jsonOf(cursor)]);
    if (!row) throw new ImportStepChanged();
    if (row.isCancelled) throw new ImportCancelled();
  }

  /** @param to the position after a batch, and the number of rows that it wrote; null if the lane is done */
  async advanceLane(
    tx: Tx,
    ctx: SiteContext,
    id: SiteImportId,
    lane: number,
    to: { cursor: unknown; rows: number } | null,
  ): Promise<void> {
    await tx.query(
      sql`UPDATE import_lane SET cursor = coalesce($4, cursor), done = done + $5, is_done = $6
       WHERE site_id = $1 AND import_id = $2 AND lane = $3`,
      [ctx.siteId, id, lane, jsonOf(to?.cursor), to?.rows ?? 0, to === null],
    );
  }

  /** Updates the statistics of tables that have about doubled in size, so that the planner chooses suitable plans. */
  async analyzeGrown(tx: Tx): Promise<void> {
    await tx.query(sql`SELECT analyze_grown_tables()`);
  }

  /** Updates the statistics of the tables that training reads. With outdated statistics, its query can take minutes. */
  async analyzeForTraining(tx: Tx): Promise<void> {
    await tx.query(sql`SELECT analyze_training_tables()`);
  }

  /** Records the combined progress of all lanes, for display. */
  async recordLaneProgress(tx: Tx, ctx: SiteContext, id: SiteImportId): Promise<void> {
    await tx.query(
      sql`UPDATE site_import SET touched_at = $3, step_done = (
         SELECT coalesce(sum(done), 0) FROM import_lane WHERE site_id = $1 AND import_id = $2)
       WHERE site_id = $1 AND id = $2 AND step = 'comments'`,
      [ctx.siteId, id, this.clock.now()],
    );
  }

  async setMatched(
    tx: Tx,
    ctx: SiteContext,
    id: SiteImportId,
    { counts, groups }: { counts: SiteImport['counts']; groups: readonly string[] | null },
  ): Promise<void> {
    await tx.query(
      sql`UPDATE site_import SET counts = $3, options = options || jsonb_build_object('groups', $4::jsonb)
       WHERE site_id = $1 AND id = $2`,
      [ctx.siteId, id, JSON.stringify(counts), JSON.stringify(groups)],
    );
  }

  async stage(tx: Tx, ctx: SiteContext, id: SiteImportId, rows: readonly StagedRow[]): Promise<void> {
    if (rows.length === 0) return;
    await tx.prepared(
      'import-stage',
      sql`INSERT INTO import_record (site_id, import_id, kind, ref, reader_ref, story_ref, parent_ref, at, file, line, doc, texts)
       SELECT $1, $2, kind, ref, reader_ref, story_ref, parent_ref, at, file, line, doc, texts
       FROM jsonb_to_recordset($3::jsonb) AS r (kind text, ref uuid, reader_ref uuid, story_ref uuid, parent_ref uuid,
         at timestamptz, file text, line int, doc jsonb, texts jsonb)`,
      [ctx.siteId, id, JSON.stringify(rows)],
    );
  }

  async addFaults(tx: Tx, ctx: SiteContext, id: SiteImportId, faults: readonly LineFault[]): Promise<void> {
    if (faults.length === 0) return;
    await tx.query(
      sql`WITH counted AS (
         UPDATE site_import SET faults = faults + $4 WHERE site_id = $1 AND id = $2 RETURNING faults - $4 AS before
       )
       INSERT INTO import_fault (site_id, import_id, number, file, line, code, message)
       SELECT $1, $2, c.before + f.number, f.fault ->> 'file', (f.fault ->> 'line')::int, f.fault ->> 'code', f.fault ->> 'message'
       FROM counted c, jsonb_array_elements($3::jsonb) WITH ORDINALITY AS f (fault, number)
       WHERE c.before + f.number <= $5`,
      [ctx.siteId, id, JSON.stringify(faults), faults.length, MAX_STORED_FAULTS],
    );
  }

  faults(
    tx: Tx,
    ctx: SiteContext,
    id: SiteImportId,
    after: number,
    limit: number,
  ): Promise<(LineFault & { number: number })[]> {
    return tx.query(
      sql`SELECT number, file, line, code, message FROM import_fault
       WHERE site_id = $1 AND import_id = $2 AND number > $3 ORDER BY number LIMIT $4`,
      [ctx.siteId, id, after, limit],
    );
  }

  /** Finds uploads and running imports of all sites that have made no progress since a given time. */
  unfinished(
    tx: Tx,
    inactiveSince: Date,
  ): Promise<{ siteId: SiteId; importId: SiteImportId; state: ImportState }[]> {
    return tx.query(
      sql`SELECT site_id AS "siteId", import_id AS "importId", state FROM unfinished_imports($1)`,
      [inactiveSince],
    );
  }

  /**
   * Deletes staged rows from a range of a table's pages. Selecting the next rows of the import instead would scan all
   * rows deleted before, each time.
   *
   * @returns whether the table has more pages
   */
  async deleteStagedRows(
    tx: Tx,
    ctx: SiteContext,
    id: SiteImportId,
    table: StagedTable,
    { from, to }: { from: number; to: number },
  ): Promise<boolean> {
    await tx.query(deleteStagedRowsSql(table, from, to), [ctx.siteId, id]);
    const [{ hasMore }] = await tx.query<{ hasMore: boolean }>(
      sql`SELECT pg_relation_size($1::regclass) / current_setting('block_size')::int > $2 AS "hasMore"`,
      [table, to],
    );
    return hasMore;
  }
}

const jsonOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : JSON.stringify(value);
