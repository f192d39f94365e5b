import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/database.js';
import type { DecisionId, Id, RevisionId, SiteId } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import type { Label } from '../scores.js';
import { SiteModelTrainingEntity } from './site-model-training.entity.js';
import { SiteModelEntity } from './site-model.entity.js';
import type { SiteLabel } from './site-labels.js';
import { encodeSiteModel } from './site-model.js';
import type { TrainingPhase } from './training-progress.js';
import type { LabelFigures, ChangedWord, TrainedSiteModel } from './train-site-model.js';
import { composeSql, sql } from '../../../platform/database/sql.js';

export type SiteModelId = Id<'site-model'>;
export type SiteModelState = 'shadow' | 'active' | 'retired';

export interface StoredSiteModelSummary {
  readonly id: SiteModelId;
  readonly state: SiteModelState;
  readonly modelVersion: string;
  readonly texts: number;
  readonly figures: Partial<Record<SiteLabel, LabelFigures>>;
  readonly createdAt: Date;
  readonly activatedAt: Date | null;
  readonly endedAt: Date | null;
  /** Counts of new comments scored in shadow mode: all, and by what this model and the scores in effect would hold. */
  readonly shadow: {
    readonly comments: number;
    readonly wouldHold: number;
    readonly onlyItHolds: number;
    readonly onlyItPasses: number;
  };
}

export interface StoredSiteModelDetails extends StoredSiteModelSummary {
  readonly words: Partial<Record<SiteLabel, ChangedWord[]>>;
}

export type TrainingState = Readonly<Omit<SiteModelTrainingEntity, 'siteId' | 'through'>>;

export interface StoredSiteModel {
  readonly id: SiteModelId;
  readonly state: SiteModelState;
  readonly modelVersion: string;
  readonly figures: Partial<Record<SiteLabel, LabelFigures>>;
  readonly weights: Buffer;
}

/** A score that an external client suggested for a text. */
export interface SuggestedText {
  readonly text: string;
  readonly scores: Partial<Record<Label, { value: number | null }>>;
}

const NEVER_TRAINED: TrainingState = {
  trainedAt: null,
  texts: 0,
  outcome: null,
  rolledBack: false,
  startedAt: null,
  progressAt: null,
  progress: 0,
  phase: null,
};

/** Number of unused site models that are stored, latest first. */
const MAX_UNUSED_MODELS = 10;

const SUMMARY = composeSql`
  m.id, m.state, m.model_version AS "modelVersion", m.texts, m.figures, m.created_at AS "createdAt",
  m.activated_at AS "activatedAt", m.ended_at AS "endedAt",
  (SELECT json_build_object('comments', count(*), 'wouldHold', count(*) FILTER (WHERE x.holds),
     'onlyItHolds', count(*) FILTER (WHERE x.holds AND NOT x.held), 'onlyItPasses', count(*) FILTER (WHERE x.held AND NOT x.holds))
   FROM site_model_shadow_score x WHERE x.site_id = m.site_id AND x.site_model_id = m.id) AS shadow`;

export const LIST_SITE_MODELS = composeSql`SELECT ${SUMMARY} FROM site_model m WHERE m.site_id = $1 ORDER BY m.id DESC`;

export const FIND_SITE_MODEL = composeSql`SELECT ${SUMMARY}, m.words FROM site_model m WHERE m.site_id = $1 AND m.id = $2`;

@Injectable()
export class SiteModelRepository {
  /** The active site model and the one in shadow mode. */
  async inUse(tx: Tx, siteId: SiteId): Promise<StoredSiteModel[]> {
    return tx.prepared<StoredSiteModel>(
      'site-models-in-use',
      sql`SELECT id, state, model_version AS "modelVersion", figures, weights FROM site_model WHERE site_id = $1 AND state IN ('active', 'shadow')`,
      [siteId],
    );
  }

  /** Newest first. Returns all of them, because only a limited number is stored. */
  async list(tx: Tx, ctx: SiteContext): Promise<StoredSiteModelSummary[]> {
    return tx.query<StoredSiteModelSummary>(LIST_SITE_MODELS, [ctx.siteId]);
  }

