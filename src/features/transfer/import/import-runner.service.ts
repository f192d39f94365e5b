import { once } from 'node:events';
import { setImmediate as nextEventLoopTurn, setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { SYSTEM, type Principal } from '../../../platform/auth/principal.js';
import { Clock } from '../../../platform/clock.js';
import { SECRETS, type Secrets } from '../../../platform/config/secrets.js';
import { SETTINGS, type Settings } from '../../../platform/config/settings.js';
import {
  isDatabaseUnavailable,
  isTransactionConflict,
} from '../../../platform/database/database-unavailable.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import type { ModeratorId, PublisherKeyId, SiteId } from '../../../platform/ids.js';
import { JobHandlers } from '../../../platform/jobs/jobs.js';
import { JobsService } from '../../../platform/jobs/jobs.service.js';
import { Ticker } from '../../../platform/jobs/ticker.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { ErasedReaders } from '../../readers/erased-readers.js';
import {
  SiteModelTrainingService,
  type TrainingResult,
} from '../../scoring/site-model/site-model-training.service.js';
import type { SiteFacts } from '../../sites/site-facts.js';
import { InvalidPolicyError, parsePolicy } from '../../sites/parse-policy.js';
import { SiteSettings } from '../../sites/site-settings.js';
import { BadImportFile, type SourceLine } from './import-format.js';
import { ImportFormats } from './import-formats.js';
import { ImportMatching } from './import-matching.js';
import { CounterRecount, type RecountCursor } from './counter-recount.js';
import { ImportWriting, type WrittenBatch } from './import-writing.js';
import { importJobFor, RUN_IMPORT } from './import.job.js';
import { failureOf, ImportWaiting, waitingText } from './import-failure.js';
import {
  isCancellable,
  ImportCancelled,
  ImportStepChanged,
  ImportRepository,
  type ImportFailure,
  type ImportLane,
  type ImportLearned,
  type ImportPrincipal,
  type ImportState,
  type ImportStep,
  type LineFault,
  type SiteImport,
  type SiteImportId,
} from './import.repository.js';
import { SourceRefs } from './source-refs.js';
import { Staging, type StagedRow } from './staged-rows.js';
import { Unpacker } from './upload.js';
import { sql } from '../../../platform/database/sql.js';

const POLL_INTERVAL_MS = 60_000;
/** How often training, which has no batches, checks whether the import was cancelled. */
const CANCELLATION_POLL_MS = 1_000;
/**
 * An upload that receives nothing for this long is abandoned. A running import that saves no position for this long is
 * restarted.
 */
const STALLED_AFTER_MS = 10 * 60_000;
/** Attempts at a batch before its error ends the import. */
const MAX_TRIES = 3;
/** Pause before a retry, multiplied by the number of attempts so far. */
const RETRY_PAUSE_MS = 1_000;
/** Table pages whose staged rows are deleted in one transaction: some ten thousand rows. */
const PAGES_PER_DELETION = 1_000;
/** During these steps, counts already include comments that are not written yet. */
const STEPS_WITH_RAISED_COUNTS: readonly ImportStep[] = [
  'stories',
  'readers',
  'entitlements',
  'replies',
  'comments',
];
const STAGING_TABLES = ['import_record', 'import_comment', 'import_reader', 'import_story'] as const;

const NEXT_STEP: Readonly<Record<Exclude<ImportStep, 'clean'>, ImportStep>> = {
  read: 'match',
  match: 'stories',
  stories: 'readers',
  readers: 'entitlements',
  entitlements: 'replies',
  replies: 'comments',
  comments: 'finish',
  recount: 'finish',
  finish: 'learn',
  learn: 'clean',
};

interface ReadProgress {
  /** Number of the file's documents stored so far. */
  cursor: number | null;
  /** Bytes of the compressed file read from the database so far. */
  bytes: number;
  /** Why the next chunk could not be fetched. */
  failure: unknown;
}

interface Run {
  readonly ctx: SiteContext;
  readonly site: SiteFacts;
  readonly refs: SourceRefs;
  readonly signal: AbortSignal;
}

/**
 * Runs imports step by step: reads the file into rows, matches them with the site, and writes them in small batches.
 * Each batch commits its position together with its rows, so that another worker can continue where a killed one
 * stopped.
 */
@Injectable()
export class ImportRunnerService implements OnModuleInit {
  private readonly logger = new Logger('imports');
  private readonly readerKey: Buffer;

  constructor(
    private readonly database: Database,
    private readonly imports: ImportRepository,
    private readonly matching: ImportMatching,
    private readonly writing: ImportWriting,
    private readonly recounting: CounterRecount,
    private readonly training: SiteModelTrainingService,
    private readonly formats: ImportFormats,
    private readonly sites: SiteSettings,
    private readonly erased: ErasedReaders,
    private readonly handlers: JobHandlers,
    private readonly jobs: JobsService,
    private readonly ticker: Ticker,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'importMaxGrowth'>,
    @Inject(SECRETS) secrets: Secrets,
  ) {
    this.readerKey = secrets.derive('imported-readers');
  }

  onModuleInit(): void {
    this.handlers.handle(
      RUN_IMPORT,
      ({ siteId, importId }, signal) => this.run(siteId, importId, signal),
      ({ siteId, importId }, error) => this.recordWaiting(siteId, importId, error),
    );
    this.ticker.every('imports', POLL_INTERVAL_MS, () => this.sweep());
  }

  /**
   * Runs an import until it ends or the signal aborts it.
   *
   * @throws ImportWaiting if the database is unavailable, overloaded or too slow; run the import again later
   */
  async run(siteId: SiteId, id: SiteImportId, signal: AbortSignal): Promise<void> {
    const site = await this.sites.find(siteId);
    if (!site) return;
    let lastFailedPosition = '';
    let tries = 0;
    for (;;) {
      const siteImport = await this.find(siteId, id);
      if (!siteImport || !isInProgress(siteImport)) return;
      const ctx = { siteId, principal: principalOf(siteId, siteImport.principal), requestId: `import-${id}` };
      const run = { ctx, site, signal, refs: new SourceRefs(siteId, siteImport.format, this.readerKey) };
      try {
        if (siteImport.step === 'clean') return await this.deleteStagedRows(run, siteImport);
        if (siteImport.isCancelled && isCancellable(siteImport.step)) await this.stop(run, siteImport, null);
        else await this.runStep(run, siteImport);
      } catch (error) {
        if (error instanceof ImportStepChanged) return;
        if (error instanceof ImportCancelled) continue;
        if (signal.aborted || siteImport.step === 'clean') throw error;
        if (isDatabaseUnavailable(error) || isTransactionConflict(error)) {
          const waiting = new ImportWaiting(error);
          await this.recordWaiting(siteId, id, waiting);
          throw waiting;
        }
        // Read again, because the step may have stored batches before it failed.
        const failedImport = await this.find(siteId, id);
        if (!failedImport) return;
        const position = JSON.stringify([failedImport.step, failedImport.cursor, failedImport.stepDone]);
        tries = position === lastFailedPosition ? tries + 1 : 1;
        lastFailedPosition = position;
        this.logger.error({
          event: 'import.step-failed',
          siteId,
          importId: id,
          step: failedImport.step,
          tries,
          error,
        });
        // Concurrent changes can violate a constraint once, so retry. An error that repeats is permanent.
        if (error instanceof BadImportFile || tries === MAX_TRIES)
          await this.stop(run, failedImport, failureOf(error, failedImport.step));
        else await sleep(RETRY_PAUSE_MS * tries, undefined, { signal });
      }
    }
  }

  private find(siteId: SiteId, id: SiteImportId): Promise<SiteImport | null> {
    return this.database.inSite({ siteId, principal: SYSTEM }, (tx) => this.imports.find(tx, { siteId }, id));
  }

  private runStep(run: Run, siteImport: SiteImport): Promise<void> {
    const { ctx, refs } = run;
    switch (siteImport.step) {
      case 'read':
        return this.read(run, siteImport);
      case 'match':
        return this.match(run, siteImport);
      case 'stories':
        return this.runBatches(run, siteImport, (tx, at) =>
          this.writing.writeStories(tx, ctx, siteImport.id, siteImport.format, at as string | null),
        );
      case 'readers':
        return this.runBatches(run, siteImport, (tx, at) =>
          this.writing.writeReaders(tx, ctx, siteImport, refs, at as string | null),
        );
      case 'entitlements':
        return this.runBatches(run, siteImport, (tx, at) =>
          this.writing.writeEntitlements(tx, ctx, siteImport.id, at as string | null),
        );
      case 'replies':
        return this.runBatches(run, siteImport, (tx, at) =>
          this.writing.addReplyCounts(tx, ctx, siteImport.id, at as string | null),
        );
      case 'comments':
        return this.writeComments(run, siteImport);
      case 'recount':
        return this.runBatches(run, siteImport, (tx, at) =>
          this.recounting.recountBatch(tx, ctx, siteImport.id, at as RecountCursor | null),
        );
      case 'finish':
        return this.runBatches(run, siteImport, (tx, at) =>
          this.writing.announceThreadChanges(tx, ctx, siteImport.id, at as string | null),
        );
      case 'learn':
        return this.learn(run, siteImport);
      case 'clean':
        throw new Error('unreachable');
    }
  }

  /** Parses the file into staged rows. The next batch is parsed while the previous one is being stored. */
  private async read({ ctx, site, refs, signal }: Run, siteImport: SiteImport): Promise<void> {
    const format = this.formats.get(siteImport.format)!;
    const staging = new Staging(
      format.name,
      refs,
      site.origins,
      (key) => this.erased.macOf(ctx.siteId, key),
      (policy) => isPolicyOf(site, policy),
    );
    const progress: ReadProgress = { cursor: siteImport.cursor as number | null, bytes: 0, failure: null };
    const unpacker = new Unpacker(siteImport.bytes, this.settings.importMaxGrowth);
    const file = unpacker.gunzip(this.chunks(ctx, siteImport.id, progress));
    let readCount = 0;
    let pendingWrite: Promise<void> = Promise.resolve();
    try {
      for await (const lines of format.lines(file, unpacker)) {
        signal.throwIfAborted();
        const skipped = Math.min(lines.length, Math.max(0, (progress.cursor ?? 0) - readCount));
        readCount += lines.length;
        if (skipped === lines.length) continue;
        const { rows, faults } = await parseLines(
          lines.slice(skipped),
          (line) => format.parse(line),
          staging,
        );
        await pendingWrite;
        const from = { ...siteImport, cursor: progress.cursor };
        const to = { cursor: readCount, done: progress.bytes };
        progress.cursor = readCount;
        pendingWrite = this.database.inSite(ctx, async (tx) => {
          await this.imports.lock(tx, ctx, from);
          await this.imports.advance(tx, ctx, from, to);
          await this.imports.stage(tx, ctx, siteImport.id, rows);
          await this.imports.addFaults(tx, ctx, siteImport.id, faults);
        });
        pendingWrite.catch(() => undefined);
      }
      await pendingWrite;
    } catch (error) {
      // If fetching a chunk failed, this error only says that the file ended early, so throw the original error.
      throw progress.failure ?? error;
    } finally {
      file.destroy();
      await pendingWrite.catch(() => undefined);
    }
    await this.database.inSite(ctx, async (tx) => {
      await this.imports.advance(
        tx,
        ctx,
        { ...siteImport, cursor: progress.cursor },
        { step: 'match', cursor: null, done: 0, total: 1 },
      );
      await this.imports.dropChunks(tx, ctx, siteImport.id);
    });
  }

  private async *chunks(ctx: SiteContext, id: SiteImportId, progress: ReadProgress): AsyncGenerator<Buffer> {
    try {
      for (let number = 0; ; number++) {
        const at = number;
        const chunk = await this.database.inSite(ctx, (tx) => this.imports.chunk(tx, ctx, id, at));
        if (!chunk) return;
        progress.bytes += chunk.length;
        yield chunk;
      }
    } catch (error) {
      progress.failure = error;
      throw error;
    }
  }

  private async match({ ctx, site, refs }: Run, siteImport: SiteImport): Promise<void> {
    await this.database.inSite(ctx, (tx) => tx.query(sql`SELECT analyze_imports()`));
    const counts = await this.database.inSite(ctx, async (tx) => {
      await this.imports.lock(tx, ctx, siteImport);
      const matched = await this.matching.match(tx, ctx, site, siteImport, refs.unknownReaderId);
      await this.imports.setMatched(tx, ctx, siteImport.id, matched);
      await this.imports.advance(
        tx,
        ctx,
        siteImport,
        siteImport.dryRun
          ? { step: 'clean', cursor: null, done: 1, state: 'done' }
          : { step: 'stories', cursor: null, done: 0, total: 0 },
      );
      return matched.counts;
    });
    // Without this, the planner has no statistics for the rows just written.
    await this.database.inSite(ctx, (tx) => tx.query(sql`SELECT analyze_imports()`));
    this.logger.log({ event: 'import.matched', siteId: ctx.siteId, importId: siteImport.id, counts });
  }

  /** Writes the comments of all lanes in parallel. Each lane has its own position. */
  private async writeComments(run: Run, siteImport: SiteImport): Promise<void> {
    const { ctx } = run;
    await this.database.inSite(ctx, (tx) => this.imports.analyzeGrown(tx));
    const lanes = await this.database.inSite(ctx, (tx) => this.imports.lanes(tx, ctx, siteImport.id));
    const results = await Promise.allSettled(
      lanes.filter(({ isDone }) => !isDone).map((lane) => this.writeLane(run, siteImport, lane)),
    );
    for (const result of results) if (result.status === 'rejected') throw result.reason;
    const total = totalOf(siteImport);
    await this.database.inSite(ctx, async (tx) => {
      await this.imports.lock(tx, ctx, siteImport);
      await this.imports.advance(tx, ctx, siteImport, {
        step: NEXT_STEP.comments,
        cursor: null,
        done: 0,
        total: 0,
      });
    });
    this.logger.log({ event: 'import.comments-written', siteId: ctx.siteId, importId: siteImport.id, total });
  }

  private async writeLane(
    { ctx, site, refs, signal }: Run,
    siteImport: SiteImport,
    firstLane: ImportLane,
  ): Promise<void> {
    for (let lane = firstLane; ;) {
      signal.throwIfAborted();
      const result = await this.database.inSite(ctx, async (tx) => {
        await this.imports.lockLane(tx, ctx, siteImport.id, lane);
        const batch = await this.writing.writeComments(tx, ctx, site, siteImport, refs, lane);
        await this.imports.advanceLane(tx, ctx, siteImport.id, lane.lane, batch);
        return batch;
      });
      await this.database.inSite(ctx, (tx) => this.imports.recordLaneProgress(tx, ctx, siteImport.id));
      await this.database.inSite(ctx, (tx) => this.imports.analyzeGrown(tx));
      if (!result) return;
      lane = { ...lane, cursor: result.cursor };
    }
  }

  /** Writes batches until nothing is left, then moves to the next step. */
  private async runBatches(
    { ctx, signal }: Run,
    siteImport: SiteImport,
    write: (tx: Tx, cursor: unknown) => Promise<WrittenBatch | null>,
  ): Promise<void> {
    let progress = { cursor: siteImport.cursor, done: siteImport.stepDone };
    const total = totalOf(siteImport);
    for (;;) {
      signal.throwIfAborted();
      const next = await this.database.inSite(ctx, async (tx) => {
        const from = { ...siteImport, cursor: progress.cursor };
        await this.imports.lock(tx, ctx, from);
        const result = await write(tx, progress.cursor);
        if (result) {
          const to = { cursor: result.cursor, done: progress.done + result.rows, total };
          await this.imports.advance(tx, ctx, from, to);
          return { cursor: to.cursor, done: to.done };
        }
        const step = NEXT_STEP[siteImport.step as Exclude<ImportStep, 'clean'>];
        const nextTotal = totalOf({ ...siteImport, step });
        await this.imports.advance(tx, ctx, from, { step, cursor: null, done: 0, total: nextTotal });
        return null;
      });
      if (!next) return;
      progress = next;
    }
  }

  /** Deletes the staged rows. The import has already ended at this point. */
  private async deleteStagedRows({ ctx, signal }: Run, { id }: SiteImport): Promise<void> {
    for (const table of STAGING_TABLES)
      for (let from = 0, hasMore = true; hasMore; from += PAGES_PER_DELETION) {
        signal.throwIfAborted();
        const pages = { from, to: from + PAGES_PER_DELETION };
        hasMore = await this.database.inSite(ctx, (tx) =>
          this.imports.deleteStagedRows(tx, ctx, id, table, pages),
        );
      }
  }

  /**
   * Trains a site model on the decisions that people made, including the imported ones. The model has no effect until a
   * person accepts it.
   */
  private async learn({ ctx, signal }: Run, siteImport: SiteImport): Promise<void> {
    const finish = async (tx: Tx, learned: ImportLearned | null): Promise<void> => {
      await this.imports.lock(tx, ctx, siteImport);
      if (learned) await this.imports.setLearned(tx, ctx, siteImport.id, learned);
      await this.imports.advance(tx, ctx, siteImport, {
        step: NEXT_STEP.learn,
        cursor: null,
        done: 1,
        total: 1,
        state: endOf(siteImport),
      });
    };
    if (siteImport.isCancelled || siteImport.stopReason)
      return this.database.inSite(ctx, (tx) => finish(tx, null));
    // Training queries get bad plans while the statistics do not cover the imported rows.
    await this.database.inSite(ctx, (tx) => this.imports.analyzeForTraining(tx));
    const cancellation = new AbortController();
    const combinedSignal = AbortSignal.any([signal, cancellation.signal]);
    const cancellationPoll = setInterval(
      () => void this.abortIfCancelled(ctx, siteImport.id, cancellation),
      CANCELLATION_POLL_MS,
    );
    try {
      const training = this.train(ctx, siteImport, combinedSignal, finish);
      // Training itself cannot be interrupted. Its result is discarded if the import has ended in the meantime.
      training.catch(() => undefined);
      await Promise.race([
        training,
        once(combinedSignal, 'abort').then(() => combinedSignal.throwIfAborted()),
      ]);
    } catch (error) {
      if (cancellation.signal.aborted) throw new ImportCancelled();
      if (signal.aborted || !isStatementTimeout(error)) throw error;
      this.logger.error({
        event: 'import.training-timed-out',
        siteId: ctx.siteId,
        importId: siteImport.id,
        error,
      });
      await this.database.inSite(ctx, (tx) => finish(tx, { ...NOTHING_TO_TRAIN, outcome: 'failed' }));
    } finally {
      clearInterval(cancellationPoll);
    }
  }

  private async train(
    ctx: SiteContext,
    { id }: SiteImport,
    signal: AbortSignal,
    finish: (tx: Tx, learned: ImportLearned) => Promise<void>,
  ): Promise<void> {
    const hasTrainingExamples = await this.database.inSite(ctx, (tx) => {
      tx.allowLongStatements();
      tx.disconnectOn(signal);
      return this.imports.hasTrainingExamples(tx, ctx, id);
    });
    signal.throwIfAborted();
    if (!hasTrainingExamples) return this.database.inSite(ctx, (tx) => finish(tx, NOTHING_TO_TRAIN));
    const { outcome, texts, refused } = await this.training.propose(
      ctx,
      'To train the scorer with the imported decisions.',
      (tx, result) => finish(tx, learnedFrom(result)),
      signal,
    );
    this.logger.log({
      event: 'import.training-finished',
      siteId: ctx.siteId,
      importId: id,
      outcome,
      texts,
      refused,
    });
  }

  private async abortIfCancelled(
    ctx: SiteContext,
    id: SiteImportId,
    cancellation: AbortController,
  ): Promise<void> {
    const siteImport = await this.find(ctx.siteId, id).catch(() => null);
    if (siteImport?.isCancelled) cancellation.abort();
  }

  /**
   * Ends an import early. Everything it wrote is kept. Counts that include comments which will not be written are
   * corrected before the import ends.
   *
   * @param reason why the import fails; null if it was cancelled
   */
  private async stop({ ctx }: Run, siteImport: SiteImport, reason: ImportFailure | null): Promise<void> {
    const firstReason = siteImport.stopReason ?? reason;
    const isMiscounted = reason !== null && siteImport.step === 'recount';
    const stopReason =
      firstReason && reason
        ? {
            stopReason: isMiscounted
              ? { ...firstReason, message: `${firstReason.message} ${COUNTS_NOT_CORRECTED}` }
              : firstReason,
          }
        : {};
    await this.database.inSite(ctx, async (tx) => {
      if (STEPS_WITH_RAISED_COUNTS.includes(siteImport.step))
        await this.imports.advance(tx, ctx, siteImport, {
          step: 'recount',
          cursor: null,
          done: 0,
          total: 0,
          ...stopReason,
        });
      else if (siteImport.step === 'learn') {
        // Only training failed. Everything has been imported at this point.
        await this.imports.setLearned(tx, ctx, siteImport.id, { ...NOTHING_TO_TRAIN, outcome: 'failed' });
        await this.imports.advance(tx, ctx, siteImport, {
          step: 'clean',
          cursor: null,
          state: endOf(siteImport),
        });
      } else
        await this.imports.advance(tx, ctx, siteImport, {
          step: 'clean',
          cursor: null,
          state: reason ? 'failed' : 'cancelled',
          ...stopReason,
        });
      await this.imports.closeLanes(tx, ctx, siteImport.id);
      await this.imports.dropChunks(tx, ctx, siteImport.id);
    });
  }

  /** Records what the import is waiting for. Fails if the database does not accept writes. */
  private async recordWaiting(siteId: SiteId, id: SiteImportId, error: unknown): Promise<void> {
    const message = `${waitingText(error)} The server log has details. The import resumes automatically within ten minutes.`;
    await this.database.inSite({ siteId, principal: SYSTEM }, (tx) =>
      this.imports.recordFailedAttempt(tx, { siteId }, id, { code: 'waiting', message }),
    );
  }

  /** Fails stalled uploads, and restarts imports that have made no progress for a while. */
  async sweep(): Promise<void> {
    const inactiveSince = new Date(this.clock.nowMs() - STALLED_AFTER_MS);
    const unfinished = await this.database.inSystem((tx) => this.imports.unfinished(tx, inactiveSince));
    for (const { siteId, importId, state } of unfinished) {
      if (state === 'running') await this.jobs.add([importJobFor({ siteId, importId })]);
      else await this.failUpload(siteId, importId);
    }
  }

  /** Ends an import whose upload did not complete, and deletes the chunks received so far. */
  async failUpload(siteId: SiteId, id: SiteImportId): Promise<void> {
    await this.database.inSite({ siteId, principal: SYSTEM }, async (tx) => {
      const failure = {
        code: 'upload-broke-off',
        message: 'The file did not arrive completely. Send it again.',
      };
      await this.imports.fail(tx, { siteId }, id, failure, ['receiving']);
      await this.imports.dropChunks(tx, { siteId }, id);
    });
  }
}

/** After this many lines, the parser yields to the event loop. */
const LINES_PER_YIELD = 100;

async function parseLines(
  lines: readonly SourceLine[],
  parse: (line: SourceLine) => ReturnType<NonNullable<ReturnType<ImportFormats['get']>>['parse']>,
  staging: Staging,
): Promise<{ rows: StagedRow[]; faults: LineFault[] }> {
  const rows: StagedRow[] = [];
  const faults: LineFault[] = [];
  for (const [index, line] of lines.entries()) {
    if (index > 0 && index % LINES_PER_YIELD === 0) await nextEventLoopTurn();
    const { file, line: number } = line;
    const parsed = parse(line);
    if (parsed?.fault) faults.push({ file, line: number, ...parsed.fault });
    if (!parsed?.record) continue;
    const row = staging.rowOf(line, parsed.record);
    if ('code' in row) faults.push({ file, line: number, ...row });
    else rows.push(row);
  }
  return { rows, faults };
}

const COUNTS_NOT_CORRECTED =
  'The counts of stories, readers and replies could not be corrected and may be too high.';

/** SQLSTATE 57014 (PostgreSQL's appendix A), query_canceled. */
const isStatementTimeout = (error: unknown): boolean =>
  (error as { code?: unknown } | null)?.code === '57014';

const NOTHING_TO_TRAIN: ImportLearned = {
  outcome: 'nothing-new',
  texts: 0,
  refused: 0,
  siteModelId: null,
  labels: {},
};

function isPolicyOf(site: SiteFacts, policy: object): boolean {
  try {
    parsePolicy(site.policy, policy);
    return true;
  } catch (error) {
    if (error instanceof InvalidPolicyError) return false;
    throw error;
  }
}

const isInProgress = ({ state, step }: SiteImport): boolean =>
  state === 'running' || (step === 'clean' && state !== 'receiving');

const endOf = ({ stopReason, isCancelled }: SiteImport): ImportState =>
  stopReason ? 'failed' : isCancelled ? 'cancelled' : 'done';

const learnedFrom = ({ outcome, texts, refused, siteModelId, figures }: TrainingResult): ImportLearned => ({
  outcome,
  texts,
  refused,
  siteModelId,
  labels: Object.fromEntries(
    Object.entries(figures).map(([label, { heldOut, shipped, siteModel, beats }]) => [
      label,
      { heldOut: heldOut.texts, before: shipped.rocAuc, after: siteModel.rocAuc, beats },
    ]),
  ),
});

/** The number of rows that a step writes, if the counts contain it; otherwise 0. */
function totalOf({ step, counts }: Pick<SiteImport, 'step' | 'counts'>): number {
  const countOf = (name: string): number =>
    (counts[name]?.['created'] ?? 0) + (counts[name]?.['unchanged'] ?? 0);
  switch (step) {
    case 'stories':
    case 'readers':
      return countOf(step);
    case 'comments':
      return counts['comments']?.['created'] ?? 0;
    default:
      return 0;
  }
}

function principalOf(siteId: SiteId, { kind, id, name }: ImportPrincipal): Principal {
  switch (kind) {
    case 'admin':
      return { kind };
    case 'key':
      return {
        kind,
        keyId: id as PublisherKeyId,
        name,
        scopes: ['publisher'],
        sites: [siteId],
        unreadScore: null,
      };
    case 'moderator':
      return {
        kind,
        name,
        moderatorId: id as ModeratorId,
        roleEverywhere: null,
        sitesNeedingSecondFactor: new Set(),
        roles: new Map(),
        sections: new Map(),
        confirmedAt: null,
      };
  }
}
