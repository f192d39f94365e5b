import { wilson } from '../training/wilson.js';

/** A comment that a person decided, with a probability by a model that was not trained on it. */
export interface JudgedText {
  readonly probability: number;
  readonly isRefused: boolean;
  /** The number of comments that it stands for. */
  readonly weight: number;
}

/** Comments that a model could decide in one way without a person. */
export interface AutomaticSide {
  /** Of all comments, 0 to 1. */
  readonly share: number;
  /** The probability up to which, or from which, they are decided; null if there are none. */
  readonly limit: number | null;
  /** The share of them that a person decided otherwise. */
  readonly wrong: number;
  /** The upper bound of its 95 % interval; in `AutomaticShare` at most the wanted share. */
  readonly wrongAtMost: number;
}

export interface AutomaticShare {
  /** Comments that it was measured on. */
  readonly texts: number;
  readonly publish: AutomaticSide;
  readonly refuse: AutomaticSide;
}

/** The share of wrong decisions that a newsroom would tolerate. */
export const MAX_WRONG = 0.01;
const NONE: AutomaticSide = { share: 0, limit: null, wrong: 0, wrongAtMost: 0 };

/**
 * The largest share of comments that could be published, and refused, without a person, so that with 95 % confidence at
 * most `maxWrong` of either are wrong. To show one in a hundred, at least 381 comments on a side are needed.
 *
 * @param maxWrong above 0, below 1
 */
export function automaticShare(texts: readonly JudgedText[], maxWrong = MAX_WRONG): AutomaticShare {
  const ascending = [...texts].sort((a, b) => a.probability - b.probability);
  const publish = largestSide(ascending, maxWrong, ({ isRefused }) => isRefused);
  const refuse = largestSide([...ascending].reverse(), maxWrong, ({ isRefused }) => !isRefused);
  return { texts: texts.length, publish, refuse };
}

/** @param ordered most certain first */
function largestSide(
  ordered: readonly JudgedText[],
  maxWrong: number,
  isWrong: (text: JudgedText) => boolean,
): AutomaticSide {
  let best = NONE;
  for (const side of sidesOf(ordered, isWrong)) if (side.wrongAtMost <= maxWrong) best = side;
  return best;
}

/** Every side that a limit could make, smallest first. @param ordered most certain first */
export function* sidesOf(
  ordered: readonly JudgedText[],
  isWrong: (text: JudgedText) => boolean,
): Generator<AutomaticSide & { readonly limit: number }> {
  const total = ordered.reduce((sum, { weight }) => sum + weight, 0);
  let [sum, squares, wrong] = [0, 0, 0];
  for (const [index, text] of ordered.entries()) {
    sum += text.weight;
    squares += text.weight * text.weight;
    if (isWrong(text)) wrong += text.weight;
    // Comments with the same probability are decided alike.
    if (ordered[index + 1]?.probability === text.probability) continue;
    // With Kish's effective size, a few comments with a large weight do not appear to be many.
    const [, wrongAtMost] = wilson(wrong / sum, (sum * sum) / squares);
    yield { share: sum / total, limit: text.probability, wrong: wrong / sum, wrongAtMost };
  }
}
