import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/database.js';
import type { RevisionId } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { activeThresholds, type Policy } from '../../sites/policy.js';
import type { Label, ScoreMap } from '../scores.js';
import { SiteModelRepository } from './site-model.repository.js';
import type { SiteModelScores } from './site-models.js';

/**
 * Records what the site model in shadow mode would have done with new comments, so that a site can see its effect before
 * activating it.
 */
@Injectable()
export class SiteModelShadow {
  constructor(private readonly models: SiteModelRepository) {}

  /**
   * @param shadow all scores if the site model were active
   * @param usedScores the scores that the decision used
   */
  save(
    tx: Tx,
    ctx: SiteContext,
    revisionId: RevisionId,
    shadow: SiteModelScores,
    usedScores: ScoreMap,
    policy: Policy,
  ): void {
    this.models.addShadowScores(tx, ctx, {
      siteModelId: shadow.id,
      revisionId,
      holds: reaches(shadow.scores, policy),
      held: reaches(usedScores, policy),
    });
  }
}

/** Whether a label reaches the site's hold threshold. */
function reaches(scores: ScoreMap, policy: Policy): boolean {
  return Object.entries(activeThresholds(policy)).some(
    ([label, { hold }]) => (scores[label as Label]?.value ?? 0) >= hold,
  );
}
