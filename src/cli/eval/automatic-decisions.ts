import { automaticShare, type JudgedText } from '../../features/scoring/site-model/automatic-share.js';
import { randomFrom, shuffle } from '../../features/scoring/training/random.js';

const FOLDS = 5;

/** Lines that are decided in one way without a person. */
export interface AutomaticOutcome {
  /** Of all lines, 0 to 1. */
  readonly share: number;
  /** The share of them that people labelled otherwise; null if there are none. */
  readonly wrong: number | null;
}

export interface AutomaticDecisions {
  readonly lines: number;
  readonly refusable: number;
  readonly wantedError: number;
  readonly publish: AutomaticOutcome;
  readonly refuse: AutomaticOutcome;
}

/**
 * How many lines could be published, and refused, without a person. The two limits are chosen by `automaticShare` on
 * four fifths of the lines and applied to the last fifth, for each of the fifths. So the measured share of wrong ones
 * may be a little above the wanted one by chance.
 *
 * @param wantedError the largest share of wrong decisions on either side
 */
export function automaticDecisions(
  texts: readonly JudgedText[],
  wantedError: number,
  seed: number,
): AutomaticDecisions {
  const order = Int32Array.from(texts.keys());
  shuffle(order, randomFrom(seed));
  const folds = Array.from({ length: FOLDS }, (_, fold) =>
    [...order].filter((__, position) => position % FOLDS === fold).map((index) => texts[index]),
  );
  const published: JudgedText[] = [];
  const refused: JudgedText[] = [];
  for (const fold of folds) {
    const { publish, refuse } = automaticShare(folds.filter((other) => other !== fold).flat(), wantedError);
    for (const text of fold) {
      if (publish.limit !== null && text.probability <= publish.limit) published.push(text);
      else if (refuse.limit !== null && text.probability >= refuse.limit) refused.push(text);
    }
  }
  const outcomeOf = (
    decided: readonly JudgedText[],
    isWrong: (text: JudgedText) => boolean,
  ): AutomaticOutcome => ({
    share: texts.length === 0 ? 0 : decided.length / texts.length,
    wrong: decided.length === 0 ? null : decided.filter(isWrong).length / decided.length,
  });
  return {
    lines: texts.length,
    refusable: texts.filter(({ isRefused }) => isRefused).length,
    wantedError,
    publish: outcomeOf(published, ({ isRefused }) => isRefused),
    refuse: outcomeOf(refused, ({ isRefused }) => !isRefused),
  };
}
