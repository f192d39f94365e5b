import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/database.js';
import { composeSql, sql } from '../../../platform/database/sql.js';
import type { CommentId, Id, RevisionId, SiteId } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import type { RankingFigures } from './compare-ranking.js';
import type { DrawableComment } from './draw-comments.js';
import { PicksModelTrainingEntity } from './picks-model-training.entity.js';
import { PicksModelEntity } from './picks-model.entity.js';
import { encodePicksModel } from './picks-model.js';
import type { TrainedPicksModel } from './train-picks-model.js';

export type PicksModelId = Id<'picks-model'>;

export interface StoredPicksModel {
  readonly id: PicksModelId;
  readonly state: 'active' | 'retired';
  readonly modelVersion: string;
  readonly picks: number;
  readonly comments: number;
  readonly figures: RankingFigures;
  readonly createdAt: Date;
}

export type PicksTrainingState = Readonly<Omit<PicksModelTrainingEntity, 'siteId'>>;

export interface ListedComment extends DrawableComment {
  readonly revisionId: RevisionId;
}

export interface RankableComment {
  readonly id: CommentId;
  readonly revision: number;
  readonly body: string;
  readonly vector: Buffer;
  readonly shippedQuality: number;
  readonly onTopic: number | null;
  readonly refusal: number | null;
}

export interface CommentRank {
  readonly id: CommentId;
  readonly revision: number;
  readonly quality: number;
  readonly shippedQuality: number;
}

/** Enough to see how the figures developed. */
const MAX_MODELS = 10;
const MAX_PICKS = 2_000;
const MAX_OTHERS_PER_STORY = 300;

/**
 * The latest visible picks, and other visible comments of their stories in an order that depends on nothing else. In
 * English, or in a language that was not detected. Comments by staff are picked because of their author.
 */
export const DRAWABLE_COMMENTS = composeSql`WITH picked AS (
    SELECT c.id, c.story_id, c.author_id, c.shown_revision, c.language, c.picked_at FROM comment c
    WHERE c.site_id = $1 AND c.picked_at IS NOT NULL AND c.visible ORDER BY c.picked_at DESC LIMIT ${MAX_PICKS})
  SELECT v.id AS "revisionId", c.story_id AS "storyId", c.picked_at IS NOT NULL AS "isPicked", length(v.body) AS length
  FROM (
    SELECT * FROM picked
    UNION ALL
    SELECT o.* FROM (SELECT DISTINCT story_id FROM picked) s CROSS JOIN LATERAL (
      SELECT c.id, c.story_id, c.author_id, c.shown_revision, c.language, c.picked_at FROM comment c
      WHERE c.site_id = $1 AND c.story_id = s.story_id AND c.visible AND c.picked_at IS NULL
      ORDER BY c.id DESC LIMIT ${MAX_OTHERS_PER_STORY}) o) c
  JOIN reader a ON a.site_id = $1 AND a.id = c.author_id AND a.role <> 'staff'
  JOIN revision v ON v.site_id = $1 AND v.comment_id = c.id AND v.number = c.shown_revision AND v.body <> ''
  WHERE coalesce(c.language, 'en') = 'en'
  ORDER BY c.picked_at DESC NULLS LAST, md5(c.id::text)`;

/** Comments before $2 that have a quality and an embedding, newest first. */
export const RANKABLE_COMMENTS = composeSql`SELECT c.id, c.revision, v.body, e.vector,
    coalesce(c.shipped_quality, c.quality) AS "shippedQuality",
    (SELECT s.value FROM score s WHERE s.site_id = v.site_id AND s.revision_id = v.id AND s.label = 'onTopic') AS "onTopic",
    (SELECT s.value FROM score s WHERE s.site_id = v.site_id AND s.revision_id = v.id AND s.label = 'refusal') AS refusal
  FROM comment c
  JOIN revision v ON v.site_id = c.site_id AND v.comment_id = c.id AND v.number = c.revision AND v.body <> ''
  JOIN embedding e ON e.site_id = v.site_id AND e.revision_id = v.id
  WHERE c.site_id = $1 AND c.id < $2 AND c.quality IS NOT NULL ORDER BY c.id DESC LIMIT $3`;

@Injectable()
export class PicksModelRepository {
  /** The model in use, with its weights. */
  async active(tx: Tx, siteId: SiteId): Promise<(StoredPicksModel & { readonly weights: Buffer }) | null> {
    const [row] = await tx.prepared<StoredPicksModel & { weights: Buffer }>(
      'picks-model-active',
      sql`SELECT id, state, model_version AS "modelVersion", picks, comments, figures, weights, created_at AS "createdAt"
       FROM picks_model WHERE site_id = $1 AND state = 'active'`,
      [siteId],
    );
    return row ?? null;
  }

  /** Newest first. Returns all of them, because only a limited number is stored. */
  async list(tx: Tx, ctx: SiteContext): Promise<StoredPicksModel[]> {
    return tx.query<StoredPicksModel>(
      sql`SELECT id, state, model_version AS "modelVersion", picks, comments, figures, created_at AS "createdAt"
       FROM picks_model WHERE site_id = $1 ORDER BY id DESC`,
      [ctx.siteId],
    );
  }

  async trainingState(tx: Tx, ctx: SiteContext): Promise<PicksTrainingState> {
    const row = await tx.manager.getRepository(PicksModelTrainingEntity).findOneBy({ siteId: ctx.siteId });
    return row ?? { trainedAt: null, picks: 0, outcome: null, enabled: true };
  }

