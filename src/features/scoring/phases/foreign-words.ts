import { foreignAbuse } from '../language/foreign-abuse.js';
import { NO_SCORE, uniteSpans, type ScoreMap } from '../scores.js';
import { readingOf, type PhaseInput } from './phase.js';

/** Scores abusive words in a language that the model does not support, by the list of that language. */
export function foreignWords(input: PhaseInput): ScoreMap {
  const { body, language } = input;
  const found = language === 'en' ? null : foreignAbuse(body, language, readingOf(input));
  if (!found) return { toxicity: NO_SCORE, profanity: NO_SCORE, insult: NO_SCORE, identityAttack: NO_SCORE };
  const { profanity, insult, slur } = found;
  const toxicity = {
    value: Math.max(insult.value, slur.value),
    spans: uniteSpans([...insult.spans, ...slur.spans]),
  };
  return { toxicity, profanity, insult, identityAttack: slur };
}
