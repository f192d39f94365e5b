import { randomInt } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import { conflict } from '../../../platform/http/problem.js';
import { firstIdAt, newId, type SiteId } from '../../../platform/ids.js';
import { JobHandlers } from '../../../platform/jobs/jobs.js';
import { JobsService } from '../../../platform/jobs/jobs.service.js';
import { Ticker } from '../../../platform/jobs/ticker.js';
import { systemContext, type SiteContext } from '../../../platform/tenancy/site-context.js';
import { DRAW_SAMPLE, drawJobFor, type DrawSamplePayload } from './draw-sample.job.js';
import type { SampleDrawEntity } from './sample-draw.entity.js';
import { SamplingRepository, type DrawnDecision, type Sampling } from './sampling.repository.js';
import { DAY_MS, weekStart } from './weeks.js';
import { sql } from '../../../platform/database/sql.js';

const POLL_INTERVAL_MS = 60_000;
const MAX_DUE = 100;

/** Samples automatic decisions for people to review: weekly, or on request. */
@Injectable()
export class SamplingService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly repository: SamplingRepository,
    private readonly jobs: JobsService,
    private readonly handlers: JobHandlers,
    private readonly ticker: Ticker,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.handlers.handle(DRAW_SAMPLE, (payload) => this.draw(payload));
    this.ticker.every('sample-draws', POLL_INTERVAL_MS, () => this.beginDue());
  }

  settings(ctx: SiteContext): Promise<Sampling> {
    return this.database.inSite(ctx, (tx) => this.repository.settings(tx, ctx));
  }

  set(ctx: SiteContext, sampling: Sampling): Promise<Sampling> {
    return this.database.inSite(ctx, async (tx) => {
      await this.repository.set(tx, ctx, sampling);
      return this.repository.settings(tx, ctx);
    });
  }

  list(ctx: SiteContext): Promise<SampleDrawEntity[]> {
    return this.database.inSite(ctx, (tx) => this.repository.draws(tx, ctx));
  }

  /**
   * Draws from the decisions since the last draw, or of the last week if there was none.
   * @throws Problem 409 `sample-drawn-recently` if that was less than a day ago
   */
  drawNow(ctx: SiteContext): Promise<SampleDrawEntity> {
    const now = this.clock.now();
    return this.database.inSite(ctx, async (tx) => {
      const [last] = await this.repository.draws(tx, ctx);
      const wasDrawnRecently = last && now.getTime() - last.until.getTime() < DAY_MS;
      if (wasDrawnRecently || !(await this.begin(tx, ctx, now, false))) {
        throw conflict(
          'sample-drawn-recently',
          'A sample was already drawn in the last 24 hours. Review that one first; the next is drawn automatically on Monday.',
        );
      }
      return (await this.repository.draws(tx, ctx))[0];
    });
  }

  /** Starts the weekly draw for each site that has none yet for the week that ended. */
  async beginDue(): Promise<void> {
    const end = weekStart(this.clock.now());
    const sites = await this.database.inSystem((tx) => {
      tx.allowLongStatements();
      return tx.query<{ siteId: SiteId }>(sql`SELECT sites_to_sample($1, $2, $3) AS "siteId"`, [
        end,
        firstIdAt(end.getTime()),
        MAX_DUE,
      ]);
    });
    for (const { siteId } of sites) {
      const ctx = systemContext(siteId, 'sample-draws');
      await this.database.inSite(ctx, (tx) => this.begin(tx, ctx, end, true));
    }
  }

  private async begin(tx: Tx, ctx: SiteContext, until: Date, isWeekly: boolean): Promise<boolean> {
    const [last] = await this.repository.draws(tx, ctx);
    const since = last?.until ?? new Date(until.getTime() - 7 * DAY_MS);
    const draw = { id: newId<'sample-draw'>(), since, until, isWeekly, createdAt: this.clock.now() };
    if (since >= until || !(await this.repository.begin(tx, ctx, draw))) return false;
    await this.jobs.add([drawJobFor({ siteId: ctx.siteId, drawId: draw.id })]);
    return true;
  }

  private async draw({ siteId, drawId }: DrawSamplePayload): Promise<void> {
    const ctx = systemContext(siteId, `draw-${drawId}`);
    await this.database.inSite(ctx, async (tx) => {
      tx.allowLongStatements();
      const draw = await this.repository.claim(tx, ctx, drawId);
      if (!draw) return;
      const settings = await this.repository.settings(tx, ctx);
      const population = await this.repository.population(tx, ctx, draw);
      const published = await this.repository.pick(tx, ctx, draw, 'publish', settings.published);
      const rejected = await this.repository.pick(tx, ctx, draw, 'reject', settings.rejected);
      const now = this.clock.now();
      // Shuffle before the ids are assigned, so that the order reveals nothing about the decisions.
      const samples = shuffled([...published, ...rejected]).map((sample) => ({
        ...sample,
        id: newId<'sample'>(),
        requiredReviews: randomInt(100) < settings.twicePercent ? (2 as const) : (1 as const),
      }));
      await this.repository.add(tx, ctx, drawId, samples, now);
      const counts = {
        publishedOf: population.published,
        published: published.length,
        rejectedOf: population.rejected,
        rejected: rejected.length,
      };
      await this.repository.end(tx, ctx, drawId, counts, now);
    });
  }
}

function shuffled(sample: DrawnDecision[]): DrawnDecision[] {
  for (let last = sample.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [sample[last], sample[other]] = [sample[other], sample[last]];
  }
  return sample;
}
