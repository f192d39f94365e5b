import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/database.js';
import type { RevisionId, SiteId } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { activeThresholds, type Policy } from '../../sites/policy.js';
import { MODEL_LABELS } from '../model/labels.js';
import { scoreByModel } from '../model/shipped-model.js';
import type { Label, ScoreMap } from '../scores.js';
import { SiteModelRepository, type SiteModelId } from './site-model.repository.js';
import { SiteModels } from './site-models.js';

/** What a site model in shadow mode would have done with a comment. */
export interface ShadowScores {
  readonly siteModelId: SiteModelId;
  readonly holds: boolean;
  readonly held: boolean;
}

const SCORED_LABELS: readonly Label[] = [...MODEL_LABELS, 'severeToxicity'];

/** Lets the site model in shadow mode score new comments, so that a site can see its effect before activating it. */
@Injectable()
export class SiteModelShadow {
  constructor(
    private readonly siteModels: SiteModels,
    private readonly models: SiteModelRepository,
  ) {}

  /**
   * @param usedScores the scores in effect
   * @returns null if no site model is in shadow mode or it fails
   */
  async scoresFor(
    siteId: SiteId,
    body: string,
    usedScores: ScoreMap,
    policy: Policy,
  ): Promise<ShadowScores | null> {
    const found = await this.siteModels.shadow(siteId, body, () => scoreByModel(body));
    if (!found) return null;
    return {
      siteModelId: found.id,
      holds: reaches(found.scores, policy),
      held: reaches(usedScores, policy),
    };
  }

  save(tx: Tx, ctx: SiteContext, revisionId: RevisionId, shadow: ShadowScores): void {
    this.models.addShadowScores(tx, ctx, { ...shadow, revisionId });
  }
}

/** Whether a label that decisions use reaches the site's hold threshold. */
function reaches(scores: ScoreMap, policy: Policy): boolean {
  const thresholds = activeThresholds(policy);
  return SCORED_LABELS.some((label) => {
    const threshold = thresholds[label];
    return threshold !== undefined && (scores[label]?.value ?? 0) >= threshold.hold;
  });
}
