import { Injectable } from '@nestjs/common';
import type { SiteId } from '../../platform/ids.js';
import { scoreByModel } from './model/shipped-model.js';
import { CustomModel } from './custom-model/custom-model.js';
import type { ScoreMap } from './scores.js';
import { SiteModels } from './site-model/site-models.js';

/** The language of the shipped model. */
const SHIPPED_LANGUAGE = 'en';

/** The single entry point to all models that score a text alone, for the phases and for the analyzer API. */
@Injectable()
export class TextScorer {
  constructor(
    private readonly siteModels: SiteModels,
    private readonly customModel: CustomModel,
  ) {}

  /**
   * @param text any text; spans are UTF-16 units into it
   * @param siteId the site whose own model applies, if it has one; null: no site's
   * @returns every label that a text model scores (see `sites/labels.ts`)
   * @throws if the shipped model is not available
   */
  async score(text: string, siteId: SiteId | null): Promise<ScoreMap> {
    return (await this.read(text, siteId)).scores;
  }

  /** Like `score`, with the languages (ISO 639-1) of the models that responded. */
  async read(
    text: string,
    siteId: SiteId | null,
  ): Promise<{ scores: ScoreMap; languages: readonly string[] }> {
    const shipped = scoreByModel(text);
    const judged = siteId === null ? shipped : await this.siteModels.score(siteId, text, shipped);
    const { scores, languages } = await this.customModel.combine(text, judged);
    return { scores, languages: [SHIPPED_LANGUAGE, ...languages] };
  }

  /** Languages that the models of this installation support. */
  get languages(): readonly string[] {
    return [SHIPPED_LANGUAGE, ...this.customModel.languages];
  }

  /**
   * @param language one of `languages`
   * @returns only the labels of a model for that language; null if the model did not respond
   */
  async scoreIn(language: string, text: string, siteId: SiteId | null): Promise<ScoreMap | null> {
    return language === SHIPPED_LANGUAGE ? this.score(text, siteId) : this.customModel.scoreAlone(text);
  }
}
