import { applyDecorators } from '@nestjs/common';
import { ValidateBy } from 'class-validator';
import { Json } from '../../platform/http/fields.js';
import { ASSISTED_LANGUAGES, LANGUAGE_LEVELS, LANGUAGE_MODEL_USES } from './language-levels.js';

const MODEL_LANGUAGES = Object.keys(LANGUAGE_LEVELS);
const usesOf = (language: string): readonly string[] =>
  LANGUAGE_MODEL_USES.filter((use) => use !== 'publish' || ASSISTED_LANGUAGES.includes(language));

/** An object with one member per language. */
const byLanguage = (languages: readonly string[], schemaOf: (language: string) => object) => ({
  type: 'object' as const,
  properties: Object.fromEntries(languages.map((language) => [language, schemaOf(language)])),
  additionalProperties: false,
});
const PUBLISH_LIMIT = {
  properties: { toxicity: { type: 'number', minimum: 0, maximum: 1 }, model: { type: 'string' } },
  required: ['toxicity', 'model'],
  additionalProperties: false,
};

export const LANGUAGE_MODELS_SCHEMA = byLanguage(MODEL_LANGUAGES, (language) => ({
  type: 'string',
  enum: usesOf(language),
}));
export const LANGUAGE_MODELS_DESCRIPTION =
  'How the models for languages other than English are used, by language (ISO 639-1). These models never reject a comment. `hold`: the model is not used. `assist`: the model scores comments to order the queue; in Arabic, German and Portuguese its scores can also reach a `hold` threshold, which labels clear abuse. `publish` (only Arabic, German and Portuguese): as `assist`, and comments below the limit in `publishBelow` are published. It is accepted if the decisions of the site’s moderators in that language show that at most 1 % of these comments would be wrong; otherwise 409 `too-few-decisions` or `too-many-wrong`. Default: `assist` for Arabic, French, German, Portuguese and Spanish if `languages` includes the language, else `hold`.';

export const PUBLISH_BELOW_SCHEMA = byLanguage(ASSISTED_LANGUAGES, () => ({
  type: 'object',
  ...PUBLISH_LIMIT,
}));
export const PUBLISH_BELOW_DESCRIPTION =
  'For each language with `publish`: the toxicity below which its comments are published, and the version of the model it was measured with. With another version, the comments are held. The server sets it when `publish` is chosen; it is ignored in requests.';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `{language: use}`; null resets a language. */
export const LanguageModelsField = (): PropertyDecorator =>
  applyDecorators(
    Json(
      byLanguage(MODEL_LANGUAGES, (language) => ({
        type: ['string', 'null'],
        enum: [...usesOf(language), null],
      })),
      { optional: true, nullable: true, description: LANGUAGE_MODELS_DESCRIPTION },
    ),
    ValidateBy({
      name: 'languageModels',
      validator: {
        validate: (value: unknown) =>
          isObject(value) &&
          Object.entries(value).every(
            ([language, use]) =>
              MODEL_LANGUAGES.includes(language) &&
              (use === null || usesOf(language).some((allowed) => allowed === use)),
          ),
        defaultMessage: () =>
          `$property must map languages that have a model (${MODEL_LANGUAGES.join(', ')}) to hold or assist, or ${ASSISTED_LANGUAGES.join(', ')} to publish`,
      },
    }),
  );

/** `{language: {toxicity, model}}`; null removes a limit. */
export const PublishBelowField = (): PropertyDecorator =>
  applyDecorators(
    Json(
      byLanguage(ASSISTED_LANGUAGES, () => ({ type: ['object', 'null'], ...PUBLISH_LIMIT })),
      { optional: true, nullable: true, description: PUBLISH_BELOW_DESCRIPTION },
    ),
    ValidateBy({
      name: 'publishBelow',
      validator: {
        validate: (value: unknown) =>
          isObject(value) &&
          Object.entries(value).every(
            ([language, limit]) =>
              ASSISTED_LANGUAGES.includes(language) &&
              (limit === null ||
                (isObject(limit) &&
                  typeof limit['toxicity'] === 'number' &&
                  limit['toxicity'] >= 0 &&
                  limit['toxicity'] <= 1 &&
                  typeof limit['model'] === 'string')),
          ),
        defaultMessage: () =>
          `$property must map languages (${ASSISTED_LANGUAGES.join(', ')}) to {toxicity: 0 to 1, model: a version}`,
      },
    }),
  );