  /** Records a training or a person's choice. Takes a lock that serialises those of a site. */
  async record(tx: Tx, ctx: SiteContext, change: Partial<PicksTrainingState>): Promise<void> {
    await tx.manager
      .getRepository(PicksModelTrainingEntity)
      .upsert({ siteId: ctx.siteId, ...change }, ['siteId']);
  }

  async add(
    tx: Tx,
    ctx: SiteContext,
    id: PicksModelId,
    { model, figures }: TrainedPicksModel,
    about: Pick<StoredPicksModel, 'modelVersion' | 'picks' | 'comments' | 'createdAt'>,
  ): Promise<void> {
    const models = tx.manager.getRepository(PicksModelEntity);
    const weights = encodePicksModel(model);
    await models.insert({
      siteId: ctx.siteId,
      id,
      state: 'retired',
      ...about,
      figures: { ...figures },
      weights,
    });
    await tx.query(
      sql`DELETE FROM picks_model WHERE site_id = $1 AND state = 'retired' AND id NOT IN (
         SELECT id FROM picks_model WHERE site_id = $1 ORDER BY id DESC LIMIT $2)`,
      [ctx.siteId, MAX_MODELS],
    );
  }

  /** @param id null: the shipped head ranks */
  async activate(tx: Tx, ctx: SiteContext, id: PicksModelId | null): Promise<void> {
    await tx.query(
      sql`UPDATE picks_model SET state = 'retired' WHERE site_id = $1 AND state = 'active' AND id IS DISTINCT FROM $2`,
      [ctx.siteId, id],
    );
    await tx.query(
      sql`UPDATE picks_model SET state = 'active' WHERE site_id = $1 AND id = $2 AND state <> 'active'`,
      [ctx.siteId, id],
    );
  }

  /** The number of visible picks. */
  async countPicks(tx: Tx, ctx: SiteContext): Promise<number> {
    const [{ picks }] = await tx.query<{ picks: number }>(
      sql`SELECT count(*)::int AS picks FROM comment WHERE site_id = $1 AND picked_at IS NOT NULL AND visible`,
      [ctx.siteId],
    );
    return picks;
  }

  /** Picks, latest first, and then other comments of the same stories. */
  drawable(tx: Tx, ctx: SiteContext): Promise<ListedComment[]> {
    return tx.query<ListedComment>(DRAWABLE_COMMENTS, [ctx.siteId]);
  }

  /** @returns texts by revision; those that were erased meanwhile are absent */
  async bodies(tx: Tx, ctx: SiteContext, ids: readonly RevisionId[]): Promise<Map<RevisionId, string>> {
    const rows = await tx.query<{ id: RevisionId; body: string }>(
      sql`SELECT id, body FROM revision WHERE site_id = $1 AND id = ANY ($2::uuid[]) AND body <> ''`,
      [ctx.siteId, ids],
    );
    return new Map(rows.map(({ id, body }) => [id, body]));
  }

  rankable(tx: Tx, ctx: SiteContext, before: string, max: number): Promise<RankableComment[]> {
    return tx.query<RankableComment>(RANKABLE_COMMENTS, [ctx.siteId, before, max]);
  }

  /** Comments that were edited meanwhile keep their quality; they are scored again anyway. */
  async rank(tx: Tx, ctx: SiteContext, ranks: readonly CommentRank[]): Promise<void> {
    await tx.query(
      sql`WITH locked AS (
         SELECT c.id, n.quality, n."shippedQuality" AS shipped
         FROM jsonb_to_recordset($2::jsonb) AS n (id uuid, revision int, quality real, "shippedQuality" real)
         JOIN comment c ON c.site_id = $1 AND c.id = n.id AND c.revision = n.revision
         ORDER BY c.id FOR NO KEY UPDATE OF c)
       UPDATE comment c SET quality = n.quality, shipped_quality = n.shipped FROM locked n
       WHERE c.site_id = $1 AND c.id = n.id
         AND (c.quality IS DISTINCT FROM n.quality OR c.shipped_quality IS DISTINCT FROM n.shipped)`,
      [ctx.siteId, JSON.stringify(ranks)],
    );
  }

  /**
   * Gives comments the quality by the shipped head again, in the order of their ids.
   *
   * @returns the last one; null if none is left
   */
  async restore(tx: Tx, ctx: SiteContext, after: string, max: number): Promise<CommentId | null> {
    const rows = await tx.query<{ id: CommentId }>(
      sql`WITH ranked AS (
         SELECT id FROM comment WHERE site_id = $1 AND id > $2 AND shipped_quality IS NOT NULL
         ORDER BY id LIMIT $3 FOR NO KEY UPDATE)
       UPDATE comment c SET quality = c.shipped_quality, shipped_quality = NULL FROM ranked r
       WHERE c.site_id = $1 AND c.id = r.id RETURNING c.id`,
      [ctx.siteId, after, max],
    );
    return rows.reduce<CommentId | null>((last, { id }) => (last === null || id > last ? id : last), null);
  }

  /** Across all sites: those whose visible picks changed by `minChanges`, or whose model no longer fits. */
  async sitesToTrain(
    tx: Tx,
    before: Date,
    limits: { readonly minPicks: number; readonly minChanges: number; readonly maxSites: number },
    modelVersion: string,
  ): Promise<SiteId[]> {
    const rows = await tx.query<{ siteId: SiteId }>(
      sql`SELECT site_id AS "siteId" FROM picks_models_to_train($1, $2, $3, $4, $5)`,
      [before, limits.minPicks, limits.minChanges, modelVersion, limits.maxSites],
    );
    return rows.map(({ siteId }) => siteId);
  }
}
