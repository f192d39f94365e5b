import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import type { JobToAdd } from '../../platform/jobs/jobs.js';
import { JobsService } from '../../platform/jobs/jobs.service.js';
import { Ticker } from '../../platform/jobs/ticker.js';
import { ExternalScorersService } from './external/external-scorers.service.js';
import { RevisionScoringService } from './revision-scoring.service.js';
import { scoreJobFor } from './score-revision.job.js';
import { ScoreRepository, type OverdueRevision } from './score.repository.js';

const POLL_INTERVAL_MS = 10_000;
/** Pending for longer, a comment's job is added once more, and again after as long. */
export const OVERDUE_MS = 30_000;
/**
 * Overdue for longer while this process was there to see it, a comment is held. After an outage of all workers
 * the time starts anew, so that what waited meanwhile is scored and not held.
 */
export const HOLD_AFTER_MS = 10 * 60_000;
const MAX_ROWS = 500;

/** Finds comments whose scoring was lost or never ends: nothing stays pending for good. */
@Injectable()
export class OverdueRevisions implements OnModuleInit {
  private readonly logger = new Logger('scoring');
  /** When each was first seen overdue, in milliseconds; those seen no more are dropped. */
  private seen = new Map<string, number>();

  constructor(
    private readonly database: Database,
    private readonly scores: ScoreRepository,
    private readonly scoring: RevisionScoringService,
    private readonly scorers: ExternalScorersService,
    private readonly jobs: JobsService,
    private readonly clock: Clock,
    private readonly ticker: Ticker,
  ) {}

  onModuleInit(): void {
    this.ticker.every('overdue-revisions', POLL_INTERVAL_MS, () => this.sweep());
  }

  async sweep(): Promise<void> {
    const now = this.clock.nowMs();
    const overdue = await this.database.inSystem((tx) =>
      this.scores.overdue(tx, new Date(now - OVERDUE_MS), MAX_ROWS),
    );
    const seen = new Map<string, number>();
    const again: JobToAdd[] = [];
    for (const revision of overdue) {
      const key = `${revision.commentId} ${revision.revision}`;
      const since = this.seen.get(key) ?? now;
      seen.set(key, since);
      if (now - since >= HOLD_AFTER_MS) await this.hold(revision);
      else again.push(jobAgain(revision, (await this.scorers.of(revision.siteId)).length > 0, now));
    }
    this.seen = seen;
    if (again.length > 0) {
      this.logger.warn({ event: 'scoring.overdue', count: again.length });
      await this.jobs.add(again);
    }
  }

  private async hold(revision: OverdueRevision): Promise<void> {
    try {
      await this.scoring.markFailed(revision);
    } catch (error) {
      // The others must not wait for it; it is tried again next time.
      const { siteId, commentId } = revision;
      this.logger.error({ event: 'scoring.hold-failed', siteId, commentId, error });
    }
  }
}

function jobAgain(
  { siteId, commentId, revision, pendingSince }: OverdueRevision,
  usesExternalScorers: boolean,
  now: number,
): JobToAdd {
  const times = Math.floor((now - pendingSince.getTime()) / OVERDUE_MS);
  return scoreJobFor({ siteId, commentId, revision }, usesExternalScorers, times);
}
