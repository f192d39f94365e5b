import type { ModerationPolicy, Policy } from './policy.js';

/**
 * How far the scores of the shipped model for a language are used; see docs/languages.md for the measurements. No model
 * except the English one rejects a comment.
 *
 * - `assisted` its scores order the queue, and may reach a `hold` threshold, which labels clear abuse. A site whose own
 *   decisions prove it can let the model publish (ADR 0019)
 * - `ordering` its scores order the queue
 * - `experimental` its scores order the queue if the site has enabled the model
 */
export type LanguageLevel = 'assisted' | 'ordering' | 'experimental';

/** By ISO 639-1 code. English is not listed because its scores decide about comments. Other languages have no model. */
export const LANGUAGE_LEVELS: Readonly<Record<string, LanguageLevel>> = {
  de: 'assisted',
  pt: 'assisted',
  ar: 'assisted',
  fr: 'ordering',
  es: 'ordering',
  pl: 'experimental',
  tr: 'experimental',
  ru: 'experimental',
};

/**
 * A site's setting for a language that has a model. `assist`: the model scores its comments. `publish`: comments below
 * the limit in `publishBelow` are also published; only for the level `assisted`. `hold`: the model is not used, and
 * `unscored` decides what happens to them.
 */
export const LANGUAGE_MODEL_USES = ['hold', 'assist', 'publish'] as const;
export type LanguageModelUse = (typeof LANGUAGE_MODEL_USES)[number];

/** Languages whose model may publish comments. */
export const ASSISTED_LANGUAGES: readonly string[] = Object.keys(LANGUAGE_LEVELS).filter(
  (language) => LANGUAGE_LEVELS[language] === 'assisted',
);

/** The limit of a language whose comments the model may publish. */
export interface PublishLimit {
  /** Comments with a toxicity below this are published, 0 to 1. */
  readonly toxicity: number;
  /** The version of the language's model that the limit was measured with. */
  readonly model: string;
}

/**
 * Languages whose model scores texts for the analyzer API: all except the experimental ones, unless the site has
 * changed this.
 *
 * @param policy the policy of the site that a key belongs to; null: the key does not belong to a single site
 */
export function orderingLanguages(policy: Pick<Policy, 'moderation'> | null): readonly string[] {
  const settings = policy?.moderation.languageModels ?? {};
  return Object.entries(LANGUAGE_LEVELS).flatMap(([language, level]) =>
    (settings[language] ?? (level === 'experimental' ? 'hold' : 'assist')) !== 'hold' ? [language] : [],
  );
}

/**
 * How a site uses the model of a language.
 *
 * @returns `assist`: its scores order the queue and may reach a `hold` threshold; `order`: they only order the queue;
 *   `off`: the model is not used. By default, the models of the site's own languages are used, except for the
 *   experimental ones
 */
export function languageModelUse(
  language: string | null,
  { languages, languageModels }: Pick<ModerationPolicy, 'languages' | 'languageModels'>,
): 'assist' | 'order' | 'off' {
  const level =
    language !== null && Object.hasOwn(LANGUAGE_LEVELS, language) ? LANGUAGE_LEVELS[language] : null;
  if (language === null || level === null) return 'off';
  const use =
    languageModels[language] ??
    (languages.includes(language) && level !== 'experimental' ? 'assist' : 'hold');
  if (use === 'hold') return 'off';
  return level === 'assisted' ? 'assist' : 'order';
}
