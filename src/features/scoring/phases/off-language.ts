import { NO_SCORE, type ScoreMap } from '../scores.js';
import type { PhaseInput } from './phase.js';

// Detection names a language on evidence only, but it is no certainty.
const FOREIGN = 0.9;

/** Whether the text is in a language that the site does not take; nothing where it takes any, or none can be told. */
export function offLanguage({ language, settings: { languages } }: PhaseInput): ScoreMap {
  const isOff = language !== null && languages.length > 0 && !languages.includes(language);
  return { offLanguage: isOff ? { value: FOREIGN, spans: [] } : NO_SCORE };
}
