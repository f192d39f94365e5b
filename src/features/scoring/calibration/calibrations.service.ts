import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import { Cursors } from '../../../platform/http/cursor.js';
import { conflict, invalid, notFound } from '../../../platform/http/problem.js';
import { isUuid, newId } from '../../../platform/ids.js';
import { Ticker } from '../../../platform/jobs/ticker.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { PolicyService } from '../../sites/policy.service.js';
import type { SiteFacts } from '../../sites/site-facts.js';
import { comparedUsesOf, ExternalScorersService } from '../external/external-scorers.service.js';
import { hiddenWords } from '../hidden-words.js';
import { SiteModels } from '../site-model/site-models.js';
import { CustomModel } from '../custom-model/custom-model.js';
import type { CalibrationId } from './calibrate-comment.job.js';
import { CalibrationRepository, type CalibrationRow, type Thresholds } from './calibration.repository.js';
import type {
  ScorerCalibration,
  CalibrationDifferencePage,
  CalibrationLabel,
  ScorerCalibrationPage,
  CalibrationScorer,
  ScorerCalibrationSummary,
  DifferencesQuery,
  NewCalibration,
} from './calibrations.dto.js';
import { fitThreshold } from './fit-threshold.js';
import {
  externalRef,
  COMPARED_LABELS,
  LOCAL_NAMES,
  LOCAL_SCORERS,
  type ComparedLabel,
  type ScorerRef,
} from './scorer-ref.js';

const DEFAULT_COMMENTS = 2_000;
const DEFAULT_DAYS = 14;
const DAY_MS = 24 * 60 * 60 * 1000;
const RETENTION_DAYS = 90;
const DIFFERENCES = 'calibration-differences';
const ABSENT_MODELS: Readonly<Record<string, string | undefined>> = {
  'site-model': 'This site has no model of its own yet: one is trained from moderators’ decisions.',
  'custom-model': 'No custom model is configured: the operator must set MODEL_DIR.',
};
const missing = () => notFound('This calibration');

/**
 * Starts, reads and stops the comparison of two scorers, and adopts its thresholds as a new version of the policy.
 */
@Injectable()
export class CalibrationsService implements OnModuleInit {
  private readonly logger = new Logger('calibration');

  constructor(
    private readonly database: Database,
    private readonly repository: CalibrationRepository,
    private readonly scorers: ExternalScorersService,
    private readonly customModel: CustomModel,
    private readonly siteModels: SiteModels,
    private readonly policies: PolicyService,
    private readonly cursors: Cursors,
    private readonly clock: Clock,
    private readonly ticker: Ticker,
  ) {}

  onModuleInit(): void {
    this.ticker.every('calibrations-retention', DAY_MS, () =>
      this.database.inSystem((tx) =>
        this.repository.purge(tx, new Date(this.clock.nowMs() - RETENTION_DAYS * DAY_MS)),
      ),
    );
  }

  /** The latest calibrations, newest first, with the scorers that can be compared. */
  async list(ctx: SiteContext): Promise<ScorerCalibrationPage> {
    const rows = await this.database.inSite(ctx, (tx) => this.repository.list(tx, ctx, this.clock.now()));
    return { items: rows.map(summaryOf), next: null, scorers: await this.listComparableScorers(ctx) };
  }

  /**
   * @throws Problem 400 if a scorer does not exist, both are the same, or one of them does not score a label; 409
   *   `calibration-running`
   */
  async start(ctx: SiteContext, site: SiteFacts, draft: NewCalibration): Promise<ScorerCalibration> {
    const comparableScorers = await this.listComparableScorers(ctx);
    const find = (side: 'from' | 'to'): CalibrationScorer => {
      const found = comparableScorers.find(({ id }) => id === draft[side]);
      if (found) return found;
      const message = ABSENT_MODELS[draft[side]] ?? `This site has no scorer ${draft[side]}.`;
      throw invalid([{ pointer: `/${side}`, code: 'unknown-scorer', message }]);
    };
    const [from, to] = [find('from'), find('to')];
    if (from.id === to.id)
      throw invalid([{ pointer: '/to', code: 'same-scorer', message: 'Choose two different scorers.' }]);
    const thresholds = thresholdsOf(draft, site, from, to);
    const now = this.clock.now();
    const id = newId<'calibration'>() as CalibrationId;
    const isStarted = await this.database.inSite(ctx, (tx) =>
      this.repository.start(tx, ctx, {
        id,
        fromScorer: from.id as ScorerRef,
        fromName: from.name,
        toScorer: to.id as ScorerRef,
        toName: to.name,
        thresholds,
        maxComments: draft.comments ?? DEFAULT_COMMENTS,
        startedAt: now,
        endsAt: new Date(now.getTime() + (draft.days ?? DEFAULT_DAYS) * DAY_MS),
      }),
    );
    if (!isStarted)
      throw conflict(
        'calibration-running',
        'Two scorers are already being compared; stop that comparison first.',
      );
    this.logger.log({ event: 'calibration.started', siteId: ctx.siteId, calibration: id });
    return this.read(ctx, id);
  }

