import { scoreText } from '../lexicon/score-text.js';
import type { ScoreMap } from '../scores.js';
import type { PhaseInput } from './phase.js';

/** The local model's place: a lexicon of graded words and phrases, with who they are meant for. */
export function lexicon({ body }: PhaseInput): ScoreMap {
  return scoreText(body);
}
