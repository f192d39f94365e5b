import type { ScoreMap } from '../scores.js';
import type { PhaseInput } from './phase.js';

/** What the text itself says, whoever wrote it. */
export function model({ body, scoreText }: PhaseInput): ScoreMap | Promise<ScoreMap> {
  return scoreText(body);
}
