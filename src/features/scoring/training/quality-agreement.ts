import type { QualityHead } from '../quality/quality-head.js';
import { spearman } from './rank-correlation.js';

const FIFTHS = 5;

/** Spearman's correlations, from -1 to 1. */
export interface RankAgreement {
  /** With people's ratings, over all arguments. */
  readonly all: number;
  /** The same within each fifth of arguments of similar length, shortest first. */
  readonly withinFifths: readonly number[];
  /** With the length. */
  readonly withLength: number;
}

export interface QualityAgreement {
  readonly lines: number;
  /** Of `argumentQuality`. */
  readonly rating: RankAgreement;
  /** Of the same, compared with comments of the same length. */
  readonly forItsLength: RankAgreement;
  /** What the length alone would give. */
  readonly lengthAlone: RankAgreement;
}

export interface RatedArgument {
  readonly text: string;
  readonly embedding: Float32Array;
  /** People's rating, on any scale. */
  readonly quality: number;
}

/** How well the quality head's order agrees with the order by people's ratings. */
export function qualityAgreement(head: QualityHead, list: readonly RatedArgument[]): QualityAgreement {
  const scores = list.map(({ text, embedding }) => head.argumentQuality(text, embedding));
  const qualities = list.map(({ quality }) => quality);
  const lengths = list.map(({ text }) => text.length);
  const order = [...list.keys()].sort((a, b) => lengths[a] - lengths[b]);
  const fifths = Array.from({ length: FIFTHS }, (_, fifth) =>
    order.slice((fifth * order.length) / FIFTHS, ((fifth + 1) * order.length) / FIFTHS),
  );
  const agreementOf = (values: readonly number[]): RankAgreement => ({
    all: spearman(values, qualities),
    withinFifths: fifths.map((rows) =>
      spearman(
        rows.map((row) => values[row]),
        rows.map((row) => qualities[row]),
      ),
    ),
    withLength: spearman(values, lengths),
  });
  return {
    lines: list.length,
    rating: agreementOf(scores.map(({ rating }) => rating)),
    forItsLength: agreementOf(scores.map(({ forItsLength }) => forItsLength)),
    lengthAlone: agreementOf(lengths),
  };
}
