import { resolveWords } from '../lexicon/resolve.js';
import { NO_SCORE, type ScoreMap } from '../scores.js';
import { readingOf, type PhaseInput } from './phase.js';

// The lexicon's level from which a word is a slur and little else.
const SLUR = 0.85;
// Above the default threshold and no further: quoted against racism or worn with pride, it waits for a person too, but
// what the model says of the whole sentence is what ranks it.
const HELD = 0.65;

/** Words that no comment brings past a person unseen, in any disguise and whatever stands around them. */
export function slurs(input: PhaseInput): ScoreMap {
  const found = resolveWords(readingOf(input)).filter(({ levels }) => (levels?.identityAttack ?? 0) >= SLUR);
  if (found.length === 0) return { identityAttack: NO_SCORE };
  return { identityAttack: { value: HELD, spans: found.map(({ start, end }) => [start, end]) } };
}
