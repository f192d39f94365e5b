import { MAX_WRONG, sidesOf, type AutomaticSide, type JudgedText } from '../site-model/automatic-share.js';
import { toValue } from '../scores.js';
import { wilson } from '../training/wilson.js';

/** With fewer comments, not even one error would be too many: the interval is too wide. */
export const MIN_DECISIONS = smallestProof();

function smallestProof(): number {
  let texts = 1;
  while (wilson(0, texts)[1] > MAX_WRONG) texts++;
  return texts;
}

/** The smallest difference between two scores. */
const STEP = 0.0001;

export interface MeasuredLimit extends Omit<AutomaticSide, 'limit'> {
  /** Comments with a toxicity below this would be published; null if too many of them would be wrong at any limit. */
  readonly below: number | null;
}

/**
 * The highest toxicity below which, with 95 % confidence, at most one comment in a hundred was refused by people.
 *
 * @param texts decided by people; `probability` is the toxicity, with four decimals
 * @returns without a limit, the figures of the one that comes closest
 */
export function measurePublishLimit(texts: readonly JudgedText[]): MeasuredLimit {
  const ascending = [...texts].sort((a, b) => a.probability - b.probability);
  let best: MeasuredLimit = { below: null, share: 0, wrong: 0, wrongAtMost: 1 };
  for (const { limit, ...side } of sidesOf(ascending, ({ isRefused }) => isRefused)) {
    if (side.wrongAtMost <= MAX_WRONG) best = { below: toValue(limit + STEP), ...side };
    else if (best.below === null && side.wrongAtMost < best.wrongAtMost) best = { below: null, ...side };
  }
  return best;
}
