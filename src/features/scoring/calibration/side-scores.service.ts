import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Problem } from '../../../platform/http/problem.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import type { ScorerState } from '../external/external-scorer.repository.js';
import { comparedUsesOf, ExternalScorersService } from '../external/external-scorers.service.js';
import { ExternalScoringService } from '../external/external-scoring.service.js';
import { bandOf } from '../external/second-opinion.js';
import { detectLanguage, unreadLanguage } from '../language/detect-language.js';
import { CustomModel } from '../custom-model/custom-model.js';
import type { LabelUses } from '../external/external-scorer.js';
import { isNewReader } from '../phases/index.js';
import { addRefusal } from '../refusal.js';
import { mergeScores, type ScoreMap } from '../scores.js';
import { TextScorer } from '../text-scorer.js';
import type { CalibrateCommentPayload } from './calibrate-comment.job.js';
import {
  CalibrationRepository,
  type SideScoresResult,
  type TextToCompare,
} from './calibration.repository.js';
import { externalKeyOf, COMPARED_LABELS, type ComparedLabel, type ScorerRef } from './scorer-ref.js';

const SHIPPED_LANGUAGE = 'en';
const DAY_MS = 24 * 60 * 60 * 1000;

const withoutScores = (why: string): SideScoresResult => ({ scores: null, absent: why });
const UNSUPPORTED_LANGUAGE = withoutScores('language');

/**
 * Treats scores that lack one of the compared labels as absent, because both scorers must be compared on the same
 * comments.
 */
export const completeOrAbsent = (
  result: SideScoresResult,
  labels: readonly ComparedLabel[],
): SideScoresResult =>
  result.scores && labels.some((label) => result.scores[label] === undefined)
    ? withoutScores('no-score')
    : result;

/** The comment is still pending, so its external scorer has not been called yet. */
export class NotDecidedYetError extends Error {
  override readonly name = 'NotDecidedYetError';
}

/** Gets the scores of one of the two compared scorers for a comment, without any effect on the comment. */
@Injectable()
export class SideScoresService {
  constructor(
    private readonly database: Database,
    private readonly repository: CalibrationRepository,
    private readonly texts: TextScorer,
    private readonly customModel: CustomModel,
    private readonly scorers: ExternalScorersService,
    private readonly external: ExternalScoringService,
    private readonly clock: Clock,
  ) {}

  /** @throws NotDecidedYetError */
  async scoresOf(
    ctx: SiteContext,
    ref: ScorerRef,
    payload: CalibrateCommentPayload,
    text: TextToCompare,
  ): Promise<SideScoresResult> {
    const key = externalKeyOf(ref);
    if (key !== null) return this.scoreExternally(ctx, key, payload, text);
    const { body } = text;
    const isUnsupported = (languages: readonly string[]): boolean =>
      unreadLanguage(body, detectLanguage(body), languages) !== null;
    switch (ref) {
      case 'local': {
        const { scores, languages } = await this.texts.scoreWithLanguages(body, ctx.siteId);
        return isUnsupported(languages) ? UNSUPPORTED_LANGUAGE : comparedScoresOf(scores);
      }
      case 'custom-model': {
        if (isUnsupported([SHIPPED_LANGUAGE, ...this.customModel.languages])) return UNSUPPORTED_LANGUAGE;
        const scores = await this.customModel.scoreAlone(body);
        return scores ? comparedScoresOf(addRefusal(scores)) : withoutScores('unavailable');
      }
      case 'site-model': {
        if (isUnsupported([SHIPPED_LANGUAGE])) return UNSUPPORTED_LANGUAGE;
        const scores = await this.texts.siteModelScores(ctx.siteId, body);
        return scores ? comparedScoresOf(scores) : withoutScores('unavailable');
      }
      default:
        return isUnsupported([SHIPPED_LANGUAGE])
          ? UNSUPPORTED_LANGUAGE
          : comparedScoresOf(await this.texts.scoreByShippedModels(body));
    }
  }

  private async scoreExternally(
    ctx: SiteContext,
    key: string,
    payload: CalibrateCommentPayload,
    { revisionId, body, publishedCount, since, isPending }: TextToCompare,
  ): Promise<SideScoresResult> {
    const scorer = await this.find(ctx, key);
    if (!scorer) return withoutScores('gone');
    const labels = comparedUsesOf(scorer);
    // An enabled scorer has already been called for the decision. Reuse its result: its circuit breaker and budget belong
    // to decisions.
    if (scorer.enabled) {
      const decisionScores = await this.database.inSite(ctx, (tx) =>
        this.repository.findDecisionScores(tx, ctx.siteId, revisionId, key),
      );
      if (decisionScores)
        return decisionScores.outcome === 'scored'
          ? readExternalScores(labels, decisionScores.values)
          : withoutScores(decisionScores.outcome);
      if (isPending)
        throw new NotDecidedYetError(`comment ${payload.commentId} is still waiting for its scores`);
      // A scorer with a band decides only uncertain comments, but it is compared on all of them.
      if (!bandOf(scorer)) return withoutScores('not-called');
    }
    const facts = { publishedCount, tenureDays: (this.clock.nowMs() - since.getTime()) / DAY_MS };
    const { outcome, scores } = await this.external.askForCalibration(
      ctx,
      key,
      { commentId: payload.commentId, revisionId, revision: payload.revision },
      { body, language: detectLanguage(body), reader: { ...facts, isNew: isNewReader(facts) } },
    );
    if (outcome !== 'scored' || !scores) return withoutScores(outcome);
    return readExternalScores(
      labels,
      Object.fromEntries(Object.entries(scores).map(([name, { value }]) => [name, value])),
    );
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

function comparedScoresOf(scores: ScoreMap): SideScoresResult {
  const values = COMPARED_LABELS.flatMap((label) => {
    const score = scores[label];
    return score ? [[label, score.value] as const] : [];
  });
  return values.length === 0 ? UNSUPPORTED_LANGUAGE : { scores: Object.fromEntries(values), absent: null };
}

/** Maps a scorer's own labels to the built-in labels that they count as. */
function readExternalScores(labels: LabelUses, values: Readonly<Record<string, number>>): SideScoresResult {
  const maps = Object.entries(values).flatMap(([name, value]): ScoreMap[] => {
    const uses = Object.hasOwn(labels, name) ? (labels[name].as ?? []) : [];
    return uses.map((label) => ({ [label]: { value, spans: [] } }));
  });
  const result = comparedScoresOf(mergeScores(...maps));
  return result.scores ? result : withoutScores('no-score');
}
