import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { CommentId } from '../../../platform/ids.js';
import { JobHandlers } from '../../../platform/jobs/jobs.js';
import { OutboxHandlers } from '../../../platform/outbox/outbox-handlers.js';
import { systemContext } from '../../../platform/tenancy/site-context.js';
import { CALIBRATE_COMMENT, calibrateJobFor, type CalibrateCommentPayload } from './calibrate-comment.job.js';
import { CalibrationRepository } from './calibration.repository.js';
import type { ComparedLabel } from './scorer-ref.js';
import { completeOrAbsent, SideScoresService } from './side-scores.service.js';

/**
 * While a site compares two scorers, lets both score each new comment. The comment's decision neither waits for the
 * result nor uses it. A scorer that returns nothing is only counted.
 */
@Injectable()
export class PairedScoringService implements OnModuleInit {
  private readonly logger = new Logger('calibration');

  constructor(
    private readonly database: Database,
    private readonly repository: CalibrationRepository,
    private readonly sides: SideScoresService,
    private readonly clock: Clock,
    private readonly outbox: OutboxHandlers,
    private readonly handlers: JobHandlers,
  ) {}

  onModuleInit(): void {
    this.outbox.register('calibration', ['comment.submitted'], async (tx, events) => {
      const [{ siteId }] = events;
      const calibrationId = await this.repository.running(tx, siteId, this.clock.now());
      if (calibrationId === null) return [];
      return events.map(({ payload: { commentId, revision } }) =>
        calibrateJobFor({
          siteId,
          calibrationId,
          commentId: commentId as CommentId,
          revision: revision as number,
        }),
      );
    });
    this.handlers.handle(
      CALIBRATE_COMMENT,
      (payload) => this.score(payload),
      // A failure only means one comment fewer to compare.
      ({ siteId, commentId }, error) => {
        this.logger.warn({ event: 'calibration.comment-skipped', siteId, commentId, error });
        return Promise.resolve();
      },
    );
  }

  async score(payload: CalibrateCommentPayload): Promise<void> {
    const ctx = systemContext(payload.siteId, `calibrate-${payload.commentId}`);
    const text = await this.database.inSite(ctx, (tx) => this.repository.load(tx, payload, this.clock.now()));
    if (!text) return;
    const [from, to] = (
      await Promise.all([
        this.sides.scoresOf(ctx, text.fromScorer, payload, text),
        this.sides.scoresOf(ctx, text.toScorer, payload, text),
      ])
    ).map((result) => completeOrAbsent(result, Object.keys(text.thresholds) as ComparedLabel[]));
    await this.database.inSite(ctx, (tx) =>
      this.repository.insertScores(tx, payload, text.revisionId, from, to, this.clock.now()),
    );
  }
}