  /** @throws Problem 404 */
  read(ctx: SiteContext, id: string): Promise<ScorerCalibration> {
    return this.database.inSite(ctx, async (tx) => {
      const row = await this.find(tx, ctx, id);
      return {
        ...summaryOf(row),
        labels: await this.labelsOf(tx, ctx, row),
        absences: await this.repository.absences(tx, ctx, row.id),
      };
    });
  }

  /**
   * A calibration that has ended does not change.
   * @throws Problem 404
   */
  async stop(ctx: SiteContext, id: string): Promise<ScorerCalibration> {
    await this.database.inSite(ctx, async (tx) => {
      await this.find(tx, ctx, id);
      await this.repository.stop(tx, ctx, id, this.clock.now());
    });
    return this.read(ctx, id);
  }

  /**
   * Comments that the two scorers would treat differently, by one label.
   * @throws Problem 404, 400 for a label that is not compared
   */
  differences(
    ctx: SiteContext,
    id: string,
    { label, cursor, limit }: DifferencesQuery,
  ): Promise<CalibrationDifferencePage> {
    return this.database.inSite(ctx, async (tx) => {
      const row = await this.find(tx, ctx, id);
      const [fit] = await this.labelsOf(tx, ctx, row, [label]);
      if (!fit)
        throw invalid([
          {
            pointer: '/query/label',
            code: 'not-compared',
            message: `This comparison does not cover the label ${label}.`,
          },
        ]);
      const scope = `${DIFFERENCES} ${row.id} ${label}`;
      const [before] = this.cursors.read(scope, cursor) ?? [null];
      // Without a threshold the second scorer holds nothing.
      const heldTo = fit.threshold ?? Infinity;
      const rows = await this.repository.differences(
        tx,
        ctx,
        row.id,
        { label, heldFrom: fit.heldFrom, heldTo },
        before as string | null,
        limit + 1,
      );
      return this.cursors.page(
        rows,
        limit,
        scope,
        ({ commentId }) => [commentId],
        ({ createdAt, ...rest }) => ({
          ...rest,
          hidden: hiddenWords(rest.body),
          createdAt: createdAt.toISOString(),
          fromHolds: rest.from >= fit.heldFrom,
          toHolds: rest.to >= heldTo,
        }),
      );
    });
  }

  /**
   * Writes the thresholds that were found to the policy; uncertain ones only if `labels` names them. A reject
   * threshold below the new hold threshold is removed, so such comments are held.
   *
   * @throws Problem 404; 409 `nothing-to-adopt`, `policy-moved-on`
   */
  async adopt(
    ctx: SiteContext,
    site: SiteFacts,
    id: string,
    labels: readonly ComparedLabel[] | undefined,
  ): Promise<ScorerCalibration> {
    const { row, found } = await this.database.inSite(ctx, async (tx) => {
      const row = await this.find(tx, ctx, id);
      return { row, found: await this.labelsOf(tx, ctx, row, labels) };
    });
    const adoptedThresholds = found.flatMap(({ label, threshold, isUncertain }) =>
      threshold === null || (isUncertain && !labels) ? [] : [[label as ComparedLabel, threshold] as const],
    );
    if (adoptedThresholds.length === 0)
      throw conflict(
        'nothing-to-adopt',
        found.some(({ threshold }) => threshold !== null)
          ? 'Every threshold is uncertain because too few comments were compared or held. To adopt thresholds anyway, name their labels.'
          : 'No threshold was found yet because the first scorer has not held any comment.',
      );
    const current = site.policy.moderation.thresholds;
    const thresholds = Object.fromEntries(
      adoptedThresholds.map(([label, hold]) => {
        const { reject } = current[label];
        return [label, { hold, ...(reject !== null && reject < hold ? { reject: null } : {}) }];
      }),
    );
    await this.policies.change(
      ctx,
      { moderation: { thresholds } },
      {
        note: `Thresholds for ${row.toName}, calibrated against ${row.fromName}`.slice(0, 200),
        expect: site.policyVersion,
      },
    );
    await this.database.inSite(ctx, (tx) =>
      this.repository.markAdopted(tx, ctx, id, site.policyVersion + 1, this.clock.now()),
    );
    return this.read(ctx, id);
  }

