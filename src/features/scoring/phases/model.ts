import type { ScoreMap } from '../scores.js';
import type { PhaseInput } from './phase.js';

/** Scores the text itself, regardless of its author. */
export function model({ body, scoreText }: PhaseInput): ScoreMap | Promise<ScoreMap> {
  return scoreText(body);
}
