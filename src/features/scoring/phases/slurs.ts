import { resolveWords } from '../lexicon/resolve.js';
import { NO_SCORE, type ScoreMap } from '../scores.js';
import { readingOf, type PhaseInput } from './phase.js';

// Lexicon level from which a word is a slur and little else.
const SLUR = 0.85;
// Just above the default threshold: a slur that is quoted against racism or reclaimed is held too, but the model's
// score of the whole sentence determines its rank.
const SLUR_SCORE = 0.65;

/** Words that are always held for a moderator, in any disguise and context. */
export function slurs(input: PhaseInput): ScoreMap {
  const found = resolveWords(readingOf(input)).filter(({ levels }) => (levels?.identityAttack ?? 0) >= SLUR);
  if (found.length === 0) return { identityAttack: NO_SCORE };
  return { identityAttack: { value: SLUR_SCORE, spans: found.map(({ start, end }) => [start, end]) } };
}
