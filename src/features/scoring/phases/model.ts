import { scoreByModel } from '../model/shipped-model.js';
import type { ScoreMap } from '../scores.js';
import type { PhaseInput } from './phase.js';

/** The local model: what the text itself says, whoever wrote it. */
export function model({ body }: PhaseInput): ScoreMap {
  return scoreByModel(body);
}
