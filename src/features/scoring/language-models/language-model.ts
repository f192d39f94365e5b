import { readFileSync } from 'node:fs';
import { MODEL_LABELS } from '../model/labels.js';
import { NO_SCORE, type ScoreMap } from '../scores.js';
import { LANGUAGE_LEVELS } from '../../sites/language-levels.js';
import { decodeLanguageModel, type LanguageModel } from './language-model-file.js';
import { scoreWith } from './language-scorer.js';

/* The shipped models of languages other than English. Each is loaded when the first text needs it. */

const MODELS = new URL('./models/', import.meta.url);
const loaded = new Map<string, LanguageModel>();

/** 0 for every label of the text models: the scores of a text in a language that none of them supports. */
export const UNREAD_SCORES: ScoreMap = Object.fromEntries(
  [...MODEL_LABELS, 'severeToxicity' as const, 'refusal' as const].map((label) => [label, NO_SCORE]),
);

/** Whether a text in this language, as detected, is scored by the English models. */
export const isAssumedEnglish = (language: string | null): language is 'und' | 'en' | null =>
  language === null || language === 'und' || language === 'en';

/**
 * @param language ISO 639-1, one of `LANGUAGE_LEVELS`
 * @throws {Error} if there is no such model or its file is invalid; the comment is then held
 */
export function languageModel(language: string): LanguageModel {
  let model = loaded.get(language);
  if (!model) {
    if (!Object.hasOwn(LANGUAGE_LEVELS, language)) throw new Error(`there is no model for ${language}`);
    model = decodeLanguageModel(readFileSync(new URL(`${language}.bin`, MODELS)));
    loaded.set(language, model);
  }
  return model;
}

/** The labels of the model of a language; see `languageModel`. */
export const scoreByLanguageModel = (language: string, text: string): ScoreMap =>
  scoreWith(languageModel(language), text);
