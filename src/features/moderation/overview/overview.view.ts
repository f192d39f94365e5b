import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import { firstIdAt } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { isoSql } from '../../comments/comment-json.sql.js';
import { MAX_COUNT } from '../queue-counts.view.js';
import { isWaitingState, QUEUE_STATES } from '../queue-states.js';
import type { HotStory, OverviewAnswer, WaitingNow } from './overview.dto.js';
import { isSpike, SITE_SPIKE, STORY_SPIKE, typicalRateOfSite, typicalRateOfStory } from './spikes.js';
import { composeSql, sql } from '../../../platform/database/sql.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const MINUTES = 60;
/** Number of past days with which the current hour is compared. */
const DAYS = 28;
const MAX_STORIES = 10;
const MAX_WAITING_COUNTED = 1000;
/** Number of complete minutes over which the rate is averaged. */
const RATE_MINUTES = 5;

export const MINUTES_SQL = composeSql`
  SELECT ${isoSql(composeSql`m.minute`)} AS minute, sum(m.comments)::int AS comments, count(*)::int AS stories
  FROM comment_minute m WHERE m.site_id = $1 AND m.minute >= $2 GROUP BY m.minute`;

// As in the counts of the lists, at most MAX_COUNT comments are counted, the oldest first.
export const WAITING_SQL = composeSql`
  SELECT s.state, n.count, ${isoSql(composeSql`n.oldest`)} AS oldest, ${isoSql(composeSql`n.median`)} AS median
  FROM unnest(ARRAY['held', 'flagged', 'appealed', 'escalated']) s (state)
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS count, min(e.waiting_since) AS oldest,
      percentile_disc(0.5) WITHIN GROUP (ORDER BY e.waiting_since) AS median
    FROM (SELECT e.waiting_since FROM queue_entry e WHERE e.site_id = $1 AND e.state = s.state
          ORDER BY e.waiting_since LIMIT ${MAX_COUNT}) e) n`;

export const STORIES_SQL = composeSql`
  WITH hour AS MATERIALIZED (
    SELECT m.story_id, sum(m.comments)::int AS comments FROM comment_minute m
    WHERE m.site_id = $1 AND m.minute >= $2 GROUP BY m.story_id)
  SELECT s.id, s.key, s.title, s.url, s.section, s.state, h.comments,
    (SELECT count(*)::int FROM hour) AS "storiesInHour",
    coalesce((SELECT sum(b.comments)::int FROM comment_minute b
      WHERE b.site_id = $1 AND b.story_id = h.story_id AND b.minute >= $3 AND b.minute < $2), 0) AS before,
    least(24, greatest(0, extract(epoch FROM $2::timestamptz - s.created_at) / 3600))::float8 AS "hoursBefore",
    (SELECT count(*)::int FROM (
      SELECT FROM comment c WHERE c.site_id = $1 AND c.story_id = h.story_id AND c.status = 'held'
      LIMIT ${MAX_WAITING_COUNTED}) w) AS waiting
  FROM (SELECT * FROM hour ORDER BY comments DESC, story_id DESC LIMIT ${MAX_STORIES}) h
  JOIN story s ON s.site_id = $1 AND s.id = h.story_id
  ORDER BY h.comments DESC, h.story_id DESC`;

export const RECENT_DECISIONS_SQL = sql`
  SELECT (SELECT count(*)::int FROM decision d WHERE d.site_id = $1 AND d.to_status = 'held' AND d.id >= $2::uuid
      AND d.decided_by = 'rule') AS held,
    (SELECT count(*)::int FROM decision d WHERE d.site_id = $1 AND d.decided_by = 'moderator' AND d.id >= $2::uuid
      AND d.action IN ('approve', 'reject', 'remove', 'restore')) AS decided`;

export const TYPICAL_RATE_SQL = sql`
  SELECT x.hour, (SELECT coalesce(sum(h.published + h.held + h.rejected), 0)::int FROM decision_hour h
    WHERE h.site_id = $1 AND h.hour = x.hour) AS comments
  FROM unnest($2::timestamptz[]) x (hour)
  WHERE x.hour >= (SELECT min(h.hour) FROM decision_hour h WHERE h.site_id = $1)`;

