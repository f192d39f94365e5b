import { once } from 'node:events';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { SYSTEM, type Principal } from '../../../platform/auth/principal.js';
import { Clock } from '../../../platform/clock.js';
import { SECRETS, type Secrets } from '../../../platform/config/secrets.js';
import { SETTINGS, type Settings } from '../../../platform/config/settings.js';
import {
  isDatabaseUnavailable,
  isRolledBackForOthers,
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
/** How often a step without batches checks whether the import was cancelled. */
const CANCELLATION_POLL_MS = 1_000;
/**
 * An upload that receives nothing for this long has broken off. A running import saves its position far more often.
 */
const STALLED_AFTER_MS = 10 * 60_000;
/** How often a batch is tried before its error ends the import. */
const MAX_TRIES = 3;
/** Pause before a retry, multiplied by the number of tries so far. */
const RETRY_PAUSE_MS = 1_000;
/** Table pages cleaned per transaction, containing some ten thousand rows. */
const PAGES_CLEANED_AT_ONCE = 1_000;
/** Steps that raise counts before the counted comments are written. */
const RAISES_COUNTS: readonly ImportStep[] = ['stories', 'readers', 'replies', 'comments'];
const STAGED = ['import_record', 'import_comment', 'import_reader', 'import_story'] as const;

const NEXT_STEP: Readonly<Record<Exclude<ImportStep, 'clean'>, ImportStep>> = {
  read: 'match',
  match: 'stories',
  stories: 'readers',
  readers: 'replies',
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
      ({ siteId, importId }, error) => this.noteWaiting(siteId, importId, error),
    );
    this.ticker.every('imports', POLL_INTERVAL_MS, () => this.sweep());
  }

  /**
   * Runs an import until it ends or the signal aborts it.
   *
   * @throws ImportWaiting if the database cannot do its work for now; run the import again later
   */
  async run(siteId: SiteId, id: SiteImportId, signal: AbortSignal): Promise<void> {
    const site = await this.sites.find(siteId);
    if (!site) return;
    let failedAt = '';
    let tries = 0;
    for (;;) {
      const found = await this.find(siteId, id);
      if (!found || !isUnderWay(found)) return;
      const ctx = { siteId, principal: principalOf(siteId, found.principal), requestId: `import-${id}` };
      const run = { ctx, site, signal, refs: new SourceRefs(siteId, found.format, this.readerKey) };
      try {
        if (found.step === 'clean') return await this.deleteStagedRows(run, found);
        if (found.isCancelled && isCancellable(found.step)) await this.stop(run, found, null);
        else await this.step(run, found);
      } catch (error) {
        if (error instanceof ImportStepChanged) return;
        if (error instanceof ImportCancelled) continue;
        if (signal.aborted || found.step === 'clean') throw error;
        if (isDatabaseUnavailable(error) || isRolledBackForOthers(error)) {
          const waiting = new ImportWaiting(error);
          await this.noteWaiting(siteId, id, waiting);
          throw waiting;
        }
        const now = await this.find(siteId, id);
        if (!now) return;
        const progress = JSON.stringify([now.step, now.cursor, now.stepDone]);
        tries = progress === failedAt ? tries + 1 : 1;
        failedAt = progress;
        this.logger.error({
          event: 'import.step-failed',
          siteId,
          importId: id,
          step: now.step,
          tries,
          error,
        });
        // Concurrent changes can break a constraint once. An error that repeats is permanent.
        if (error instanceof BadImportFile || tries === MAX_TRIES)
          await this.stop(run, now, failureOf(error, now.step));
        else await sleep(RETRY_PAUSE_MS * tries, undefined, { signal });
      }
    }
  }

  private find(siteId: SiteId, id: SiteImportId): Promise<SiteImport | null> {
    return this.database.inSite({ siteId, principal: SYSTEM }, (tx) => this.imports.find(tx, { siteId }, id));
  }

  private step(run: Run, found: SiteImport): Promise<void> {
    const { ctx, refs } = run;
    switch (found.step) {
      case 'read':
        return this.read(run, found);
      case 'match':
        return this.match(run, found);
      case 'stories':
        return this.batches(run, found, (tx, at) =>
          this.writing.stories(tx, ctx, found.id, found.format, at as string | null),
        );
      case 'readers':
        return this.batches(run, found, (tx, at) =>
          this.writing.readersOf(tx, ctx, found, refs, at as string | null),
        );
      case 'replies':
        return this.batches(run, found, (tx, at) =>
          this.writing.replies(tx, ctx, found.id, at as string | null),
        );
      case 'comments':
        return this.comments(run, found);
      case 'recount':
        return this.batches(run, found, (tx, at) =>
          this.recounting.recountBatch(tx, ctx, found.id, at as RecountCursor | null),
        );
      case 'finish':
        return this.batches(run, found, (tx, at) =>
          this.writing.notices(tx, ctx, found.id, at as string | null),
        );
      case 'learn':
        return this.learn(run, found);
      case 'clean':
        throw new Error('unreachable');
    }
  }

  /** Parses the file into rows, one batch ahead of the database. */
  private async read({ ctx, site, refs, signal }: Run, found: SiteImport): Promise<void> {
    const format = this.formats.get(found.format)!;
    const staging = new Staging(format.name, refs, site.origins, (key) => this.erased.macOf(ctx.siteId, key));
    const progress: ReadProgress = { cursor: found.cursor as number | null, bytes: 0, failure: null };
    const unpacker = new Unpacker(found.bytes, this.settings.importMaxGrowth);
    const file = unpacker.gunzip(this.pieces(ctx, found.id, progress));
    let number = 0;
    let pendingWrite: Promise<void> = Promise.resolve();
    try {
      for await (const lines of format.lines(file, unpacker)) {
        signal.throwIfAborted();
        const skipped = Math.min(lines.length, Math.max(0, (progress.cursor ?? 0) - number));
        number += lines.length;
        if (skipped === lines.length) continue;
        const { rows, faults } = await parse(lines.slice(skipped), (line) => format.parse(line), staging);
        await pendingWrite;
        const from = { ...found, cursor: progress.cursor };
        const to = { cursor: number, done: progress.bytes };
        progress.cursor = number;
        pendingWrite = this.database.inSite(ctx, async (tx) => {
          await this.imports.lock(tx, ctx, from);
          await this.imports.advance(tx, ctx, from, to);
          await this.imports.stage(tx, ctx, found.id, rows);
          await this.imports.addFaults(tx, ctx, found.id, faults);
        });
        pendingWrite.catch(() => undefined);
      }
      await pendingWrite;
    } catch (error) {
      // If fetching a chunk failed, the error here only says that the file ended early, so throw the original one.
      throw progress.failure ?? error;
    } finally {
      file.destroy();
      await pendingWrite.catch(() => undefined);
    }
    await this.database.inSite(ctx, async (tx) => {
      await this.imports.advance(
        tx,
        ctx,
        { ...found, cursor: progress.cursor },
        { step: 'match', cursor: null, done: 0, total: 1 },
      );
      await this.imports.dropChunks(tx, ctx, found.id);
    });
  }

  private async *pieces(ctx: SiteContext, id: SiteImportId, progress: ReadProgress): AsyncGenerator<Buffer> {
    try {
      for (let number = 0; ; number++) {
        const at = number;
        const piece = await this.database.inSite(ctx, (tx) => this.imports.chunk(tx, ctx, id, at));
        if (!piece) return;
        progress.bytes += piece.length;
        yield piece;
      }
    } catch (error) {
      progress.failure = error;
      throw error;
    }
  }

  private async match({ ctx, site, refs }: Run, found: SiteImport): Promise<void> {
    await this.database.inSite(ctx, (tx) => tx.query(sql`SELECT analyze_imports()`));
    const counts = await this.database.inSite(ctx, async (tx) => {
      await this.imports.lock(tx, ctx, found);
      const matched = await this.matching.match(tx, ctx, site, found, refs.unknownReaderId);
      await this.imports.setMatched(tx, ctx, found.id, matched);
      await this.imports.advance(
        tx,
        ctx,
        found,
        found.dryRun
          ? { step: 'clean', cursor: null, done: 1, state: 'done' }
          : { step: 'stories', cursor: null, done: 0, total: 0 },
      );
      return matched.counts;
    });
    // The planner would have no statistics for the rows just written.
    await this.database.inSite(ctx, (tx) => tx.query(sql`SELECT analyze_imports()`));
    this.logger.log({ event: 'import.matched', siteId: ctx.siteId, importId: found.id, counts });
  }

  /** Runs the lanes in parallel. Each keeps its own position. */
  private async comments(run: Run, found: SiteImport): Promise<void> {
    const { ctx } = run;
    await this.database.inSite(ctx, (tx) => this.imports.analyzeGrown(tx));
    const lanes = await this.database.inSite(ctx, (tx) => this.imports.lanes(tx, ctx, found.id));
    const ended = await Promise.allSettled(
      lanes.filter(({ isDone }) => !isDone).map((lane) => this.lane(run, found, lane)),
    );
    for (const end of ended) if (end.status === 'rejected') throw end.reason;
    const total = totalOf(found);
    await this.database.inSite(ctx, async (tx) => {
      await this.imports.lock(tx, ctx, found);
      await this.imports.advance(tx, ctx, found, {
        step: NEXT_STEP.comments,
        cursor: null,
        done: 0,
        total: 0,
      });
    });
    this.logger.log({ event: 'import.comments-written', siteId: ctx.siteId, importId: found.id, total });
  }

  private async lane(
    { ctx, site, refs, signal }: Run,
    found: SiteImport,
    firstLane: ImportLane,
  ): Promise<void> {
    for (let lane = firstLane; ;) {
      signal.throwIfAborted();
      const result = await this.database.inSite(ctx, async (tx) => {
        await this.imports.lockLane(tx, ctx, found.id, lane);
        const batch = await this.writing.comments(tx, ctx, site, found, refs, lane);
        await this.imports.advanceLane(tx, ctx, found.id, lane.lane, batch);
        return batch;
      });
      await this.database.inSite(ctx, (tx) => this.imports.recordLaneProgress(tx, ctx, found.id));
      await this.database.inSite(ctx, (tx) => this.imports.analyzeGrown(tx));
      if (!result) return;
      lane = { ...lane, cursor: result.cursor };
    }
  }

  /** Writes batches until nothing is left, then moves to the next step. */
  private async batches(
    { ctx, signal }: Run,
    found: SiteImport,
    write: (tx: Tx, cursor: unknown) => Promise<WrittenBatch | null>,
  ): Promise<void> {
    let progress = { cursor: found.cursor, done: found.stepDone };
    const total = totalOf(found);
    for (;;) {
      signal.throwIfAborted();
      const next = await this.database.inSite(ctx, async (tx) => {
        const from = { ...found, cursor: progress.cursor };
        await this.imports.lock(tx, ctx, from);
        const result = await write(tx, progress.cursor);
        if (result) {
          const to = { cursor: result.cursor, done: progress.done + result.rows, total };
          await this.imports.advance(tx, ctx, from, to);
          return { cursor: to.cursor, done: to.done };
        }
        const step = NEXT_STEP[found.step as Exclude<ImportStep, 'clean'>];
        const nextTotal = totalOf({ ...found, step });
        await this.imports.advance(tx, ctx, from, { step, cursor: null, done: 0, total: nextTotal });
        return null;
      });
      if (!next) return;
      progress = next;
    }
  }

  /** Deletes the staged rows. Nothing waits for this. */
  private async deleteStagedRows({ ctx, signal }: Run, { id }: SiteImport): Promise<void> {
    for (const table of STAGED)
      for (let from = 0, hasMore = true; hasMore; from += PAGES_CLEANED_AT_ONCE) {
        signal.throwIfAborted();
        const pages = { from, to: from + PAGES_CLEANED_AT_ONCE };
        hasMore = await this.database.inSite(ctx, (tx) =>
          this.imports.deleteStagedRows(tx, ctx, id, table, pages),
        );
      }
  }

  /**
   * Trains the site model on the imported decisions that people made. The model has no effect until a person accepts
   * it.
   */
  private async learn({ ctx, signal }: Run, found: SiteImport): Promise<void> {
    const end = async (tx: Tx, learned: ImportLearned | null): Promise<void> => {
      await this.imports.lock(tx, ctx, found);
      if (learned) await this.imports.setLearned(tx, ctx, found.id, learned);
      await this.imports.advance(tx, ctx, found, {
        step: NEXT_STEP.learn,
        cursor: null,
        done: 1,
        total: 1,
        state: endOf(found),
      });
    };
    if (found.isCancelled || found.stopReason) return this.database.inSite(ctx, (tx) => end(tx, null));
    // Training queries get bad plans while the statistics do not cover the imported rows.
    await this.database.inSite(ctx, (tx) => this.imports.analyzeForTraining(tx));
    const stopped = new AbortController();
    const either = AbortSignal.any([signal, stopped.signal]);
    const cancelCheck = setInterval(
      () => void this.stopIfCancelled(ctx, found.id, stopped),
      CANCELLATION_POLL_MS,
    );
    try {
      const learning = this.learnFrom(ctx, found, either, end);
      // The training itself cannot be interrupted. Its result is discarded if the import has ended.
      learning.catch(() => undefined);
      await Promise.race([learning, once(either, 'abort').then(() => either.throwIfAborted())]);
    } catch (error) {
      if (stopped.signal.aborted) throw new ImportCancelled();
      if (signal.aborted || !isStatementTimeout(error)) throw error;
      this.logger.error({
        event: 'import.training-timed-out',
        siteId: ctx.siteId,
        importId: found.id,
        error,
      });
      await this.database.inSite(ctx, (tx) => end(tx, { ...NOTHING_TO_TRAIN, outcome: 'failed' }));
    } finally {
      clearInterval(cancelCheck);
    }
  }

  private async learnFrom(
    ctx: SiteContext,
    { id }: SiteImport,
    signal: AbortSignal,
    end: (tx: Tx, learned: ImportLearned) => Promise<void>,
  ): Promise<void> {
    const hasTrainingExamples = await this.database.inSite(ctx, (tx) => {
      tx.allowLongStatements();
      tx.disconnectOn(signal);
      return this.imports.hasTrainingExamples(tx, ctx, id);
    });
    signal.throwIfAborted();
    if (!hasTrainingExamples) return this.database.inSite(ctx, (tx) => end(tx, NOTHING_TO_TRAIN));
    const { outcome, texts, refused } = await this.training.propose(
      ctx,
      'To train the scorer with the imported decisions.',
      (tx, result) => end(tx, trainingSummaryOf(result)),
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

  private async stopIfCancelled(ctx: SiteContext, id: SiteImportId, stopped: AbortController): Promise<void> {
    const found = await this.find(ctx.siteId, id).catch(() => null);
    if (found?.isCancelled) stopped.abort();
  }

  /**
   * Ends an import early. Everything it wrote stays. Counts raised for comments that will now not be written are
   * corrected before the import ends.
   *
   * @param reason why it fails; null if it was cancelled
   */
  private async stop({ ctx }: Run, found: SiteImport, reason: ImportFailure | null): Promise<void> {
    const first = found.stopReason ?? reason;
    const isMiscounted = reason !== null && found.step === 'recount';
    const stopReason =
      first && reason
        ? { stopReason: isMiscounted ? { ...first, message: `${first.message} ${MISCOUNTED}` } : first }
        : {};
    await this.database.inSite(ctx, async (tx) => {
      if (RAISES_COUNTS.includes(found.step))
        await this.imports.advance(tx, ctx, found, {
          step: 'recount',
          cursor: null,
          done: 0,
          total: 0,
          ...stopReason,
        });
      else if (found.step === 'learn') {
        // Everything else has been imported at this point.
        await this.imports.setLearned(tx, ctx, found.id, { ...NOTHING_TO_TRAIN, outcome: 'failed' });
        await this.imports.advance(tx, ctx, found, { step: 'clean', cursor: null, state: endOf(found) });
      } else
        await this.imports.advance(tx, ctx, found, {
          step: 'clean',
          cursor: null,
          state: reason ? 'failed' : 'cancelled',
          ...stopReason,
        });
      await this.imports.closeLanes(tx, ctx, found.id);
      await this.imports.dropChunks(tx, ctx, found.id);
    });
  }

  /** Records what the import is waiting for, if the database accepts writes. */
  private async noteWaiting(siteId: SiteId, id: SiteImportId, error: unknown): Promise<void> {
    const message = `${waitingText(error)} The server log has details. The import resumes by itself within ten minutes.`;
    await this.database.inSite({ siteId, principal: SYSTEM }, (tx) =>
      this.imports.recordFailedAttempt(tx, { siteId }, id, { code: 'waiting', message }),
    );
  }

  /** Gives up uploads that broke off, and restarts imports that are still unfinished. */
  async sweep(): Promise<void> {
    const silentSince = new Date(this.clock.nowMs() - STALLED_AFTER_MS);
    const unfinished = await this.database.inSystem((tx) => this.imports.unfinished(tx, silentSince));
    for (const { siteId, importId, state } of unfinished) {
      if (state === 'running') await this.jobs.add([importJobFor({ siteId, importId })]);
      else await this.giveUp(siteId, importId);
    }
  }

  async giveUp(siteId: SiteId, id: SiteImportId): Promise<void> {
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

/** After this many lines, other work of the process gets a turn. */
const LINES_PER_YIELD = 100;

async function parse(
  lines: readonly SourceLine[],
  read: (line: SourceLine) => ReturnType<NonNullable<ReturnType<ImportFormats['get']>>['parse']>,
  staging: Staging,
): Promise<{ rows: StagedRow[]; faults: LineFault[] }> {
  const rows: StagedRow[] = [];
  const faults: LineFault[] = [];
  for (const [index, line] of lines.entries()) {
    if (index > 0 && index % LINES_PER_YIELD === 0) await nextTurn();
    const { file, line: number } = line;
    const parsed = read(line);
    if (parsed?.fault) faults.push({ file, line: number, ...parsed.fault });
    if (!parsed?.record) continue;
    const row = staging.rowOf(line, parsed.record);
    if ('code' in row) faults.push({ file, line: number, ...row });
    else rows.push(row);
  }
  return { rows, faults };
}

const MISCOUNTED = 'The counts of stories, readers and replies could not be corrected and may be too high.';

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

const isUnderWay = ({ state, step }: SiteImport): boolean =>
  state === 'running' || (step === 'clean' && state !== 'receiving');

const endOf = ({ stopReason, isCancelled }: SiteImport): ImportState =>
  stopReason ? 'failed' : isCancelled ? 'cancelled' : 'done';

const trainingSummaryOf = ({
  outcome,
  texts,
  refused,
  siteModelId,
  figures,
}: TrainingResult): ImportLearned => ({
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

/** The size of a step, as far as the counts tell. */
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
        closed: new Set(),
        roles: new Map(),
        sections: new Map(),
        confirmedAt: null,
      };
  }
}
