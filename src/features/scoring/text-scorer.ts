import { Injectable } from '@nestjs/common';
import type { SiteId } from '../../platform/ids.js';
import { scoreByModel } from './model/shipped-model.js';
import { CustomModel } from './custom-model/custom-model.js';
import type { ScoreMap } from './scores.js';
import { SiteModels } from './site-model/site-models.js';

/** What the shipped model reads. */
const SHIPPED_LANGUAGE = 'en';

/** The one door to whatever judges a text by itself: the phases and the analyzer for outside clients use the same. */
@Injectable()
export class TextScorer {
  constructor(
    private readonly siteModels: SiteModels,
    private readonly customModel: CustomModel,
  ) {}

  /**
   * @param text any text; spans are UTF-16 units into it
   * @param siteId whose line it is judged by, as far as it has learned one; null: nobody's
   * @returns every label that a text model judges (see `sites/labels.ts`)
   * @throws when the shipped model cannot be asked
   */
  async score(text: string, siteId: SiteId | null): Promise<ScoreMap> {
    return (await this.read(text, siteId)).scores;
  }

  /** As `score`, with the languages (ISO 639-1) that the models which answered read. */
  async read(
    text: string,
    siteId: SiteId | null,
  ): Promise<{ scores: ScoreMap; languages: readonly string[] }> {
    const shipped = scoreByModel(text);
    const judged = siteId === null ? shipped : await this.siteModels.score(siteId, text, shipped);
    const { scores, languages } = await this.customModel.combine(text, judged);
    return { scores, languages: [SHIPPED_LANGUAGE, ...languages] };
  }

  /** Languages that a model of this installation reads. */
  get languages(): readonly string[] {
    return [SHIPPED_LANGUAGE, ...this.customModel.languages];
  }

  /**
   * @param language one of `languages`
   * @returns only what a model reads in that language; null if that model did not answer
   */
  async scoreIn(language: string, text: string, siteId: SiteId | null): Promise<ScoreMap | null> {
    return language === SHIPPED_LANGUAGE ? this.score(text, siteId) : this.customModel.scoreAlone(text);
  }
}