  async find(tx: Tx, ctx: SiteContext, id: SiteModelId): Promise<StoredSiteModelDetails | null> {
    const [row] = await tx.query<StoredSiteModelDetails>(FIND_SITE_MODEL, [ctx.siteId, id]);
    return row ?? null;
  }

  async trainingState(tx: Tx, ctx: SiteContext): Promise<TrainingState> {
    const row = await tx.manager.getRepository(SiteModelTrainingEntity).findOneBy({ siteId: ctx.siteId });
    return row ?? NEVER_TRAINED;
  }

  /** Records the result of a training. Takes a lock that serialises the trainings and selections of a site. */
  async recordTraining(
    tx: Tx,
    ctx: SiteContext,
    training: {
      at: Date;
      through: DecisionId | null;
      texts: number;
      outcome: 'trained' | 'too-few' | 'failed';
    },
  ): Promise<{ rolledBack: boolean }> {
    const [row] = await tx.query<{ rolledBack: boolean }>(
      sql`INSERT INTO site_model_training AS t (site_id, trained_at, through, texts, outcome) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (site_id) DO UPDATE SET trained_at = excluded.trained_at,
         through = coalesce(excluded.through, t.through), texts = excluded.texts, outcome = excluded.outcome,
         started_at = NULL, progress_at = NULL, progress = 0,
         phase = CASE WHEN excluded.outcome = 'failed' THEN t.phase END
       RETURNING rolled_back AS "rolledBack"`,
      [ctx.siteId, training.at, training.through, training.texts, training.outcome],
    );
    return row;
  }

  /** Records that a training was requested, unless one is running. @param stalledBefore such a training has ended */
  async recordQueued(tx: Tx, ctx: SiteContext, at: Date, stalledBefore: Date): Promise<void> {
    await tx.query(
      sql`INSERT INTO site_model_training AS t (site_id, phase, started_at, progress_at) VALUES ($1, 'queued', $2, $2)
       ON CONFLICT (site_id) DO UPDATE SET phase = 'queued', progress = 0, started_at = excluded.started_at,
         progress_at = excluded.progress_at
       WHERE t.started_at IS NULL OR (t.phase <> 'queued' AND t.progress_at < $3)`,
      [ctx.siteId, at, stalledBefore],
    );
  }

  async recordProgress(
    tx: Tx,
    ctx: SiteContext,
    phase: TrainingPhase,
    progress: number,
    at: Date,
  ): Promise<void> {
    await tx.query(
      sql`INSERT INTO site_model_training AS t (site_id, phase, progress, started_at, progress_at)
       VALUES ($1, $2, $3, $4, $4)
       ON CONFLICT (site_id) DO UPDATE SET phase = excluded.phase, progress = excluded.progress,
         started_at = coalesce(t.started_at, excluded.started_at), progress_at = excluded.progress_at`,
      [ctx.siteId, phase, progress, at],
    );
  }

  /** Records a person's choice; `rolledBack`: they chose the shipped model. */
  async recordSelection(tx: Tx, ctx: SiteContext, rolledBack: boolean): Promise<void> {
    await tx.manager
      .getRepository(SiteModelTrainingEntity)
      .upsert({ siteId: ctx.siteId, rolledBack }, ['siteId']);
  }

  /** Stores a new site model in shadow mode, in place of the previous one. */
  async add(
    tx: Tx,
    ctx: SiteContext,
    id: SiteModelId,
    { siteModel, figures, words }: TrainedSiteModel,
    texts: number,
    at: Date,
  ): Promise<void> {
    await tx.manager
      .getRepository(SiteModelEntity)
      .update({ siteId: ctx.siteId, state: 'shadow' }, { state: 'retired', endedAt: at });
    await tx.query(
      sql`INSERT INTO site_model (site_id, id, state, model_version, texts, figures, words, weights, created_at)
       VALUES ($1, $2, 'shadow', $3, $4, $5, $6, $7, $8)`,
      [
        ctx.siteId,
        id,
        siteModel.modelVersion,
        texts,
        JSON.stringify(figures),
        JSON.stringify(words),
        encodeSiteModel(siteModel),
        at,
      ],
    );
    await tx.query(
      sql`DELETE FROM site_model WHERE site_id = $1 AND state = 'retired' AND id NOT IN (
         SELECT id FROM site_model WHERE site_id = $1 AND state = 'retired' ORDER BY id DESC LIMIT $2)`,
      [ctx.siteId, MAX_UNUSED_MODELS],
    );
  }

