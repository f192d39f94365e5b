import { Injectable } from '@nestjs/common';
import type { SiteId } from '../../platform/ids.js';
import { CustomModel } from './custom-model/custom-model.js';
import { TextEncoderService } from './encoder/text-encoder.service.js';
import { scoreByModel } from './model/shipped-model.js';
import type { Detection } from './language/detect-language.js';
import { isAssumedEnglish, scoreByLanguageModel, UNREAD_SCORES } from './language-models/language-model.js';
import { addRefusal, withRefusal, type TextScores } from './refusal.js';
import { mergeScores, type ScoreMap } from './scores.js';
import { SiteModels, type SiteModelInput, type SiteModelScores } from './site-model/site-models.js';

/** The language of the shipped model. */
const SHIPPED_LANGUAGE = 'en';

/** The single entry point to all models that score a text alone, for the phases and for the analyzer API. */
@Injectable()
export class TextScorer {
  constructor(
    private readonly siteModels: SiteModels,
    private readonly customModel: CustomModel,
    private readonly encoder: TextEncoderService,
  ) {}

  /**
   * @param text any text; spans are UTF-16 units into it
   * @param siteId the site whose own model applies, if it has one; null: no site's
   * @returns every label that a text model scores (see `sites/labels.ts`)
   * @throws if the shipped model is not available
   */
  async score(text: string, siteId: SiteId | null): Promise<ScoreMap> {
    return (await this.scoreWithLanguages(text, siteId)).scores;
  }

  /** Like `score`, with the languages of the models that responded. */
  async scoreWithLanguages(text: string, siteId: SiteId | null): Promise<TextScores> {
    const { scores, languages } = await this.scoreWithoutSiteModel(text);
    if (siteId === null) return { scores, languages };
    const embedding = await this.encoder.embed(text);
    return { scores: await this.siteModels.score(siteId, text, { scores, embedding }), languages };
  }

  /** The scores of the site's model in shadow mode; null if there is none or it fails. */
  shadow(siteId: SiteId, text: string): Promise<SiteModelScores | null> {
    return this.siteModels.shadow(siteId, text, () => this.siteModelInput(text));
  }

  /** The scores of the site's active model, otherwise of the one in shadow mode; null if there is neither. */
  siteModelScores(siteId: SiteId, text: string): Promise<ScoreMap | null> {
    return this.siteModels.latestScores(siteId, text, () => this.siteModelInput(text));
  }

  /**
   * The input of a site model: the scores without it, and the embedding.
   *
   * @param embedding of the text, if it is known
   */
  async siteModelInput(text: string, embedding?: Float32Array): Promise<SiteModelInput> {
    const encoded = embedding ?? (await this.encoder.embed(text));
    return { scores: (await this.scoreWithoutSiteModel(text, encoded)).scores, embedding: encoded };
  }

  /** The scores of the shipped models alone. */
  async scoreByShippedModels(text: string): Promise<ScoreMap> {
    const read = async (variant: string): Promise<TextScores> => ({
      scores: await this.shippedLabels(variant),
      languages: [SHIPPED_LANGUAGE],
    });
    return (await withRefusal(text, read)).scores;
  }

  /** The scores of the shipped models and the custom one. @param embedding of the text, if it is known */
  private scoreWithoutSiteModel(text: string, embedding?: Float32Array | null): Promise<TextScores> {
    return withRefusal(text, async (variant) => {
      const shipped = await this.shippedLabels(variant, variant === text ? embedding : undefined);
      const { scores, languages } = await this.customModel.combine(variant, shipped);
      return { scores, languages: [SHIPPED_LANGUAGE, ...languages] };
    });
  }

  /** All labels except `refusal`. */
  private async shippedLabels(text: string, knownEmbedding?: Float32Array | null): Promise<ScoreMap> {
    const embedding = knownEmbedding === undefined ? await this.encoder.embed(text) : knownEmbedding;
    return scoreByModel(text, (scores) => this.encoder.head.blend(scores, embedding));
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
    if (isAssumedEnglish(language)) return this.scoreWithLanguages(text, siteId);
    const found: ScoreMap[] = [UNREAD_SCORES];
    const languages = new Set<string>();
    if (hasEnglish) {
      const read = await this.scoreWithLanguages(text, siteId);
      found.push(read.scores);
      read.languages.forEach((each) => languages.add(each));
    } else if (this.customModel.languages.includes(language)) {
      const scores = await this.customModel.scoreAlone(text);
      if (scores !== null) {
        found.push(addRefusal(scores));
        this.customModel.languages.forEach((each) => languages.add(each));
      }
    }
    if (useLanguageModel && !languages.has(language))
      found.push(useLanguageModel(addRefusal(scoreByLanguageModel(language, text))));
    return { scores: mergeScores(...found), languages: [...languages] };
  }

  /**
   * The sentence encoder's vector of a text. It only reads English, texts whose language is unknown, and texts that
   * are partly English.
   *
   * @returns null if it cannot read the text or does not respond
   */
  embed({ language, hasEnglish }: Detection, text: string): Promise<Float32Array | null> {
    return isAssumedEnglish(language) || hasEnglish ? this.encoder.embed(text) : Promise.resolve(null);
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
