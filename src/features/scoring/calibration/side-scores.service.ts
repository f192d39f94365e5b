import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Problem } from '../../../platform/http/problem.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import type { ScorerState } from '../external/external-scorer.repository.js';
import { ExternalScorersService, usesOf } from '../external/external-scorers.service.js';
import { ExternalScoringService } from '../external/external-scoring.service.js';
import { detectLanguage, unreadLanguage } from '../language/detect-language.js';
import { scoreByModel } from '../model/shipped-model.js';
import { CustomModel } from '../custom-model/custom-model.js';
import type { LabelUses } from '../external/external-scorer.js';
import { isNewReader } from '../phases/index.js';
import type { ScoreMap } from '../scores.js';
import { SiteModels } from '../site-model/site-models.js';
import { TextScorer } from '../text-scorer.js';
import type { CalibrateCommentPayload } from './calibrate-comment.job.js';
import { CalibrationRepository, type SideReading, type TextToCompare } from './calibration.repository.js';
import { externalKeyOf, COMPARED_LABELS, type ComparedLabel, type ScorerRef } from './scorer-ref.js';

const SHIPPED_LANGUAGE = 'en';
const DAY_MS = 24 * 60 * 60 * 1000;

const absent = (why: string): SideReading => ({ scores: null, absent: why });
const UNREAD = absent('language');

/**
 * Treats scores that lack one of the compared labels as absent, because both scorers must be compared on the same
 * comments.
 */
export const completeOrAbsent = (reading: SideReading, labels: readonly ComparedLabel[]): SideReading =>
  reading.scores && labels.some((label) => reading.scores[label] === undefined)
    ? absent('no-score')
    : reading;

/** The comment is still pending, so its external scorer has not been called yet. */
export class NotDecidedYetError extends Error {
  override readonly name = 'NotDecidedYetError';
}

/** Asks one of the two scorers about a comment without any effect on the comment. */
@Injectable()
export class SideScoresService {
  constructor(
    private readonly database: Database,
    private readonly repository: CalibrationRepository,
    private readonly texts: TextScorer,
    private readonly siteModels: SiteModels,
    private readonly customModel: CustomModel,
    private readonly scorers: ExternalScorersService,
    private readonly external: ExternalScoringService,
    private readonly clock: Clock,
  ) {}

  /** @throws NotDecidedYetError */
  async of(
    ctx: SiteContext,
    ref: ScorerRef,
    payload: CalibrateCommentPayload,
    text: TextToCompare,
  ): Promise<SideReading> {
    const key = externalKeyOf(ref);
    if (key !== null) return this.ofExternal(ctx, key, payload, text);
    const { body } = text;
    const isUnread = (languages: readonly string[]): boolean =>
      unreadLanguage(body, detectLanguage(body), languages) !== null;
    switch (ref) {
      case 'local': {
        const { scores, languages } = await this.texts.read(body, ctx.siteId);
        return isUnread(languages) ? UNREAD : readingOf(scores);
      }
      case 'custom-model': {
        if (isUnread([SHIPPED_LANGUAGE, ...this.customModel.languages])) return UNREAD;
        const scores = await this.customModel.scoreAlone(body);
        return scores ? readingOf(scores) : absent('away');
      }
      case 'site-model': {
        if (isUnread([SHIPPED_LANGUAGE])) return UNREAD;
        const scores = await this.siteModels.latestScores(ctx.siteId, body, () => scoreByModel(body));
        return scores ? readingOf(scores) : absent('away');
      }
      default:
        return isUnread([SHIPPED_LANGUAGE]) ? UNREAD : readingOf(scoreByModel(body));
    }
  }

  private async ofExternal(
    ctx: SiteContext,
    key: string,
    payload: CalibrateCommentPayload,
    { revisionId, body, publishedCount, since, isPending }: TextToCompare,
  ): Promise<SideReading> {
    const scorer = await this.find(ctx, key);
    if (!scorer) return absent('gone');
    const labels = usesOf(scorer);
    // An enabled scorer has already been called for the decision. Reuse its result: its circuit breaker and budget belong
    // to decisions.
    if (scorer.enabled) {
      const decided = await this.database.inSite(ctx, (tx) =>
        this.repository.decidedBy(tx, ctx.siteId, revisionId, key),
      );
      if (decided)
        return decided.outcome === 'scored' ? read(labels, decided.values) : absent(decided.outcome);
      if (isPending)
        throw new NotDecidedYetError(`comment ${payload.commentId} is still waiting for its scores`);
      return absent('not-asked');
    }
    const facts = { publishedCount, tenureDays: (this.clock.nowMs() - since.getTime()) / DAY_MS };
    const { outcome, scores } = await this.external.askForCalibration(
      ctx,
      key,
      { commentId: payload.commentId, revisionId, revision: payload.revision },
      { body, language: detectLanguage(body), reader: { ...facts, isNew: isNewReader(facts) } },
    );
    if (outcome !== 'scored' || !scores) return absent(outcome);
    return read(labels, Object.fromEntries(Object.entries(scores).map(([name, { value }]) => [name, value])));
  }

  private async find(ctx: SiteContext, key: string): Promise<ScorerState | null> {
    try {
      return await this.scorers.read(ctx, key);
    } catch (error) {
      if (error instanceof Problem && error.status === 404) return null;
      throw error;
    }
  }
}

function readingOf(scores: ScoreMap): SideReading {
  const values = COMPARED_LABELS.flatMap((label) => {
    const score = scores[label];
    return score ? [[label, score.value] as const] : [];
  });
  return values.length === 0 ? UNREAD : { scores: Object.fromEntries(values), absent: null };
}

/** Maps scores by a scorer's own labels to the labels of ours that they count as. */
function read(labels: LabelUses, values: Readonly<Record<string, number>>): SideReading {
  const ours: Partial<Record<ComparedLabel, number>> = {};
  for (const [name, value] of Object.entries(values)) {
    const uses = Object.hasOwn(labels, name) ? (labels[name].as ?? []) : [];
    for (const label of COMPARED_LABELS)
      if (uses.includes(label)) ours[label] = Math.max(ours[label] ?? 0, value);
  }
  return Object.keys(ours).length === 0 ? absent('no-score') : { scores: ours, absent: null };
}
