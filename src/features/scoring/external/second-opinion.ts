import type { ExternalFindings } from '../decision-port.js';
import type { ExternalScorer } from './external-scorer.js';
import { addressesModel } from './prompt-injection.js';
import { kindOf } from './scorer-kinds.js';
import type { Band } from './uncertain-band.js';

/** A verdict with scores of at most this is a confident "no violation". */
const RELEASES_AT_MOST = 0.1;

/** The local scores for which a scorer is called; null if it is called for every text. */
export const bandOf = ({ kind, options }: Pick<ExternalScorer, 'kind' | 'options'>): Band | null =>
  options.band ?? kindOf(kind).defaultBand ?? null;

/**
 * Whether a scorer's verdict releases a comment that only releasable labels hold, and below which local scores.
 *
 * @param values its scores by its own labels
 * @param body the text; one that talks to the model is not released
 */
export function releaseBy(
  scorer: Pick<ExternalScorer, 'kind' | 'name' | 'options'>,
  values: Readonly<Record<string, number>>,
  body: string,
): ExternalFindings['released'] {
  const band = bandOf(scorer);
  const all = Object.values(values);
  const isConfident = all.length > 0 && all.every((value) => value <= RELEASES_AT_MOST);
  return band && scorer.options.mayRelease && isConfident && !addressesModel(body)
    ? [{ name: scorer.name, below: band.to }]
    : [];
}