const PRESENT_SQL = sql`
  SELECT DISTINCT m.id, m.name FROM queue_claim q JOIN moderator m ON m.id = q.moderator_id
  WHERE q.site_id = $1 AND q.until > $2 ORDER BY m.name, m.id LIMIT 100`;

type StoryRow = Omit<HotStory, 'usual' | 'isSpike'> & {
  storiesInHour: number;
  before: number;
  hoursBefore: number;
};

/** Current activity, for staff who monitor the site. */
@Injectable()
export class OverviewView {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  read(ctx: SiteContext): Promise<OverviewAnswer> {
    return this.database.inSite(ctx, async (tx) => {
      const now = this.clock.now();
      const thisMinute = Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS;
      const since = new Date(thisMinute - (MINUTES - 1) * MINUTE_MS);
      const [minutes, waiting, stories, recentDecisions, usual, present] = await Promise.all([
        this.minutes(tx, ctx, since),
        this.waiting(tx, ctx),
        tx.prepared<StoryRow>('overview-stories', STORIES_SQL, [
          ctx.siteId,
          since,
          new Date(since.getTime() - DAY_MS),
        ]),
        tx.prepared<{ held: number; decided: number }>('overview-recent', RECENT_DECISIONS_SQL, [
          ctx.siteId,
          firstIdAt(now.getTime() - HOUR_MS),
        ]),
        this.usualRate(tx, ctx, now),
        tx.prepared<{ id: string; name: string }>('overview-present', PRESENT_SQL, [ctx.siteId, now]),
      ]);
      const comments = minutes.reduce((sum, minute) => sum + minute.comments, 0);
      const completeMinutes = minutes.slice(-RATE_MINUTES - 1, -1);
      return {
        at: now.toISOString(),
        minutes,
        comments,
        perMinute: completeMinutes.reduce((sum, minute) => sum + minute.comments, 0) / RATE_MINUTES,
        usual,
        isSpike: isSpike(comments, usual, SITE_SPIKE),
        waiting,
        ...recentDecisions[0],
        stories: stories.map((row) => hotStory(row, comments)),
        present,
      };
    });
  }

  private async minutes(tx: Tx, ctx: SiteContext, since: Date): Promise<OverviewAnswer['minutes']> {
    const rows = await tx.prepared<{ minute: string; comments: number }>('overview-minutes', MINUTES_SQL, [
      ctx.siteId,
      since,
    ]);
    const counts = new Map(rows.map(({ minute, comments }) => [minute, comments]));
    return Array.from({ length: MINUTES }, (_, n) => {
      const minute = new Date(since.getTime() + n * MINUTE_MS).toISOString();
      return { minute, comments: counts.get(minute) ?? 0 };
    });
  }

  private async waiting(tx: Tx, ctx: SiteContext): Promise<WaitingNow[]> {
    const rows = await tx.prepared<WaitingNow>('overview-waiting', WAITING_SQL, [ctx.siteId]);
    return QUEUE_STATES.filter(isWaitingState).map(
      (state) => rows.find((row) => row.state === state) ?? { state, count: 0, oldest: null, median: null },
    );
  }

  private async usualRate(tx: Tx, ctx: SiteContext, now: Date): Promise<number | null> {
    // The clock hour that contains most of the last 60 minutes.
    const hour = Math.floor((now.getTime() - HOUR_MS / 2) / HOUR_MS) * HOUR_MS;
    const hours = Array.from({ length: DAYS }, (_, n) => new Date(hour - (n + 1) * DAY_MS));
    const rows = await tx.prepared<{ comments: number }>('overview-typical', TYPICAL_RATE_SQL, [
      ctx.siteId,
      hours,
    ]);
    return typicalRateOfSite(rows.map(({ comments }) => comments));
  }
}

function hotStory({ storiesInHour, before, hoursBefore, ...story }: StoryRow, comments: number): HotStory {
  const usual = typicalRateOfStory({ before, hoursBefore }, { comments, stories: storiesInHour });
  return {
    ...story,
    usual: Math.round(usual * 10) / 10,
    isSpike: isSpike(story.comments, usual, STORY_SPIKE),
  };
}
