import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { conflict, invalid, notFound } from '../../platform/http/problem.js';
import { isUuid, newId, type Id } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import type { SignedInReader } from '../readers/signed-in-reader.js';
import type { Topic } from '../stories/story-facts.js';
import { checkTopicKey } from '../stories/topic-key.js';
import { MAX_PORTFOLIOS, MAX_TOPICS, type NewPortfolio, type PortfolioAnswer } from './portfolios.dto.js';
import { composeSql, sql } from '../../platform/database/sql.js';

export type PortfolioId = Id<'portfolio'>;

interface Row {
  readonly id: PortfolioId;
  readonly name: string;
  readonly alerts: boolean;
  readonly created_at: Date;
  readonly topics: Topic[];
}

export const SELECT = composeSql`
  SELECT p.id, p.name, p.alerts, p.created_at, (
    SELECT coalesce(json_agg(json_build_object('type', t.type, 'key', t.key, 'name', t.name) ORDER BY f.since, t.key), '[]')
    FROM portfolio_topic f JOIN topic t ON t.site_id = f.site_id AND t.type = f.type AND t.key = f.key
    WHERE f.site_id = p.site_id AND f.portfolio_id = p.id
  ) AS topics
  FROM portfolio p WHERE p.site_id = $1 AND p.reader_id = $2`;

const answerOf = ({ id, name, alerts, created_at, topics }: Row): PortfolioAnswer => ({
  id,
  name,
  alerts,
  topics,
  createdAt: created_at.toISOString(),
});

/** A reader's lists of topics. The reader follows the topics in the portfolio that has alerts turned on. */
@Injectable()
export class PortfolioService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Oldest first. */
  list(ctx: SiteContext, reader: SignedInReader): Promise<PortfolioAnswer[]> {
    return this.database.inSite(ctx, async (tx) => {
      const rows = await tx.query<Row>(composeSql`${SELECT} ORDER BY p.id`, [ctx.siteId, reader.id]);
      return rows.map(answerOf);
    });
  }

  /** @throws Problem 404, also for another reader's portfolio */
  read(ctx: SiteContext, reader: SignedInReader, id: string): Promise<PortfolioAnswer> {
    return this.database.inSite(ctx, async (tx) => answerOf(await this.find(tx, ctx, reader, id)));
  }

  /** @throws Problem 400 for a topic that no story has, 409 `alerts-exist` or `too-many` */
  create(
    ctx: SiteContext,
    reader: SignedInReader,
    { name, alerts = false, topics = [] }: NewPortfolio,
  ): Promise<PortfolioAnswer> {
    return this.database.inSite(ctx, async (tx) => {
      // Lock the reader, so that two concurrent requests cannot exceed the limit.
      await tx.query(sql`SELECT 1 FROM reader WHERE site_id = $1 AND id = $2 FOR UPDATE`, [
        ctx.siteId,
        reader.id,
      ]);
      const [{ count, alerting }] = await tx.query<{ count: number; alerting: number }>(
        sql`SELECT count(*)::int AS count, (count(*) FILTER (WHERE alerts))::int AS alerting
         FROM portfolio WHERE site_id = $1 AND reader_id = $2`,
        [ctx.siteId, reader.id],
      );
      if (alerts && alerting > 0)
        throw conflict('alerts-exist', 'You already have an alert portfolio. Add the companies to that one.');
      if (count >= MAX_PORTFOLIOS)
        throw conflict('too-many', `You already have ${MAX_PORTFOLIOS} portfolios. Delete one first.`);
      const id = newId<'portfolio'>(this.clock.nowMs());
      await tx.query(
        sql`INSERT INTO portfolio (site_id, id, reader_id, name, alerts, created_at) VALUES ($1, $2, $3, $4, $5, $6)`,
        [ctx.siteId, id, reader.id, name.trim(), alerts, this.clock.now()],
      );
      for (const [n, { type, key }] of topics.entries()) {
        if (await this.insertTopic(tx, ctx, id, type, key)) continue;
        const message = 'No story on this site has this topic.';
        throw invalid([{ pointer: `/topics/${n}`, code: 'unknown-topic', message }]);
      }
      return answerOf(await this.find(tx, ctx, reader, id));
    });
  }

  /** @throws Problem 404 */
  rename(ctx: SiteContext, reader: SignedInReader, id: string, name: string): Promise<PortfolioAnswer> {
    return this.database.inSite(ctx, async (tx) => {
      await this.find(tx, ctx, reader, id);
      await tx.query(sql`UPDATE portfolio SET name = $3 WHERE site_id = $1 AND id = $2`, [
        ctx.siteId,
        id,
        name.trim(),
      ]);
      return answerOf(await this.find(tx, ctx, reader, id));
    });
  }

  /** @throws Problem 404 */
  async remove(ctx: SiteContext, reader: SignedInReader, id: string): Promise<void> {
    await this.database.inSite(ctx, async (tx) => {
      await this.find(tx, ctx, reader, id);
      await tx.query(sql`DELETE FROM portfolio WHERE site_id = $1 AND id = $2`, [ctx.siteId, id]);
    });
  }

  /** @throws Problem 404 for a topic that no story has, 409 `too-many` */
  addTopic(
    ctx: SiteContext,
    reader: SignedInReader,
    id: string,
    type: string,
    key: string,
  ): Promise<PortfolioAnswer> {
    checkTopicKey(type, key);
    return this.database.inSite(ctx, async (tx) => {
      const { topics } = await this.find(tx, ctx, reader, id);
      if (topics.length >= MAX_TOPICS && !topics.some((each) => each.type === type && each.key === key))
        throw conflict('too-many', `A portfolio holds at most ${MAX_TOPICS}. Remove one first.`);
      if (!(await this.insertTopic(tx, ctx, id, type, key))) throw notFound('This topic');
      return answerOf(await this.find(tx, ctx, reader, id));
    });
  }

  /**
   * Succeeds even if the portfolio does not contain the topic.
   * @throws Problem 404 if the portfolio does not exist
   */
  async removeTopic(
    ctx: SiteContext,
    reader: SignedInReader,
    id: string,
    type: string,
    key: string,
  ): Promise<void> {
    checkTopicKey(type, key);
    await this.database.inSite(ctx, async (tx) => {
      await this.find(tx, ctx, reader, id);
      await tx.query(
        sql`DELETE FROM portfolio_topic WHERE site_id = $1 AND portfolio_id = $2 AND type = $3 AND key = $4`,
        [ctx.siteId, id, type, key],
      );
    });
  }

  private async insertTopic(
    tx: Tx,
    ctx: SiteContext,
    id: string,
    type: string,
    key: string,
  ): Promise<boolean> {
    const known = await tx.query(sql`SELECT 1 FROM topic WHERE site_id = $1 AND type = $2 AND key = $3`, [
      ctx.siteId,
      type,
      key,
    ]);
    if (known.length === 0) return false;
    await tx.query(
      sql`INSERT INTO portfolio_topic (site_id, portfolio_id, type, key, since) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT DO NOTHING`,
      [ctx.siteId, id, type, key, this.clock.now()],
    );
    return true;
  }

  private async find(tx: Tx, ctx: SiteContext, reader: SignedInReader, id: string): Promise<Row> {
    const [row] = isUuid(id)
      ? await tx.query<Row>(composeSql`${SELECT} AND p.id = $3`, [ctx.siteId, reader.id, id])
      : [];
    if (!row) throw notFound('This portfolio');
    return row;
  }
}
