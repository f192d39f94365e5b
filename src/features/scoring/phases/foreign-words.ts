import { foreignAbuse } from '../language/foreign-abuse.js';
import { NO_SCORE, uniteSpans, type ScoreMap } from '../scores.js';
import type { PhaseInput } from './phase.js';

/** Abuse in the words of a language that the model does not read, by the list of that language. */
export function foreignWords({ body, language }: PhaseInput): ScoreMap {
  const found = language === 'en' ? null : foreignAbuse(body, language);
  if (!found) return { toxicity: NO_SCORE, profanity: NO_SCORE, insult: NO_SCORE, identityAttack: NO_SCORE };
  const { profanity, insult, slur } = found;
  const toxicity = {
    value: Math.max(insult.value, slur.value),
    spans: uniteSpans([...insult.spans, ...slur.spans]),
  };
  return { toxicity, profanity, insult, identityAttack: slur };
}
