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
/** After being pending for this long a comment's job is added again, and once more after each further period. */
export const OVERDUE_MS = 30_000;
/**
 * A comment that this process has seen overdue for longer than this is held. The time restarts after an outage of all
 * workers, so that comments that had to wait for it are scored and not held.
 */
export const HOLD_AFTER_MS = 10 * 60_000;
const MAX_ROWS = 500;

/** Finds comments whose scoring was lost or never ends, so that nothing stays pending forever. */
@Injectable()
export class OverdueRevisions implements OnModuleInit {
  private readonly logger = new Logger('scoring');
  /** When each was first seen overdue, in milliseconds. Entries that are no longer overdue are removed. */
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
    const rescheduled: JobToAdd[] = [];
    for (const revision of overdue) {
      const key = `${revision.commentId} ${revision.revision}`;
      const since = this.seen.get(key) ?? now;
      seen.set(key, since);
      if (now - since >= HOLD_AFTER_MS) await this.hold(revision);
      else
        rescheduled.push(
          retryJobFor(revision, (await this.scorers.scorersFor(revision.siteId)).length > 0, now),
        );
    }
    this.seen = seen;
    if (rescheduled.length > 0) {
      this.logger.warn({ event: 'scoring.overdue', count: rescheduled.length });
      await this.jobs.add(rescheduled);
    }
  }

  private async hold(revision: OverdueRevision): Promise<void> {
    try {
      await this.scoring.markFailed(revision);
    } catch (error) {
      // One failure must not delay the others; it is retried next time.
      const { siteId, commentId } = revision;
      this.logger.error({ event: 'scoring.hold-failed', siteId, commentId, error });
    }
  }
}

function retryJobFor(
  { siteId, commentId, revision, pendingSince }: OverdueRevision,
  usesExternalScorers: boolean,
  now: number,
): JobToAdd {
  const times = Math.floor((now - pendingSince.getTime()) / OVERDUE_MS);
  return scoreJobFor({ siteId, commentId, revision }, usesExternalScorers, times);
}