  private async find(tx: Tx, ctx: SiteContext, id: string): Promise<CalibrationRow> {
    const row = isUuid(id) ? await this.repository.find(tx, ctx, id, this.clock.now()) : null;
    if (!row) throw missing();
    return row;
  }

  private async labelsOf(
    tx: Tx,
    ctx: SiteContext,
    { id, thresholds }: CalibrationRow,
    only: readonly ComparedLabel[] = COMPARED_LABELS,
  ): Promise<CalibrationLabel[]> {
    const labels = COMPARED_LABELS.filter((label) => thresholds[label] !== undefined && only.includes(label));
    const pairs = await this.repository.pairs(tx, ctx, id, labels);
    return labels.map((label) => {
      const heldFrom = thresholds[label]!;
      const { texts, ...fit } = fitThreshold(pairs.get(label) ?? [], heldFrom);
      return { label, heldFrom, comments: texts, ...fit };
    });
  }

  private async listComparableScorers(ctx: SiteContext): Promise<CalibrationScorer[]> {
    const hasSiteModel = await this.siteModels.hasUsableModel(ctx.siteId);
    const local = LOCAL_SCORERS.filter(
      (ref) => (ref !== 'custom-model' || this.customModel.isSet) && (ref !== 'site-model' || hasSiteModel),
    );
    const labelsOf = (ref: (typeof LOCAL_SCORERS)[number]): ComparedLabel[] => {
      const customLabels = ref === 'custom-model' ? this.customModel.labels : null;
      return COMPARED_LABELS.filter((label) => customLabels?.includes(label) ?? true);
    };
    const external = await this.scorers.list(ctx);
    return [
      ...local.map((ref) => ({ id: ref, name: LOCAL_NAMES[ref], labels: labelsOf(ref) })),
      ...external.map((scorer) => {
        const uses = Object.values(comparedUsesOf(scorer)).flatMap(({ as = [] }) => as);
        return {
          id: externalRef(scorer.key),
          name: scorer.name,
          labels: COMPARED_LABELS.filter((label) => uses.includes(label)),
        };
      }),
    ];
  }
}

/** @throws Problem 400 */
function thresholdsOf(
  { thresholds }: NewCalibration,
  { policy }: SiteFacts,
  from: CalibrationScorer,
  to: CalibrationScorer,
): Thresholds {
  const isScoredByBoth = (label: ComparedLabel): boolean =>
    from.labels.includes(label) && to.labels.includes(label);
  if (thresholds) {
    const faults = (Object.keys(thresholds) as ComparedLabel[])
      .filter((label) => !isScoredByBoth(label))
      .map((label) => {
        const { name } = from.labels.includes(label) ? to : from;
        return {
          pointer: `/thresholds/${label}`,
          code: 'not-scored',
          message: `${name} does not score ${label}.`,
        };
      });
    if (faults.length > 0) throw invalid(faults);
    return thresholds;
  }
  const holdThresholds = COMPARED_LABELS.flatMap((label) => {
    const { hold } = policy.moderation.thresholds[label];
    return hold !== null && isScoredByBoth(label) ? [[label, hold] as const] : [];
  });
  if (holdThresholds.length > 0) return Object.fromEntries(holdThresholds);
  throw invalid([
    {
      pointer: '/thresholds',
      code: 'required',
      message:
        'The policy has no hold threshold for a label that both scorers give. Send the scores from which the first scorer holds comments.',
    },
  ]);
}

const summaryOf = (row: CalibrationRow): ScorerCalibrationSummary => {
  const labels = Object.keys(row.thresholds);
  return {
    id: row.id,
    from: { id: row.fromScorer, name: row.fromName, labels },
    to: { id: row.toScorer, name: row.toName, labels },
    state: row.endedAt === null ? 'running' : 'ended',
    comments: row.comments,
    maxComments: row.maxComments,
    fromAbsent: row.fromAbsent,
    toAbsent: row.toAbsent,
    startedAt: row.startedAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    adoptedVersion: row.adoptedVersion,
    adoptedAt: row.adoptedAt?.toISOString() ?? null,
  };
};
