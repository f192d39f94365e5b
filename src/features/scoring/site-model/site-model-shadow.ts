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

/** What a head without a say would have done with one comment. */
export interface ShadowScores {
  readonly siteModelId: SiteModelId;
  readonly scores: Partial<Record<Label, number>>;
  readonly holds: boolean;
  readonly held: boolean;
}

const JUDGED: readonly Label[] = [...MODEL_LABELS, 'severeToxicity'];

/** Lets the head in the shadow score what is new, so that a site can see what it would change before it counts. */
@Injectable()
export class SiteModelShadow {
  constructor(
    private readonly siteModels: SiteModels,
    private readonly models: SiteModelRepository,
  ) {}

  /** @param counted the scores that count; null where no head is in the shadow, or it fails */
  async of(siteId: SiteId, body: string, counted: ScoreMap, policy: Policy): Promise<ShadowScores | null> {
    const found = await this.siteModels.shadow(siteId, body, () => scoreByModel(body));
    if (!found) return null;
    return {
      siteModelId: found.id,
      scores: Object.fromEntries(
        JUDGED.flatMap((label) => {
          const score = found.scores[label];
          return score ? [[label, score.value]] : [];
        }),
      ),
      holds: reaches(found.scores, policy),
      held: reaches(counted, policy),
    };
  }

  save(tx: Tx, ctx: SiteContext, revisionId: RevisionId, shadow: ShadowScores): void {
    this.models.addShadowScores(tx, ctx, { ...shadow, revisionId });
  }
}

/** Whether a label that a text is judged by reaches what the site holds at. */
function reaches(scores: ScoreMap, policy: Policy): boolean {
  const thresholds = activeThresholds(policy);
  return JUDGED.some((label) => {
    const threshold = thresholds[label];
    return threshold !== undefined && (scores[label]?.value ?? 0) >= threshold.hold;
  });
}
