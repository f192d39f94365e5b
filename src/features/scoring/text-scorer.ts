import { Injectable } from '@nestjs/common';
import type { SiteId } from '../../platform/ids.js';
import type { Detection } from './language/detect-language.js';
import { scoreByLanguageModel, UNREAD_SCORES } from './language-models/language-model.js';
import { scoreByModel } from './model/shipped-model.js';
import { CustomModel } from './custom-model/custom-model.js';
import { mergeScores, type ScoreMap } from './scores.js';
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

  /**
   * Scores a text in its own language. The English models only read English, texts whose language is unknown, and
   * texts that are partly English.
   *
   * @param useLanguageModel applied to the scores of the shipped model of another language; null: it is not used
   * @returns 0 for each label that no model scores in the language of the text. `languages` are those whose models
   *   responded and can decide; a shipped model of another language than English cannot
   */
  async scoreInOwnLanguage(
    { language, hasEnglish }: Detection,
    text: string,
    siteId: SiteId | null,
    useLanguageModel: ((scores: ScoreMap) => ScoreMap) | null,
  ): Promise<{ scores: ScoreMap; languages: readonly string[] }> {
    if (language === null || language === 'und' || language === SHIPPED_LANGUAGE)
      return this.read(text, siteId);
    const found: ScoreMap[] = [UNREAD_SCORES];
    const languages = new Set<string>();
    if (hasEnglish) {
      const read = await this.read(text, siteId);
      found.push(read.scores);
      read.languages.forEach((each) => languages.add(each));
    } else if (this.customModel.languages.includes(language)) {
      const scores = await this.customModel.scoreAlone(text);
      if (scores !== null) {
        found.push(scores);
        this.customModel.languages.forEach((each) => languages.add(each));
      }
    }
    if (useLanguageModel && !languages.has(language))
      found.push(useLanguageModel(scoreByLanguageModel(language, text)));
    return { scores: mergeScores(...found), languages: [...languages] };
  }

  /** Languages that the models of this installation can decide about. */
  get languages(): readonly string[] {
    return [SHIPPED_LANGUAGE, ...this.customModel.languages];
  }

  /**
   * @param language one of `languages`, or of the languages that have a shipped model (`LANGUAGE_LEVELS`)
   * @returns only the labels of a model for that language; null if the model did not respond
   */
  async scoreIn(language: string, text: string, siteId: SiteId | null): Promise<ScoreMap | null> {
    if (language === SHIPPED_LANGUAGE) return this.score(text, siteId);
    return this.customModel.languages.includes(language)
      ? this.customModel.scoreAlone(text)
      : scoreByLanguageModel(language, text);
  }
}
