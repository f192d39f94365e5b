import type { ModerationPolicy, Policy } from './policy.js';

/**
 * What the shipped model of a language is good for; see docs/languages.md for the measurements. No model except the
 * English one publishes or rejects a comment.
 *
 * - `assisted` its scores order the queue, and name what is surely abusive
 * - `ordering` its scores order the queue
 * - `experimental` its scores order the queue of a site that switched it on
 */
export type LanguageLevel = 'assisted' | 'ordering' | 'experimental';

/** By ISO 639-1. English, which is read completely, is not among them; all other languages have no model. */
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

/** A site's choice for a language that has a model: to hold its comments without scores, or with them. */
export const LANGUAGE_MODEL_USES = ['hold', 'assist'] as const;
export type LanguageModelUse = (typeof LANGUAGE_MODEL_USES)[number];

/**
 * Languages whose model scores texts for the analyzer API: all but the experimental ones, or as the site chose.
 *
 * @param policy of the site that a key belongs to; null: none
 */
export function rankedLanguages(policy: Pick<Policy, 'moderation'> | null): readonly string[] {
  const chosen = policy?.moderation.languageModels ?? {};
  return Object.entries(LANGUAGE_LEVELS).flatMap(([language, level]) =>
    (chosen[language] ?? (level === 'experimental' ? 'hold' : 'assist')) === 'assist' ? [language] : [],
  );
}

/**
 * What a site does with the model of a language.
 *
 * @returns `assist`: its scores may name what is surely abusive; `order`: they only order the queue; `off`: it is not
 *   used. Without a choice, the models of the site's own languages are used except for the experimental ones
 */
export function languageModelUse(
  language: string | null,
  { languages, languageModels }: Pick<ModerationPolicy, 'languages' | 'languageModels'>,
): 'assist' | 'order' | 'off' {
  const level =
    language !== null && Object.hasOwn(LANGUAGE_LEVELS, language) ? LANGUAGE_LEVELS[language] : null;
  if (language === null || level === null) return 'off';
  const chosen =
    languageModels[language] ??
    (languages.includes(language) && level !== 'experimental' ? 'assist' : 'hold');
  if (chosen === 'hold') return 'off';
  return level === 'assisted' ? 'assist' : 'order';
}
