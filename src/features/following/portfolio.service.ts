import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { conflict, invalid, notFound } from '../../platform/http/problem.js';
import { isUuid, newId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import type { SignedInReader } from '../readers/signed-in-reader.js';
import type { Topic } from '../stories/story-facts.js';
import { checkTopicKey } from '../stories/topic-key.js';
import { TopicEntity } from '../stories/topic.entity.js';
import { MAX_PORTFOLIOS, MAX_TOPICS, type NewPortfolio, type PortfolioAnswer } from './portfolios.dto.js';
import { PortfolioEntity, type PortfolioId } from './portfolio.entity.js';
import { PortfolioTopicEntity } from './portfolio-topic.entity.js';
import { sql } from '../../platform/database/sql.js';

interface PortfolioRow extends Pick<PortfolioEntity, 'id' | 'name' | 'alerts' | 'createdAt'> {
  topics: Topic[];
}

const toAnswer = ({ createdAt, ...portfolio }: PortfolioRow): PortfolioAnswer => ({
  ...portfolio,
  createdAt: createdAt.toISOString(),
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
      const rows = await this.select(tx, ctx, reader, null);
      return rows.map(toAnswer);
    });
  }

  /** @throws Problem 404, also for another reader's portfolio */
  read(ctx: SiteContext, reader: SignedInReader, id: string): Promise<PortfolioAnswer> {
    return this.database.inSite(ctx, async (tx) => toAnswer(await this.find(tx, ctx, reader, id)));
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
      const portfolios = tx.manager.getRepository(PortfolioEntity);
      const existing = await portfolios.findBy({ siteId: ctx.siteId, readerId: reader.id });
      if (alerts && existing.some((portfolio) => portfolio.alerts))
        throw conflict('alerts-exist', 'You already have an alert portfolio. Add the topics to that one.');
      if (existing.length >= MAX_PORTFOLIOS)
        throw conflict('too-many', `You already have ${MAX_PORTFOLIOS} portfolios. Delete one first.`);
      const createdAt = this.clock.now();
      const id = newId<'portfolio'>(createdAt.getTime());
      const owner = { siteId: ctx.siteId, readerId: reader.id };
      await portfolios.insert({ ...owner, id, name: name.trim(), alerts, createdAt });
      for (const [index, { type, key }] of topics.entries()) {
        if (await this.insertTopic(tx, ctx, id, type, key)) continue;
        const message = 'No story on this site has this topic.';
        throw invalid([{ pointer: `/topics/${index}`, code: 'unknown-topic', message }]);
      }
      return toAnswer(await this.find(tx, ctx, reader, id));
    });
  }

  /** @throws Problem 404 */
  rename(ctx: SiteContext, reader: SignedInReader, id: string, name: string): Promise<PortfolioAnswer> {
    return this.database.inSite(ctx, async (tx) => {
      const portfolio = await this.find(tx, ctx, reader, id);
      const key = { siteId: ctx.siteId, id: portfolio.id };
      await tx.manager.getRepository(PortfolioEntity).update(key, { name: name.trim() });
      return toAnswer({ ...portfolio, name: name.trim() });
    });
  }

  /** @throws Problem 404 */
  async remove(ctx: SiteContext, reader: SignedInReader, id: string): Promise<void> {
    await this.database.inSite(ctx, async (tx) => {
      const portfolio = await this.find(tx, ctx, reader, id);
      await tx.manager.getRepository(PortfolioEntity).delete({ siteId: ctx.siteId, id: portfolio.id });
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
      const { id: portfolioId, topics } = await this.find(tx, ctx, reader, id);
      if (topics.length >= MAX_TOPICS && !topics.some((each) => each.type === type && each.key === key))
        throw conflict('too-many', `A portfolio can have at most ${MAX_TOPICS} topics. Remove one first.`);
      if (!(await this.insertTopic(tx, ctx, portfolioId, type, key))) throw notFound('This topic');
      return toAnswer(await this.find(tx, ctx, reader, id));
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
      const { id: portfolioId } = await this.find(tx, ctx, reader, id);
      await tx.manager
        .getRepository(PortfolioTopicEntity)
        .delete({ siteId: ctx.siteId, portfolioId, type, key });
    });
  }

  private async insertTopic(
    tx: Tx,
    ctx: SiteContext,
    id: PortfolioId,
    type: string,
    key: string,
  ): Promise<boolean> {
    const topics = tx.manager.getRepository(TopicEntity);
    if (!(await topics.existsBy({ siteId: ctx.siteId, type, key }))) return false;
    await tx.query(
      sql`INSERT INTO portfolio_topic (site_id, portfolio_id, type, key, since) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT DO NOTHING`,
      [ctx.siteId, id, type, key, this.clock.now()],
    );
    return true;
  }

  private async find(tx: Tx, ctx: SiteContext, reader: SignedInReader, id: string): Promise<PortfolioRow> {
    const [row] = isUuid(id) ? await this.select(tx, ctx, reader, id) : [];
    if (!row) throw notFound('This portfolio');
    return row;
  }

  /** @param id null for all of the reader's portfolios */
  private select(
    tx: Tx,
    ctx: SiteContext,
    reader: SignedInReader,
    id: string | null,
  ): Promise<PortfolioRow[]> {
    return tx.query<PortfolioRow>(
      sql`SELECT p.id, p.name, p.alerts, p.created_at AS "createdAt", (
         SELECT coalesce(json_agg(json_build_object('type', t.type, 'key', t.key, 'name', t.name) ORDER BY f.since, t.key), '[]')
         FROM portfolio_topic f JOIN topic t ON t.site_id = f.site_id AND t.type = f.type AND t.key = f.key
         WHERE f.site_id = p.site_id AND f.portfolio_id = p.id
       ) AS topics
       FROM portfolio p WHERE p.site_id = $1 AND p.reader_id = $2 AND ($3::uuid IS NULL OR p.id = $3) ORDER BY p.id`,
      [ctx.siteId, reader.id, id],
    );
  }
}
