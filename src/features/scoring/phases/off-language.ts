import { NO_SCORE, type ScoreMap } from '../scores.js';
import type { PhaseInput } from './phase.js';

// Language detection requires evidence, but is never certain.
const FOREIGN = 0.9;

/**
 * Scores a text in a language that the site does not accept; 0 if the site accepts all or the language is unknown.
 */
export function offLanguage({ language, settings: { languages } }: PhaseInput): ScoreMap {
  const isOff = language !== null && languages.length > 0 && !languages.includes(language);
  return { offLanguage: isOff ? { value: FOREIGN, spans: [] } : NO_SCORE };
}
