import { ASSISTED_LANGUAGES } from '../../sites/language-levels.js';
import { languageModel } from './language-model.js';
import { scoreWith } from './language-scorer.js';

/** The toxicity of a text by the model of its language alone. */
export interface LanguageToxicity {
  /** 0 to 1, without the limits of `limitScores`. */
  readonly value: number;
  /** The version of the model. */
  readonly model: string;
}

/** @returns null if the language has no model that may publish comments */
export function languageToxicity(language: string | null, text: string): LanguageToxicity | null {
  if (language === null || !ASSISTED_LANGUAGES.includes(language)) return null;
  const model = languageModel(language);
  // A model without the label would publish nothing.
  return { value: scoreWith(model, text).toxicity?.value ?? 1, model: model.header.version };
}