  /** @param id null: the shipped model is in effect again */
  async activate(tx: Tx, ctx: SiteContext, id: SiteModelId | null, at: Date): Promise<void> {
    await tx.query(
      sql`UPDATE site_model SET state = 'retired', ended_at = $3 WHERE site_id = $1 AND state = 'active' AND id IS DISTINCT FROM $2`,
      [ctx.siteId, id, at],
    );
    if (id === null) return;
    await tx.query(
      sql`UPDATE site_model SET state = 'active', activated_at = $3, ended_at = NULL
       WHERE site_id = $1 AND id = $2 AND state <> 'active'`,
      [ctx.siteId, id, at],
    );
  }

  /** Suggestions for the site itself, newest first. */
  async suggested(tx: Tx, ctx: SiteContext, max: number): Promise<SuggestedText[]> {
    return tx.query<SuggestedText>(
      sql`SELECT text, scores FROM suggested_score WHERE site_id = $1 ORDER BY created_at DESC LIMIT $2`,
      [ctx.siteId, max],
    );
  }

  /** Counts of the same suggestions; a label applies from a score of .5 on. */
  async countSuggested(
    tx: Tx,
    ctx: SiteContext,
    max: number,
  ): Promise<{ texts: number; labels: { label: string; positives: number; negatives: number }[] }> {
    const [row] = await tx.query<{
      texts: number;
      labels: { label: string; positives: number; negatives: number }[];
    }>(
      sql`WITH latest AS (
         SELECT scores FROM suggested_score WHERE site_id = $1 ORDER BY created_at DESC LIMIT $2),
       counted AS (
         SELECT s.key AS label, count(*) FILTER (WHERE (s.value->>'value')::float8 >= 0.5)::int AS positives,
           count(*) FILTER (WHERE (s.value->>'value')::float8 < 0.5)::int AS negatives
         FROM latest, jsonb_each(latest.scores) s GROUP BY s.key)
       SELECT (SELECT count(*)::int FROM latest) AS texts, coalesce((SELECT json_agg(counted) FROM counted), '[]') AS labels`,
      [ctx.siteId, max],
    );
    return row;
  }

  addShadowScores(
    tx: Tx,
    ctx: SiteContext,
    shadow: {
      siteModelId: SiteModelId;
      revisionId: RevisionId;
      holds: boolean;
      held: boolean;
    },
  ): void {
    tx.write(
      'shadow-score-save',
      sql`INSERT INTO site_model_shadow_score (site_id, site_model_id, revision_id, holds, held)
       SELECT $1, m.id, $3, $4, $5 FROM site_model m WHERE m.site_id = $1 AND m.id = $2
       ON CONFLICT (site_id, site_model_id, revision_id) DO NOTHING`,
      [ctx.siteId, shadow.siteModelId, shadow.revisionId, shadow.holds, shadow.held],
    );
  }

  /**
   * Across all sites.
   * @param minDecisions new decisions that a site needs; ignored if a site model in use was trained against another
   *   version of the shipped model
   */
  async sitesToTrain(
    tx: Tx,
    before: Date,
    minDecisions: number,
    modelVersion: string,
    max: number,
  ): Promise<SiteId[]> {
    const rows = await tx.query<{ siteId: SiteId }>(
      sql`SELECT site_id AS "siteId" FROM sites_to_train($1, $2, $3, $4)`,
      [before, minDecisions, modelVersion, max],
    );
    return rows.map(({ siteId }) => siteId);
  }
}
